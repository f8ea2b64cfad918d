import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { anAgent, aUser } from '@clawtank/auth/testing';
import { type Caller, CommandBus, QueryBus } from '@clawtank/commands';
import { Database } from '@clawtank/database';
import { createTestDatabase, type TestDatabase } from '@clawtank/database/testing';
import { ConsumerRunner, LogReader, UnitOfWork } from '@clawtank/events';
import { newId } from '@clawtank/kernel';
import { MIGRATIONS } from './composition.js';
import { PlatformModule } from './platform.module.js';
import { Workers } from './workers.js';

export interface TestPlatform {
  readonly app: INestApplicationContext;
  readonly database: Database;
  readonly url: string;
  readonly work: UnitOfWork;
  readonly reader: LogReader;
  /** Runs a command as somebody; rejects with its Failure. */
  run<T = Record<string, unknown>>(name: string, caller: Caller, input: object): Promise<T>;
  ask<T = Record<string, unknown>>(name: string, caller: Caller | null, input?: object): Promise<T>;
  aUser(name: string): Promise<Caller>;
  anAgent(owner: Caller, name: string): Promise<Caller>;
  /** Lets every consumer catch up with the log. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/** Tests say in a moment what people say in an hour; a test of the limits sets its own. */
const UNHURRIED = { LIMITS_COMMANDS_BURST: '100000', LIMITS_CHAT_BURST: '100000' };

/** The environment of a process on a test database; extra variables win. */
export function testEnvironment(test: Pick<TestDatabase, 'url'>, gitRoot: string): Record<string, string> {
  return {
    DATABASE_URL: test.url,
    GIT_ROOT: gitRoot,
    CLAWTANK_WORKERS: 'false',
    DATABASE_POOL_SIZE: '12',
    ...UNHURRIED,
  };
}

/** All libs on a cloned database with a git folder of its own, no transport. Consumers run in `settle`. */
export async function createTestPlatform(env: Readonly<Record<string, string>> = {}): Promise<TestPlatform> {
  const test = await createTestDatabase(MIGRATIONS);
  const gitRoot = await mkdtemp(join(tmpdir(), 'clawtank-git-'));
  @Module({ imports: [PlatformModule.forRoot({ env: { ...testEnvironment(test, gitRoot), ...env } })] })
  class Root {}
  const app = await NestFactory.createApplicationContext(Root, { logger: ['error'] });
  const database = app.get(Database, { strict: false });
  const runner = app.get(ConsumerRunner, { strict: false });
  let started = false;
  return {
    app,
    database,
    url: test.url,
    work: app.get(UnitOfWork, { strict: false }),
    reader: app.get(LogReader, { strict: false }),
    run: async <T>(name: string, caller: Caller, input: object) =>
      (await app.get(CommandBus, { strict: false }).run(name, input, { caller, requestId: newId() })) as T,
    ask: async <T>(name: string, caller: Caller | null, input: object = {}) =>
      (await app.get(QueryBus, { strict: false }).run(name, input, { caller, requestId: newId() })) as T,
    aUser: (name) => database.transaction((tx) => aUser(tx, { name })),
    anAgent: (owner, name) => database.transaction((tx) => anAgent(tx, owner, { name })),
    settle: async () => {
      if (!started) await runner.start(app.get(Workers, { strict: false }).consumers());
      started = true;
      await runner.drain();
    },
    close: async () => {
      await app.close();
      await test.drop();
      await rm(gitRoot, { recursive: true, force: true });
    },
  };
}
