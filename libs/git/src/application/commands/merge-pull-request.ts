import type { CommandReplyOf, PullRequestRef } from '@clawtank/contracts';
import {
  actorOf,
  type CommandContext,
  CommandHandler,
  type StagedCommand,
  type StagedContext,
} from '@clawtank/commands';
import { enforce, Failure } from '@clawtank/kernel';
import { enterRoom, mayTakeWork, type Room } from '@clawtank/rooms';
import { fail } from '../../domain/failures.js';
import { needRepository } from '../access.js';
import { CheckConflicts } from '../check-conflicts.js';
import { Merging } from '../merging.js';
import { PullRequestBody } from './inputs.js';

/** Merges an approved pull request into the default branch. A person decides that. */
@CommandHandler('git.merge', PullRequestBody, { staged: true })
export class MergePullRequest implements StagedCommand<'git.merge', Room> {
  constructor(
    private readonly merging: Merging,
    private readonly conflicts: CheckConflicts,
  ) {}

  async authorise({ tx, caller }: CommandContext, input: PullRequestRef): Promise<Room> {
    const { room } = await enterRoom(tx, caller, input.room_id);
    if (caller.kind !== 'human') throw fail('git.people_only', {});
    return room;
  }

  async run(
    context: StagedContext,
    { room_id: roomId, number }: PullRequestRef,
  ): Promise<CommandReplyOf<'git.merge'>> {
    const { caller } = context;
    const intent = await context.transaction(async (tx) => {
      const { room } = await enterRoom(tx, caller, roomId);
      enforce(mayTakeWork(room));
      await needRepository(tx, roomId);
      return this.merging.begin(tx, roomId, number, actorOf(caller));
    });
    const sha = await this.mergeOrTell(intent, context);
    const reply = await context.finish(async (tx) => {
      await this.merging.conclude(tx, intent, sha);
      return { number, sha };
    });
    await this.conflicts.run(roomId);
    return reply;
  }

  private async mergeOrTell(intent: Parameters<Merging['act']>[0], context: StagedContext): Promise<string> {
    try {
      return await this.merging.act(intent, (work) => context.transaction(work));
    } catch (error) {
      if (error instanceof Failure) await this.conflicts.run(intent.roomId);
      throw error;
    }
  }
}
