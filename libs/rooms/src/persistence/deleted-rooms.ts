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

/** Whether that person deleted this room: only its host could, so nothing is told to others. */
export async function wasDeletedBy(tx: Tx, roomId: string, userId: string): Promise<boolean> {
  const rows = await tx.query('SELECT 1 FROM deleted_rooms WHERE room_id = $1 AND deleted_by = $2', [
    roomId,
    userId,
  ]);
  return rows.length === 1;
}

/** Removes a locked room: its rows, its stream, and what copies of its events say in people's own streams. */
export async function deleteRoom(
  tx: Tx,
  room: { readonly id: string; readonly slug: string },
  deletedBy: string,
): Promise<void> {
  await tx.execute('INSERT INTO deleted_rooms (room_id, slug, deleted_by) VALUES ($1, $2, $3)', [
    room.id,
    room.slug,
    deletedBy,
  ]);
  await tx.execute(
    `UPDATE stream_events SET data = '{"redacted": true}' WHERE room_id = $1 AND stream LIKE 'user:%'`,
    [room.id],
  );
  await tx.execute('DELETE FROM rooms WHERE id = $1', [room.id]);
  await tx.execute('DELETE FROM streams WHERE id = $1', [`room:${room.id}`]);
}
