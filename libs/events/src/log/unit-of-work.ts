import { Injectable, Logger } from '@nestjs/common';
import { Database } from '@clawtank/database';
import { Bus, DIRTY_CHANNEL, newsChannel } from '../bus/bus.js';
import { type Appended, LogTx } from './log-tx.js';

export interface Committed<T> {
  readonly result: T;
  readonly appended: readonly Appended[];
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
    for (const news of appended) this.announce(news);
    if (appended.length > 0) this.publish(DIRTY_CHANNEL, '');
    for (const hook of hooks) hook();
    return { result, appended };
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
