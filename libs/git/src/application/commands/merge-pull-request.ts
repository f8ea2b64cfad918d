import type { CommandReplyOf, GitMergeInput } from '@clawtank/contracts';
import {
  actorOf,
  type CommandContext,
  CommandHandler,
  type StagedCommand,
  type StagedContext,
} from '@clawtank/commands';
import { ALLOWED, enforce, Failure, type Verdict } from '@clawtank/kernel';
import { askApproval, enterRoom, mayTakeWork, type Room } from '@clawtank/rooms';
import type { Intent } from '../../persistence/intents.js';
import { findPullRequest } from '../../persistence/pull-requests.js';
import { needRepository } from '../access.js';
import { CheckConflicts } from '../check-conflicts.js';
import { GitSweep } from '../git-sweep.js';
import { MergeQueue } from '../merge-queue.js';
import { Merging } from '../merging.js';
import { withdraw } from '../withdraw.js';
import { GitMergeBody } from './inputs.js';

/**
 * Merges an approved pull request into the default branch, or lets it wait for those before it. A person decides
 * that, or gives an agent the word for this very commit, unless the room leaves it to agents. With `withdraw` it
 * leaves the line instead.
 */
@CommandHandler('git.merge', GitMergeBody, { staged: true })
export class MergePullRequest implements StagedCommand<'git.merge', Room> {
  constructor(
    private readonly queue: MergeQueue,
    private readonly merging: Merging,
    private readonly conflicts: CheckConflicts,
    private readonly sweep: GitSweep,
  ) {}

  async authorise({ tx, caller }: CommandContext, input: GitMergeInput): Promise<Room> {
    return (await enterRoom(tx, caller, input.room_id)).room;
  }

  async run(
    context: StagedContext,
    { room_id: roomId, number, withdraw: withdrawn }: GitMergeInput,
  ): Promise<CommandReplyOf<'git.merge'>> {
    const { caller } = context;
    if (withdrawn)
      return context.finish(async (tx) => {
        const { room } = await enterRoom(tx, caller, roomId);
        await withdraw(tx, room, number, actorOf(caller));
        return { number, sha: null, queued: false, position: null };
      });
    const entered = await context.transaction(async (tx) => {
      const { room } = await enterRoom(tx, caller, roomId);
      enforce(mayTakeWork(room));
      await needRepository(tx, roomId);
      const word = await askToMerge(tx, room, caller, number);
      if (!word.allowed) return { refused: word.because };
      return this.queue.enter(tx, room, number, actorOf(caller));
    });
    if ('refused' in entered) throw entered.refused;
    const reply =
      'intent' in entered
        ? await this.mergeNow(context, entered.intent)
        : await context.finish(() =>
            Promise.resolve({ number, sha: null, queued: true, position: entered.position }),
          );
    this.sweep.wake();
    return reply;
  }

  private async mergeNow(
    context: StagedContext,
    intent: Intent<'merge'>,
  ): Promise<CommandReplyOf<'git.merge'>> {
    const sha = await this.mergeOrTell(intent, context);
    const reply = await context.finish(async (tx) => {
      await this.merging.conclude(tx, intent, sha);
      return { number: intent.payload.number, sha, queued: false, position: null };
    });
    await this.conflicts.run(intent.roomId);
    return reply;
  }

  private async mergeOrTell(intent: Intent<'merge'>, context: StagedContext): Promise<string> {
    try {
      return await this.merging.act(intent, (work) => context.transaction(work));
    } catch (error) {
      if (error instanceof Failure) {
        await this.conflicts.run(intent.roomId);
        this.sweep.wake();
      }
      throw error;
    }
  }
}

async function askToMerge(
  tx: CommandContext['tx'],
  room: Room,
  caller: CommandContext['caller'],
  number: number,
): Promise<Verdict> {
  const request = await findPullRequest(tx, room.id, number);
  if (!request) return ALLOWED;
  return askApproval(tx, room, caller, {
    kind: 'merge',
    taskId: request.taskId,
    subject: request.headSha,
    detail: `Merge #${String(number)} ${request.title} at ${request.headSha.slice(0, 10)}`,
  });
}
