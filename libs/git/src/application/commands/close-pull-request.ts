import type { CommandReplyOf, PullRequestRef } from '@clawtank/contracts';
import {
  actorOf,
  type CommandContext,
  CommandHandler,
  type StagedCommand,
  type StagedContext,
} from '@clawtank/commands';
import { enforce } from '@clawtank/kernel';
import { enterRoom, type RoomAccess } from '@clawtank/rooms';
import { fail } from '../../domain/failures.js';
import { mayClose, type PullRequest } from '../../domain/pull-request.js';
import { branchRef } from '../../domain/ref-names.js';
import { findPullRequest } from '../../persistence/pull-requests.js';
import { forgetChecked } from '../../persistence/refs.js';
import { closeRequest } from '../close-request.js';
import { GitSweep } from '../git-sweep.js';
import { RoomHosts } from '../room-hosts.js';
import { PullRequestBody } from './inputs.js';

/** Closes a pull request unmerged; its branch is kept and its task goes back to work. */
@CommandHandler('git.close', PullRequestBody, { staged: true })
export class ClosePullRequest implements StagedCommand<'git.close', RoomAccess> {
  constructor(
    private readonly sweep: GitSweep,
    private readonly hosts: RoomHosts,
  ) {}

  authorise({ tx, caller }: CommandContext, input: PullRequestRef): Promise<RoomAccess> {
    return enterRoom(tx, caller, input.room_id);
  }

  async run(
    context: StagedContext,
    { number }: PullRequestRef,
    { room }: RoomAccess,
  ): Promise<CommandReplyOf<'git.close'>> {
    const { caller } = context;
    await context.transaction((tx) => needClosable(tx, room.id, number, caller));
    const forge = await this.hosts.forgeOf(room.id);
    await forge?.closePull(room.id, number);
    return context.finish(async (tx) => {
      await enterRoom(tx, caller, room.id);
      const request = await needClosable(tx, room.id, number, caller);
      await closeRequest(tx, request, actorOf(caller));
      await forgetChecked(tx, room.id, branchRef(request.branch));
      tx.afterCommit(() => this.sweep.wake());
      return { number };
    });
  }
}

async function needClosable(
  tx: CommandContext['tx'],
  roomId: string,
  number: number,
  caller: CommandContext['caller'],
): Promise<PullRequest> {
  const request = await findPullRequest(tx, roomId, number);
  if (!request) throw fail('git.not_found', { what: 'pull request' });
  enforce(mayClose(request, caller));
  return request;
}
