import { Injectable, Logger } from '@nestjs/common';
import { Database } from '@clawtank/database';
import { Bus, DIRTY_CHANNEL, newsChannel } from '../bus/bus.js';
import { type Attempt, GroupTx } from './group-tx.js';
import { type Appended, LogTx } from './log-tx.js';

export interface Committed<T> {
  readonly result: T;
  readonly appended: readonly Appended[];
}

/** What came of one work of a group: it committed, or it failed and left no trace. */
export type Outcome<T> = Committed<T> | { readonly error: unknown };

/** Works that share a transaction. Each may run more than once, as the work of `commit` may. */
export interface Group<T> {
  /** Runs first, for what concerns all of them. */
  readonly open: (tx: LogTx) => Promise<void>;
  readonly works: readonly ((tx: LogTx) => Promise<T>)[];
  /** Runs last, once the events have their numbers; what it sends travels with the commit. */
  readonly seal: (tx: LogTx, outcomes: readonly Outcome<T>[]) => void;
  /** After this time no further work is begun, in milliseconds. */
  readonly withinMs: number;
}

/** Runs a use case: state and its events in one transaction, the news after its commit. */
@Injectable()
export class UnitOfWork {
  private readonly log = new Logger(UnitOfWork.name);

  constructor(
    private readonly database: Database,
    private readonly bus: Bus,
  ) {}

  /** Commits what `work` changed and appended, or nothing when it throws. May run `work` again on a deadlock. */
  async run<T>(work: (tx: LogTx) => Promise<T>): Promise<T> {
    return (await this.commit(work)).result;
  }

  /**
   * As `run`, and tells where the events stand. `seal` runs in the same transaction once the events have
   * their numbers, for what must be kept together with them.
   */
  async commit<T>(
    work: (tx: LogTx) => Promise<T>,
    seal?: (tx: LogTx, result: T, appended: readonly Appended[]) => Promise<void>,
  ): Promise<Committed<T>> {
    const { result, appended, hooks } = await this.database.transaction(async (tx) => {
      const logTx = new LogTx(tx);
      const value = await work(logTx);
      const written = await logTx.flush();
      await seal?.(logTx, value, written);
      return { result: value, appended: written, hooks: logTx.hooks };
    });
    this.tell(appended, hooks);
    return { result, appended };
  }

  /**
   * Runs works one after another in one transaction. One that fails is taken back alone; the others commit.
   * @returns the outcome of each, in order; fewer than there are works when the time was up
   * @throws when nothing was committed, or nobody knows whether it was; a deadlock is not tried again here
   */
  async commitTogether<T>({ open, works, seal, withinMs }: Group<T>): Promise<readonly Outcome<T>[]> {
    const until = performance.now() + withinMs;
    const { outcomes, appended, hooks } = await this.database.transaction(
      async (tx) => {
        const group = new GroupTx(tx);
        await open(group.log);
        const attempts: Attempt<T>[] = [];
        for (const work of works) {
          if (attempts.length > 0 && performance.now() > until) break;
          attempts.push(await group.attempt(work));
        }
        const written = await group.flush();
        const told = attempts.map((attempt) => outcomeOf(attempt, written));
        seal(group.log, told);
        return { outcomes: told, appended: written, hooks: group.log.hooks };
      },
      'READ COMMITTED',
      1,
    );
    this.tell(appended, hooks);
    return outcomes;
  }

  private tell(appended: readonly Appended[], hooks: readonly (() => void)[]): void {
    for (const news of appended) this.announce(news);
    if (appended.length > 0) this.publish(DIRTY_CHANNEL, '');
    for (const hook of hooks) this.call(hook);
  }

  /** What was committed stays committed, whatever comes of its wake-ups. */
  private call(hook: () => void): void {
    try {
      hook();
    } catch (error) {
      this.log.warn(`after a commit: ${String(error)}`);
    }
  }

  private announce(news: Appended): void {
    this.publish(newsChannel(news.stream), JSON.stringify(news));
  }

  /** News that is lost is healed by the readers' head check, so nobody waits for it. */
  private publish(channel: string, text: string): void {
    this.bus.publish(channel, text).catch((error: unknown) => {
      this.log.warn(`news on ${channel} was not published: ${String(error)}`);
    });
  }
}

function outcomeOf<T>(attempt: Attempt<T>, written: readonly Appended[]): Outcome<T> {
  if ('error' in attempt) return attempt;
  const own = new Set(attempt.eventIds);
  return { result: attempt.result, appended: written.flatMap((part) => partOf(part, own)) };
}

/** Works run one after another, so the events of one lie together. */
function partOf(part: Appended, ids: ReadonlySet<string>): Appended[] {
  const events = part.events.filter(({ id }) => ids.has(id));
  const [first, last] = [events[0], events.at(-1)];
  return first && last ? [{ ...part, from: first.seq, to: last.seq, events }] : [];
}
