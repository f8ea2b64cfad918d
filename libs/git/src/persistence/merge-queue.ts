import type { Actor } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';

/** A pull request that waits to be merged, at the commit that was approved. */
export interface Waiting {
  readonly pullRequestId: string;
  readonly number: number;
  readonly headSha: string;
  readonly actor: Actor;
}

/** Puts a pull request at the end of its room's line; one that is in it keeps its place. The room must be locked. */
export async function joinQueue(tx: Tx, roomId: string, waiting: Waiting): Promise<void> {
  await tx.execute(
    `INSERT INTO git_merge_queue (pull_request_id, room_id, number, head_sha, actor) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT DO NOTHING`,
    [waiting.pullRequestId, roomId, waiting.number, waiting.headSha, JSON.stringify(waiting.actor)],
  );
}

/** @returns true when it was in line */
export async function leaveQueue(tx: Tx, pullRequestId: string): Promise<boolean> {
  const left = await tx.execute('DELETE FROM git_merge_queue WHERE pull_request_id = $1', [pullRequestId]);
  return left === 1;
}

/** Those that wait in a room, the next one first. */
export async function listQueue(tx: Tx, roomId: string): Promise<Waiting[]> {
  return tx.query<Waiting & Record<string, unknown>>(
    `SELECT pull_request_id AS "pullRequestId", number, head_sha AS "headSha", actor
     FROM git_merge_queue WHERE room_id = $1 ORDER BY n`,
    [roomId],
  );
}

/** Rooms in which something waits, the longest waiting first; at most a hundred. */
export async function roomsWithQueue(tx: Tx): Promise<string[]> {
  const rows = await tx.query<{ room_id: string }>(
    'SELECT room_id FROM git_merge_queue GROUP BY room_id ORDER BY min(n) LIMIT 100',
  );
  return rows.map((row) => row.room_id);
}
