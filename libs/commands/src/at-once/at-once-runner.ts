import { isDatabaseAway } from '@clawtank/database';
import type { UnitOfWork } from '@clawtank/events';
import { Failure } from '@clawtank/kernel';
import { type KeptReply, keyOfUse } from '../command-results.js';
import { runAlone } from './attempt.js';
import { Gatherer } from './gatherer.js';
import { idUseOf, type Prepared } from './prepared.js';
import { RoomMemory } from './room-memory.js';
import { runTogether } from './run-together.js';

const MOST_TOGETHER = 64;
/** How long a group goes on before it commits, so that its first command does not wait for a slow one behind it. */
const WITHIN_MS = 100;

interface Waiting {
  readonly call: Prepared;
  readonly resolve: (reply: KeptReply) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Runs commands that need one transaction. A room's commands take turns under its lock through the flush of the
 * write-ahead log; those that wait for their turn in this process share one transaction and one flush.
 */
export class AtOnceRunner {
  private readonly memory = new RoomMemory();
  private readonly rooms = new Gatherer<Waiting>(MOST_TOGETHER, (group) => this.serve(group), markOf);

  constructor(private readonly work: UnitOfWork) {}

  /** Throws as the command does. */
  run(call: Prepared): Promise<KeptReply> {
    // What changes nothing that lasts has no lock to wait for.
    const room = call.entry.meta.ephemeral ? undefined : this.memory.roomFor(call.caller, call.input);
    if (room === undefined) return this.alone(call);
    return new Promise((resolve, reject) => this.rooms.add(room, { call, resolve, reject }));
  }

  private async serve(group: readonly Waiting[]): Promise<readonly Waiting[]> {
    const [first] = group;
    if (group.length === 1 && first) {
      await this.settle(first, this.alone(first.call));
      return [];
    }
    try {
      const calls = group.map(({ call }) => call);
      const answers = await runTogether(this.work, calls, WITHIN_MS);
      group.slice(0, answers.length).forEach((waiting, index) => {
        const answer = answers[index];
        if (answer && 'reply' in answer) waiting.resolve(answer.reply);
        else this.refuse(waiting, answer?.error);
      });
      return group.slice(answers.length);
    } catch (error) {
      await Promise.all(group.map((waiting) => this.settle(waiting, this.after(error, waiting.call))));
      return [];
    }
  }

  /** What the database has rolled back is run alone; what may have been committed is answered from its id. */
  private async after(error: unknown, call: Prepared): Promise<KeptReply> {
    if (isDatabaseAway(error) && !idUseOf(call)) throw error;
    return this.alone(call);
  }

  private async alone(call: Prepared): Promise<KeptReply> {
    try {
      const { reply, rooms } = await runAlone(this.work, call);
      this.memory.learn(call.caller, call.input, rooms);
      return reply;
    } catch (error) {
      this.note(call, error);
      throw error;
    }
  }

  private async settle(waiting: Waiting, reply: Promise<KeptReply>): Promise<void> {
    await reply.then(waiting.resolve, waiting.reject);
  }

  private refuse(waiting: Waiting, error: unknown): void {
    this.note(waiting.call, error);
    waiting.reject(error);
  }

  private note({ caller, input }: Prepared, error: unknown): void {
    if (error instanceof Failure && error.code === 'NOT_FOUND') this.memory.forget(caller, input);
  }
}

function markOf({ call }: Waiting): string | undefined {
  const use = idUseOf(call);
  return use ? keyOfUse(use) : undefined;
}
