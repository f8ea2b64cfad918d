import type { Actor, EventMap } from '@clawtank/contracts';
import type { LogTx } from '@clawtank/events';
import { advanceTask } from '@clawtank/tasks';
import type { PullRequest } from '../domain/pull-request.js';
import { leaveQueue } from '../persistence/merge-queue.js';
import { saveClosed } from '../persistence/pull-requests.js';
import { wantCheck } from '../persistence/repositories.js';

/** Closes an open pull request without merging it. The room must be locked. */
export async function closeRequest(tx: LogTx, request: PullRequest, actor: Actor): Promise<void> {
  const { roomId, number, title, branch, taskId, headSha } = request;
  await saveClosed(tx, request.id);
  await leaveQueue(tx, request.id);
  const data: EventMap['git.pull_request'] = {
    number,
    action: 'closed',
    title,
    branch,
    task_id: taskId,
    head_sha: headSha,
  };
  tx.appendToRoom(roomId, { type: 'git.pull_request', actor, data });
  await advanceTask(tx, taskId, 'pull_request_closed', { actor, pullRequest: number });
  await wantCheck(tx, roomId);
}
