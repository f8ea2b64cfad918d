import type { CommandReplyOf, EventMap, GitReviewInput } from '@clawtank/contracts';
import { actorOf, type Command, type CommandContext, CommandHandler } from '@clawtank/commands';
import { enforce, newId } from '@clawtank/kernel';
import { enterRoom, type RoomAccess } from '@clawtank/rooms';
import { advanceTask } from '@clawtank/tasks';
import { fail } from '../../domain/failures.js';
import { mayReview } from '../../domain/pull-request.js';
import { findPullRequest, insertReview } from '../../persistence/pull-requests.js';
import { GitReviewBody } from './inputs.js';

/** Approves the present head of a pull request or asks for changes; its author can't. */
@CommandHandler('git.review', GitReviewBody)
export class ReviewPullRequest implements Command<'git.review', RoomAccess> {
  authorise({ tx, caller }: CommandContext, input: GitReviewInput): Promise<RoomAccess> {
    return enterRoom(tx, caller, input.room_id);
  }

  async run(
    { tx, caller }: CommandContext,
    input: GitReviewInput,
    { room }: RoomAccess,
  ): Promise<CommandReplyOf<'git.review'>> {
    const { number, verdict, body = '', comments = [] } = input;
    const request = await findPullRequest(tx, room.id, number);
    if (!request) throw fail('git.not_found', { what: 'pull request' });
    const actor = actorOf(caller);
    enforce(mayReview(request, actor));
    const id = newId();
    await insertReview(tx, request.id, {
      id,
      reviewer: actor,
      verdict,
      body,
      sha: request.headSha,
      comments,
    });
    const data: EventMap['git.pull_request'] = {
      number,
      action: 'reviewed',
      title: request.title,
      branch: request.branch,
      task_id: request.taskId,
      head_sha: request.headSha,
      verdict,
    };
    tx.appendToRoom(room.id, { type: 'git.pull_request', actor, data });
    const fact = verdict === 'approve' ? 'approved' : 'changes_requested';
    const comment = body === '' ? {} : { comment: body };
    await advanceTask(tx, request.taskId, fact, { actor, pullRequest: number, ...comment });
    return { number, review_id: id };
  }
}
