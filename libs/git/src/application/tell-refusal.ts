import type { LogTx } from '@clawtank/events';
import type { Failure } from '@clawtank/kernel';
import { isRefusalKnown, saveRefusal } from '../persistence/refusals.js';
import type { GitUser } from './git-user.js';

type ClaimUser = Extract<GitUser, { kind: 'claim' }>;

/** What an agent does wrong; what only has to wait (a hold, an approval, paths) is told elsewhere. */
const TOLD: ReadonlySet<string> = new Set([
  'git.stale_claim',
  'git.default_branch_protected',
  'git.not_own_branch',
  'git.tags_protected',
  'git.delete_refused',
  'git.force_refused',
]);

/** Tells the room of a push that a claim's credential may not make, once per claim, ref and reason. Locks the room. */
export async function tellRefusal(
  tx: LogTx,
  { roomId, actor, claim }: ClaimUser,
  ref: string,
  { reason, message }: Pick<Failure, 'reason' | 'message'>,
): Promise<void> {
  if (!TOLD.has(reason)) return;
  const { taskId, key, fence } = claim;
  const refusal = { roomId, taskId, fence, ref, reason };
  // Looked up before the lock is taken: tries without end must not hold the room up.
  if (await isRefusalKnown(tx, refusal)) return;
  await tx.lockRoom(roomId);
  if (await isRefusalKnown(tx, refusal)) return;
  await saveRefusal(tx, refusal);
  const data = { ref, reason, message, task_id: taskId, key, fence };
  tx.appendToRoom(roomId, { type: 'git.push_refused', actor, data });
}
