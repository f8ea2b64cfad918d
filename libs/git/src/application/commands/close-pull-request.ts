import type { CommandReplyOf, PullRequestRef } from '@clawtank/contracts';
import { actorOf, type Command, type CommandContext, CommandHandler } from '@clawtank/commands';
import { enforce } from '@clawtank/kernel';
import { enterRoom, type RoomAccess } from '@clawtank/rooms';
import { fail } from '../../domain/failures.js';
import { mayClose } from '../../domain/pull-request.js';
import { branchRef } from '../../domain/ref-names.js';
import { findPullRequest } from '../../persistence/pull-requests.js';
import { forgetChecked } from '../../persistence/refs.js';
import { closeRequest } from '../close-request.js';
import { GitSweep } from '../git-sweep.js';
import { PullRequestBody } from './inputs.js';

/** Closes a pull request unmerged; its branch is kept and its task goes back to work. */
@CommandHandler('git.close', PullRequestBody)
export class ClosePullRequest implements Command<'git.close', RoomAccess> {
  constructor(private readonly sweep: GitSweep) {}

  authorise({ tx, caller }: CommandContext, input: PullRequestRef): Promise<RoomAccess> {
    return enterRoom(tx, caller, input.room_id);
  }

  async run(
    { tx, caller }: CommandContext,
    { number }: PullRequestRef,
    { room }: RoomAccess,
  ): Promise<CommandReplyOf<'git.close'>> {
    const request = await findPullRequest(tx, room.id, number);
    if (!request) throw fail('git.not_found', { what: 'pull request' });
    enforce(mayClose(request, caller));
    await closeRequest(tx, request, actorOf(caller));
    await forgetChecked(tx, room.id, branchRef(request.branch));
    tx.afterCommit(() => this.sweep.wake());
    return { number };
  }
}
