import type { Actor, EventMap } from '@clawtank/contracts';
import { type LogTx, SYSTEM_ACTOR } from '@clawtank/events';
import type { Failure } from '@clawtank/kernel';
import { advanceTask } from '@clawtank/tasks';
import type { PullRequest } from '../domain/pull-request.js';
import { leaveQueue } from '../persistence/merge-queue.js';

/**
 * Takes a pull request out of the merge queue, if it is in it, and says why. Without a conflict its task goes
 * back to whoever holds it; a conflict blocks the task by itself. The room must be locked.
 */
export async function putOut(
  tx: LogTx,
  request: PullRequest,
  { reason, message, details }: Pick<Failure, 'reason' | 'message' | 'details'>,
  actor: Actor = SYSTEM_ACTOR,
): Promise<void> {
  if (!(await leaveQueue(tx, request.id))) return;
  const { roomId, number, title, branch, taskId } = request;
  const conflict = reason === 'git.merge_conflict';
  const files = conflict && Array.isArray(details['files']) ? details['files'].map(String) : undefined;
  const data: EventMap['git.pull_request'] = {
    number,
    action: 'dequeued',
    title,
    branch,
    task_id: taskId,
    head_sha: request.headSha,
    reason: message,
    ...(files ? { files } : {}),
  };
  tx.appendToRoom(roomId, { type: 'git.pull_request', actor, data });
  // Whoever asks for changes says so to the task as well.
  if (conflict || reason === 'git.changes_requested' || request.state !== 'open') return;
  const comment = `Put out of the merge queue. ${message}`;
  await advanceTask(tx, taskId, 'left_merge_queue', { actor, pullRequest: number, comment });
}
