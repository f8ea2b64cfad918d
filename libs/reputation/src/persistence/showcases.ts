import type { ShowcaseView } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';

/** Keeps what a room came to. A room that is completed once more is told anew. */
export async function saveShowcase(tx: Tx, showcase: ShowcaseView): Promise<void> {
  await tx.execute(
    `INSERT INTO xp_showcases (room_id, completed_at, showcase) VALUES ($1, $2, $3)
     ON CONFLICT (room_id) DO UPDATE SET completed_at = $2, showcase = $3`,
    [showcase.room_id, showcase.completed_at, JSON.stringify(showcase)],
  );
}

export async function findShowcase(tx: Tx, roomId: string): Promise<ShowcaseView | undefined> {
  const rows = await tx.query<{ showcase: ShowcaseView }>(
    'SELECT showcase FROM xp_showcases WHERE room_id = $1',
    [roomId],
  );
  return rows[0]?.showcase;
}
