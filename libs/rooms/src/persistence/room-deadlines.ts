import type { Tx } from '@clawtank/database';

const ids = (rows: readonly { id: string }[]): string[] => rows.map((row) => row.id);

/** Rooms whose wait for the archive is over; ascending. */
export async function roomsToArchive(tx: Tx): Promise<string[]> {
  return ids(
    await tx.query<{ id: string }>('SELECT id FROM rooms WHERE archive_at <= now() ORDER BY id LIMIT 500'),
  );
}

/** Asked again under the room's lock; a row that somebody else holds is left to them. */
export async function isArchiveDue(tx: Tx, roomId: string): Promise<boolean> {
  const rows = await tx.query(
    'SELECT 1 FROM rooms WHERE id = $1 AND archive_at <= now() FOR UPDATE SKIP LOCKED',
    [roomId],
  );
  return rows.length === 1;
}

/** Rooms that are to complete by themselves and can; ascending. */
export async function roomsToComplete(tx: Tx): Promise<string[]> {
  return ids(
    await tx.query<{ id: string }>(
      `SELECT id FROM rooms WHERE completion_wanted_at IS NOT NULL AND state IN ('active', 'collaborating')
       ORDER BY id LIMIT 500`,
    ),
  );
}

/** The room is to complete by itself. */
export async function wishCompletion(tx: Tx, roomId: string): Promise<void> {
  await tx.execute(
    'UPDATE rooms SET completion_wanted_at = coalesce(completion_wanted_at, now()) WHERE id = $1',
    [roomId],
  );
}

export async function forgetWish(tx: Tx, roomId: string): Promise<void> {
  await tx.execute('UPDATE rooms SET completion_wanted_at = NULL WHERE id = $1', [roomId]);
}

/** True for the first who marks that the host was asked, since work was last added. */
export async function markAsked(tx: Tx, roomId: string): Promise<boolean> {
  const count = await tx.execute(
    'UPDATE rooms SET completion_asked_at = now() WHERE id = $1 AND completion_asked_at IS NULL',
    [roomId],
  );
  return count === 1;
}

/** There is work again: whoever was asked is to be asked anew when it is done. */
export async function forgetAsked(tx: Tx, roomId: string): Promise<void> {
  await tx.execute(
    `UPDATE rooms SET completion_asked_at = NULL, completion_wanted_at = NULL
     WHERE id = $1 AND (completion_asked_at IS NOT NULL OR completion_wanted_at IS NOT NULL)`,
    [roomId],
  );
}
