import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import PgBoss from 'pg-boss';
import { Database } from './database.js';
import { JobsConnection } from './jobs-connection.js';
import { DatabaseConfig } from './database.config.js';

export interface RecurringJob {
  readonly name: string;
  /** Seconds between two runs, over all nodes together. */
  readonly everySeconds: number;
  /** Also run once by each node when it starts, for what a crash may have left half-done. */
  readonly atStart?: boolean;
  /** Must be harmless when it runs twice or late: deadlines live in rows and are re-checked here. */
  run(): Promise<void>;
}

/** The job library makes its schema and its queues under locks that two nodes would take crosswise. */
const START_LOCK = 7_315_003;

/**
 * Durable recurring jobs on pg-boss. Each node offers a job every interval; the job library's singleton key
 * lets one of the offers through, so that any number of nodes runs it once, and a node that dies changes nothing.
 */
@Injectable()
export class Jobs implements OnApplicationShutdown {
  private readonly log = new Logger(Jobs.name);
  private readonly config: DatabaseConfig;
  private readonly database: Database;
  private readonly timers: NodeJS.Timeout[] = [];
  private boss: PgBoss | undefined;
  private connection: JobsConnection | undefined;

  constructor(config: DatabaseConfig, database: Database) {
    this.config = config;
    this.database = database;
  }

  /** Starts the library and the given jobs; called by the processes that run jobs. */
  async start(jobs: readonly RecurringJob[]): Promise<void> {
    const connection = new JobsConnection(this.config);
    this.connection = connection;
    const boss = new PgBoss({ db: connection, schema: 'jobs' });
    boss.on('error', (error) => this.log.warn(`job library: ${error.message}`));
    await this.database.transaction(async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock($1)', [START_LOCK]);
      this.boss = await boss.start();
      for (const { name } of jobs) {
        await boss.createQueue(name, { name, retryLimit: 0, expireInSeconds: 300 });
      }
    });
    for (const job of jobs) {
      if (job.atStart) await this.run(job).catch(() => undefined);
      await this.register(boss, job);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    await this.boss?.stop({ graceful: true, wait: true, timeout: 5_000 });
    await this.connection?.close();
  }

  private async register(boss: PgBoss, job: RecurringJob): Promise<void> {
    await boss.work(job.name, { pollingIntervalSeconds: Math.max(0.5, Math.min(2, job.everySeconds)) }, () =>
      this.run(job),
    );
    const offer = (): void => {
      boss
        .send(job.name, {}, { singletonKey: job.name, singletonSeconds: job.everySeconds })
        .catch((error: unknown) => {
          this.log.warn(`${job.name}: ${String(error)}`);
        });
    };
    offer();
    this.timers.push(setInterval(offer, job.everySeconds * 1_000));
  }

  private async run(job: RecurringJob): Promise<void> {
    try {
      await job.run();
    } catch (error) {
      this.log.error(
        `${job.name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
      // The library keeps a failed run with its error, for people to see and to try again.
      throw error;
    }
  }
}
