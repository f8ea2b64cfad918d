import type { Tx } from '@clawtank/database';

/** Deleted rooms whose repository is still to be removed; the oldest first. */
export async function roomsToClean(tx: Tx): Promise<{ roomId: string; slug: string }[]> {
  const rows = await tx.query<{ room_id: string; slug: string }>(
    'SELECT room_id, slug FROM deleted_rooms WHERE cleaned_at IS NULL ORDER BY deleted_at LIMIT 100',
  );
  return rows.map((row) => ({ roomId: row.room_id, slug: row.slug }));
}

/** The repository of a deleted room is gone. */
export async function markRoomCleaned(tx: Tx, roomId: string): Promise<void> {
  await tx.execute('UPDATE deleted_rooms SET cleaned_at = now() WHERE room_id = $1', [roomId]);
}
