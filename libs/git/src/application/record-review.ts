import type { EventMap } from '@clawtank/contracts';
import type { LogTx } from '@clawtank/events';
import { advanceTask } from '@clawtank/tasks';
import { fail } from '../domain/failures.js';
import type { PullRequest, Review } from '../domain/pull-request.js';
import { insertReview, type NewReview } from '../persistence/pull-requests.js';
import { putOut } from './put-out.js';

/**
 * Keeps a review, tells the room and moves the task. The room must be locked.
 * @param moves false where the reviewer's word is told but decides nothing
 */
export async function recordReview(
  tx: LogTx,
  request: PullRequest,
  review: NewReview,
  moves: Readonly<Record<Review['verdict'], boolean>>,
): Promise<void> {
  const { reviewer: actor, verdict, body } = review;
  if (!(await insertReview(tx, request.id, review))) return;
  const { number, title, branch, taskId } = request;
  const data: EventMap['git.pull_request'] = {
    number,
    action: 'reviewed',
    title,
    branch,
    task_id: taskId,
    head_sha: review.sha,
    verdict,
  };
  tx.appendToRoom(request.roomId, { type: 'git.pull_request', actor, data });
  if (!moves[verdict]) return;
  if (verdict === 'request_changes')
    await putOut(tx, request, fail('git.changes_requested', { by: actor.name }));
  const fact = verdict === 'approve' ? 'approved' : 'changes_requested';
  const comment = body === '' ? {} : { comment: body };
  await advanceTask(tx, taskId, fact, { actor, pullRequest: number, ...comment });
}
