import { createTestDatabase, type TestDatabase } from '@clawtank/database/testing';
import type { MigrationClass } from '@clawtank/database';
import { InProcessBus } from './bus/in-process-bus.js';
import { ConsumerRunner } from './consumers/consumer-runner.js';
import { LogReader } from './log/log-reader.js';
import { logMigrations } from './log/migrations.js';
import { UnitOfWork } from './log/unit-of-work.js';

export { WireEvent } from './log/wire-event.js';
export { InProcessBus } from './bus/in-process-bus.js';
export { RedisBus } from './bus/redis-bus.js';

export interface TestLog extends TestDatabase {
  readonly work: UnitOfWork;
  readonly reader: LogReader;
  readonly bus: InProcessBus;
  readonly runner: ConsumerRunner;
}

/** A database with the log and the given migrations, and the log's own parts wired to it. */
export async function createTestLog(migrations: readonly MigrationClass[] = []): Promise<TestLog> {
  const test = await createTestDatabase([...logMigrations, ...migrations]);
  const bus = new InProcessBus();
  const work = new UnitOfWork(test.database, bus);
  return {
    ...test,
    work,
    reader: new LogReader(test.database),
    bus,
    runner: new ConsumerRunner(test.database, work, bus),
  };
}
