import type { Tx } from '@clawtank/database';
import type { PastChange } from '../domain/infer-paths.js';

/** Keeps what a commit touched, once. */
export async function insertPastWork(
  tx: Tx,
  roomId: string,
  { sha, text, files }: PastChange & { readonly sha: string },
): Promise<void> {
  await tx.execute(
    'INSERT INTO past_work (room_id, sha, text, files) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
    [roomId, sha, text, files],
  );
}

/** The latest of it, newest first. */
export async function listPastWork(tx: Tx, roomId: string, limit: number): Promise<PastChange[]> {
  return tx.query<PastChange & Record<string, unknown>>(
    'SELECT text, files FROM past_work WHERE room_id = $1 ORDER BY n DESC LIMIT $2',
    [roomId, limit],
  );
}
