import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Database } from '@clawtank/database';
import { markRoomCleaned, openRepositoryRequests, roomsToClean } from '@clawtank/rooms';
import { GitHost } from './git-host.js';
import { MergeQueue } from './merge-queue.js';
import { SetUpRepository } from './set-up-repository.js';
import { Unfinished } from './unfinished.js';

/** Does what is open: set-ups, looks at conflicts, acts that a crash interrupted, merges that wait, folders of deleted rooms. */
@Injectable()
export class GitSweep implements OnApplicationShutdown {
  private readonly log = new Logger(GitSweep.name);
  private running: Promise<void> | undefined;
  private again = false;
  private stopped = false;

  constructor(
    private readonly host: GitHost,
    private readonly database: Database,
    private readonly setUp: SetUpRepository,
    private readonly unfinished: Unfinished,
    private readonly queue: MergeQueue,
  ) {}

  /** Has a sweep made soon, in this process. One that is lost with the process is made up for by the timer. */
  wake(): void {
    if (this.stopped) return;
    this.again = true;
    this.running ??= this.loop().finally(() => {
      this.running = undefined;
      if (this.again) this.wake();
    });
  }

  /** Sweeps and resolves when it is done. */
  async run(): Promise<void> {
    this.wake();
    await this.running;
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    this.again = false;
    await this.running;
  }

  private async loop(): Promise<void> {
    while (this.again) {
      this.again = false;
      await this.attempt('set-up', () => this.setUpAll());
      await this.attempt('unfinished acts', () => this.unfinished.finishStale());
      await this.attempt('conflicts', () => this.unfinished.checkWanted());
      await this.attempt('merge queues', () => this.queue.drainAll());
      await this.attempt('deleted rooms', () => this.cleanAll());
    }
  }

  /** One kind of work that fails must not keep the others from being done. */
  private async attempt(what: string, work: () => Promise<void>): Promise<void> {
    if (this.stopped) return;
    try {
      await work();
    } catch (error) {
      this.log.error(`${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
  }

  private async setUpAll(): Promise<void> {
    const requests = await this.database.transaction((tx) => openRepositoryRequests(tx));
    for (const request of requests) await this.setUp.run(request);
  }

  private async cleanAll(): Promise<void> {
    for (const { roomId } of await this.database.transaction((tx) => roomsToClean(tx))) {
      await this.host.remove(roomId);
      await this.database.transaction((tx) => markRoomCleaned(tx, roomId));
    }
  }
}
