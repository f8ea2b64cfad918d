import type { Actor, EventMap } from '@clawtank/contracts';
import { type LogTx, SYSTEM_ACTOR } from '@clawtank/events';
import { advanceTask, findTask, subtasksDone } from '@clawtank/tasks';
import type { PullRequest } from '../domain/pull-request.js';
import { leaveQueue } from '../persistence/merge-queue.js';
import { listContained, saveMerged } from '../persistence/pull-requests.js';
import { wantCheck } from '../persistence/repositories.js';

/** What brought a pull request into the default branch. */
export interface Merged {
  readonly head: string;
  readonly sha: string;
  readonly actor: Actor;
}

/** Writes that a pull request is merged; its task is complete. The room must be locked. */
export async function concludeMerged(
  tx: LogTx,
  request: PullRequest,
  { head, sha, actor }: Merged,
): Promise<void> {
  const { roomId, number, title, branch, taskId } = request;
  await saveMerged(tx, request.id, sha);
  const data: EventMap['git.pull_request'] = {
    number,
    action: 'merged',
    title,
    branch,
    task_id: taskId,
    head_sha: head,
    merged_sha: sha,
  };
  tx.appendToRoom(roomId, { type: 'git.pull_request', actor, data });
  await advanceTask(tx, taskId, 'merged', { actor, pullRequest: number });
  await wantCheck(tx, roomId);
}

/**
 * Concludes open pull requests whose commits all came into the default branch with other work: a branch that
 * settled their conflict, or was forked from theirs. A task with open subtasks waits for those first. The room
 * must be locked.
 * @param sha where the default branch stands
 * @returns how many there were
 */
export async function concludeContained(tx: LogTx, roomId: string, sha: string): Promise<number> {
  let count = 0;
  for (const request of await listContained(tx, roomId)) {
    const task = await findTask(tx, request.taskId);
    if (task && !subtasksDone(task).allowed) continue;
    await leaveQueue(tx, request.id);
    await concludeMerged(tx, request, { head: request.headSha, sha, actor: SYSTEM_ACTOR });
    count += 1;
  }
  return count;
}
