import { isDatabaseAway } from '@clawtank/database';
import type { UnitOfWork } from '@clawtank/events';
import { Failure } from '@clawtank/kernel';
import { type KeptReply, keyOfUse } from '../command-results.js';
import { runAlone } from './attempt.js';
import type { Foresight } from '../foresight.js';
import { Gatherer } from './gatherer.js';
import { idUseOf, type Prepared } from './prepared.js';
import { RoomMemory } from './room-memory.js';
import { runTogether } from './run-together.js';

const MOST_TOGETHER = 256;
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
  private readonly rooms = new Gatherer<Waiting>(
    MOST_TOGETHER,
    (roomId, group) => this.serve(roomId, group),
    markOf,
  );

  constructor(
    private readonly work: UnitOfWork,
    private readonly foresights: () => readonly Foresight[] = () => [],
  ) {}

  /** Throws as the command does. */
  run(call: Prepared): Promise<KeptReply> {
    // What changes nothing that lasts has no lock to wait for.
    const room = call.entry.meta.ephemeral ? undefined : this.memory.roomFor(call.caller, call.input);
    if (room === undefined) return this.alone(call);
    return new Promise((resolve, reject) => this.rooms.add(room, { call, resolve, reject }));
  }

  private async serve(roomId: string, group: readonly Waiting[]): Promise<readonly Waiting[]> {
    try {
      const calls = group.map(({ call }) => call);
      const foresights = this.foresights();
      const answers = await runTogether(this.work, { roomId, calls, withinMs: WITHIN_MS, foresights });
      group.slice(0, answers.length).forEach((waiting, index) => {
        const answer = answers[index];
        if (!answer || 'error' in answer) return this.refuse(waiting, answer?.error);
        this.memory.learnTasks(answer.appended);
        waiting.resolve(answer.reply);
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
    let locked: readonly string[] = [];
    const letIn = (): void => this.memory.learn(call.caller, call.input, locked);
    try {
      const { reply, appended } = await runAlone(this.work, call, (rooms) => {
        locked = rooms;
      });
      letIn();
      this.memory.learnTasks(appended);
      return reply;
    } catch (error) {
      // Who is told that something is in the way was let into the room before.
      if (error instanceof Failure && error.code === 'CONFLICT') letIn();
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
