import type { LogTx } from '@clawtank/events';
import { handOverNote } from '../domain/hand-over.js';
import type { Task } from '../domain/task.js';
import { readWork } from '../persistence/attempt-rows.js';

/**
 * The note for whoever claims a task next: the holder's last word, and what the log has of its work.
 * @param said what the holder says on giving it back
 */
export async function handOver(
  tx: LogTx,
  task: Task,
  why: 'released' | 'expired',
  said: string | null = task.note,
): Promise<string | null> {
  const { claim } = task;
  if (!claim) return said;
  const { heldFor, commits, questions } = await readWork(tx, task.roomId, task.id, claim.fence);
  const files = [...new Set(commits.flatMap((commit) => commit.files))];
  const { key, progress } = task;
  const facts = { key, progress, fence: claim.fence, by: claim.claimant.name, branch: claim.branch };
  return handOverNote({ ...facts, why, heldFor, note: said, commits, files, questions });
}
