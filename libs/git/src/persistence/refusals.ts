import type { Tx } from '@clawtank/database';

/** A push that was refused, as far as one is told from the next. */
export interface Refusal {
  readonly roomId: string;
  readonly taskId: string;
  readonly fence: number;
  readonly ref: string;
  readonly reason: string;
}

/** Whoever makes up a new name for each push is told of no longer. */
const MOST_PER_CLAIM = 20;

const KEY = 'room_id = $1 AND task_id = $2 AND fence = $3';

/** True when this was told before, or so much of this claim that no more is. */
export async function isRefusalKnown(
  tx: Tx,
  { roomId, taskId, fence, ref, reason }: Refusal,
): Promise<boolean> {
  const rows = await tx.query<{ known: boolean }>(
    `SELECT count(*) >= ${String(MOST_PER_CLAIM)} OR coalesce(bool_or(ref = $4 AND reason = $5), false) AS known
     FROM git_refusals WHERE ${KEY}`,
    [roomId, taskId, fence, ref, reason],
  );
  return rows[0]?.known ?? true;
}

export async function saveRefusal(tx: Tx, { roomId, taskId, fence, ref, reason }: Refusal): Promise<void> {
  await tx.execute(
    'INSERT INTO git_refusals (room_id, task_id, fence, ref, reason) VALUES ($1, $2, $3, $4, $5)',
    [roomId, taskId, fence, ref, reason],
  );
}
