import type { CommandReplyOf, GitReviewInput } from '@clawtank/contracts';
import { Logger } from '@nestjs/common';
import { actorOf, type Command, type CommandContext, CommandHandler } from '@clawtank/commands';
import { enforce, newId } from '@clawtank/kernel';
import { enterRoom, requireReviewer, type RoomAccess } from '@clawtank/rooms';
import { fail } from '../../domain/failures.js';
import { mayReview } from '../../domain/pull-request.js';
import { findPullRequest } from '../../persistence/pull-requests.js';
import type { NewForgeReview } from '../forge.js';
import { recordReview } from '../record-review.js';
import { RoomHosts } from '../room-hosts.js';
import { whoseWork } from '../whose-work.js';
import { GitReviewBody } from './inputs.js';

/** Approves the present head of a pull request or asks for changes; its author can't. */
@CommandHandler('git.review', GitReviewBody)
export class ReviewPullRequest implements Command<'git.review', RoomAccess> {
  private readonly log = new Logger(ReviewPullRequest.name);

  constructor(private readonly hosts: RoomHosts) {}

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
    await requireReviewer(tx, room, await whoseWork(tx, request), caller, verdict);
    const id = newId();
    const review = { id, reviewer: actor, verdict, body, sha: request.headSha, comments };
    await recordReview(tx, request, review, { approve: true, request_changes: true });
    tx.afterCommit(() => void this.tellHost(room.id, number, actor.name, { verdict, body, comments }));
    return { number, review_id: id };
  }

  /** The review that counts is the room's; at the host people read of it, as the host is free to have it. */
  private async tellHost(
    roomId: string,
    number: number,
    by: string,
    { verdict, body, comments }: NewForgeReview,
  ): Promise<void> {
    const said = verdict === 'approve' ? 'approves this' : 'asks for changes';
    const text = `${by} ${said} in ClawTank.${body === '' ? '' : `\n\n${body}`}`;
    try {
      const forge = await this.hosts.forgeOf(roomId);
      await forge?.review(roomId, number, { verdict, body: text, comments });
    } catch (error) {
      this.log.warn(`the review of #${String(number)} was not passed on: ${String(error)}`);
    }
  }
}
