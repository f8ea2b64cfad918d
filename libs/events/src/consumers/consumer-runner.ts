import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Database } from '@clawtank/database';
import { Bus, DIRTY_CHANNEL, type Unsubscribe } from '../bus/bus.js';
import { UnitOfWork } from '../log/unit-of-work.js';
import type { LogTx } from '../log/log-tx.js';
import { readStretch } from '../log/log-reader.js';
import type { EventConsumer } from './consumer.js';

const BATCH = 100;
/** Wake-ups may be lost with the process; what is dirty is found again by this poll. */
const POLL_MS = 1_000;

/** Brings every consumer up to the head of every stream, once per event, over restarts and on any number of nodes. */
@Injectable()
export class ConsumerRunner implements OnApplicationShutdown {
  private readonly log = new Logger(ConsumerRunner.name);
  private consumers: readonly EventConsumer[] = [];
  private timer: NodeJS.Timeout | undefined;
  private unsubscribe: Unsubscribe | undefined;
  private running: Promise<void> | undefined;
  private again = false;
  private stopped = false;

  constructor(
    private readonly database: Database,
    private readonly work: UnitOfWork,
    private readonly bus: Bus,
  ) {}

  /** Starts consuming; called by the processes that run consumers. */
  async start(consumers: readonly EventConsumer[]): Promise<void> {
    this.consumers = consumers;
    this.unsubscribe = await this.bus.subscribe(DIRTY_CHANNEL, () => this.wake());
    this.timer = setInterval(() => this.wake(), POLL_MS);
    this.wake();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.unsubscribe?.();
    await this.running;
  }

  /** Runs until nothing is dirty; resolves then. */
  async drain(): Promise<void> {
    for (;;) {
      this.wake();
      await this.running;
      if ((await this.dirtyStreams()).length === 0) return;
    }
  }

  private wake(): void {
    if (this.stopped) return;
    this.again = true;
    this.running ??= this.loop().finally(() => {
      this.running = undefined;
      if (this.again && !this.stopped) this.wake();
    });
  }

  private async loop(): Promise<void> {
    while (this.again && !this.stopped) {
      this.again = false;
      try {
        for (const stream of await this.dirtyStreams()) await this.bringUp(stream);
      } catch (error) {
        this.log.warn(`consumers: ${String(error)}`);
      }
    }
  }

  private async dirtyStreams(): Promise<string[]> {
    const rows = await this.database.query<{ stream: string }>(
      `SELECT stream FROM dirty_streams d WHERE NOT EXISTS (
         SELECT 1 FROM consumer_positions p WHERE p.stream = d.stream AND p.retry_at > now())
       ORDER BY since LIMIT 100`,
    );
    return rows.map((row) => row.stream);
  }

  private async bringUp(stream: string): Promise<void> {
    const kind = stream.startsWith('room:') ? 'room' : 'user';
    const readers = this.consumers.filter(
      (consumer) => consumer.streams === 'all' || consumer.streams === kind,
    );
    for (const consumer of readers) {
      let more = true;
      while (more && !this.stopped) more = await this.step(consumer, stream);
    }
    if (!this.stopped) await this.work.run((tx) => settle(tx, stream, readers));
  }

  private async step(consumer: EventConsumer, stream: string): Promise<boolean> {
    try {
      return await this.work.run((tx) => consume(tx, consumer, stream));
    } catch (error) {
      await this.recordFailure(consumer, stream, error);
      return false;
    }
  }

  private async recordFailure(consumer: EventConsumer, stream: string, error: unknown): Promise<void> {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.log.error(`consumer ${consumer.consumer} on ${stream}: ${text}`);
    await this.database.query(
      `INSERT INTO consumer_positions (consumer, stream, failures, last_error, retry_at)
       VALUES ($1, $2, 1, $3, now() + interval '1 second')
       ON CONFLICT (consumer, stream) DO UPDATE SET failures = consumer_positions.failures + 1, last_error = $3,
         retry_at = now() + least(interval '1 second' * power(2, least(consumer_positions.failures, 8)), interval '5 minutes')`,
      [consumer.consumer, stream, text.slice(0, 2_000)],
    );
  }
}

/** Lock order: the room, then the position. True while there may be more. */
async function consume(tx: LogTx, consumer: EventConsumer, stream: string): Promise<boolean> {
  if (stream.startsWith('room:') && !(await tx.lockRoom(stream.slice('room:'.length)))) return false;
  await tx.execute(
    'INSERT INTO consumer_positions (consumer, stream) VALUES ($1, $2) ON CONFLICT DO NOTHING',
    [consumer.consumer, stream],
  );
  const rows = await tx.query<{ position: number }>(
    'SELECT position FROM consumer_positions WHERE consumer = $1 AND stream = $2 FOR UPDATE',
    [consumer.consumer, stream],
  );
  const stretch = await readStretch(tx, stream, rows[0]?.position ?? 0, BATCH);
  if ('resync' in stretch || stretch.events.length === 0) return false;
  for (const event of stretch.events) await consumer.handle(tx, event);
  await tx.execute(
    `UPDATE consumer_positions SET position = $3, failures = 0, last_error = NULL, retry_at = NULL
     WHERE consumer = $1 AND stream = $2`,
    [consumer.consumer, stream, stretch.to],
  );
  return true;
}

/** Under the stream's lock nothing can be appended between the comparison and the deletion. */
async function settle(tx: LogTx, stream: string, readers: readonly EventConsumer[]): Promise<void> {
  await tx.query('SELECT 1 FROM streams WHERE id = $1 FOR UPDATE', [stream]);
  await tx.execute(
    `DELETE FROM dirty_streams d USING streams s WHERE d.stream = $1 AND s.id = $1 AND $2::int = (
       SELECT count(*) FROM consumer_positions p
       WHERE p.stream = $1 AND p.consumer = ANY($3) AND p.position = s.head)`,
    [stream, readers.length, readers.map((reader) => reader.consumer)],
  );
}
