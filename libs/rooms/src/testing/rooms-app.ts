import { Global, type INestApplicationContext, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type EventType, roomStream } from '@clawtank/contracts';
import { authMigrations } from '@clawtank/auth';
import { anAgent, aUser } from '@clawtank/auth/testing';
import { type Caller, CommandBus, CommandsModule, commandsMigration, QueryBus } from '@clawtank/commands';
import { ConfigModule } from '@clawtank/config';
import { Database, DatabaseConfig, DatabaseModule } from '@clawtank/database';
import { createTestDatabase } from '@clawtank/database/testing';
import {
  BusConfig,
  ConsumerRunner,
  EventsModule,
  LogReader,
  logMigrations,
  type StoredEvent,
  UnitOfWork,
} from '@clawtank/events';
import { Failure, newId } from '@clawtank/kernel';
import { CompletionWatch } from '../application/completion-watch.js';
import * as Port from '../application/ports.js';
import { roomsMigrations } from '../persistence/all-migrations.js';
import { RoomsConfig } from '../rooms.config.js';
import { RoomsModule } from '../rooms.module.js';
import * as Tiny from './tiny-ports.js';

const MIGRATIONS = [...logMigrations, commandsMigration, ...authMigrations, ...roomsMigrations];

const PORTS = [
  { provide: Port.SystemLine, useClass: Tiny.TinyLine },
  { provide: Port.ClaimClock, useExisting: Tiny.TinyClock },
  { provide: Port.SnapshotProjector, useClass: Tiny.TinyProjector },
  { provide: Port.RepositoryContext, useExisting: Tiny.TinyRepository },
  { provide: Port.ImportGate, useClass: Tiny.TinyGate },
  { provide: Port.RoomFinisher, useExisting: Tiny.TinyFinisher },
];
const TINY = [Tiny.TinyClock, Tiny.TinyRepository, Tiny.TinyFinisher, Tiny.TinyTasks, Tiny.TinyFigures];

@Global()
@Module({ providers: [...TINY, ...PORTS], exports: [...TINY, ...PORTS] })
class TinyPortsModule {}

export interface RoomsApp {
  readonly app: INestApplicationContext;
  readonly database: Database;
  readonly work: UnitOfWork;
  get<T>(type: Type<T> | (abstract new () => T)): T;
  /** Runs a command; rejects with its Failure. The reply's fields are checked by the test that reads them. */
  run<T = Record<string, unknown>>(name: string, caller: Caller, input: object): Promise<T>;
  ask<T = Record<string, unknown>>(name: string, caller: Caller | null, input?: object): Promise<T>;
  /** The reason with which a command or query is refused. */
  refusal(attempt: Promise<unknown>): Promise<string>;
  aUser(name: string): Promise<Caller>;
  anAgent(owner: Caller, name: string): Promise<Caller>;
  /** What the room's stream says after `after`. */
  events(roomId: string, after?: number): Promise<readonly StoredEvent[]>;
  types(roomId: string, after?: number): Promise<readonly EventType[]>;
  /** Lets the consumers catch up. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/** Rooms on a database of their own, with the tiny ports. */
export async function createRoomsApp(env: Readonly<Record<string, string>> = {}): Promise<RoomsApp> {
  const test = await createTestDatabase(MIGRATIONS);
  const configs = [DatabaseConfig, BusConfig, RoomsConfig];
  @Module({
    imports: [
      ConfigModule.forRoot(configs, {
        DATABASE_URL: test.url,
        DATABASE_POOL_SIZE: '12',
        ROOM_HEARTBEAT_WRITE_SECONDS: '0.05',
        ...env,
      }),
      DatabaseModule.forRoot({ migrations: MIGRATIONS }),
      EventsModule.forRoot(Tiny.TinyAudience),
      CommandsModule,
      TinyPortsModule,
      RoomsModule,
    ],
  })
  class Root {}
  const app = await NestFactory.createApplicationContext(Root, { logger: ['error'] });
  const get: RoomsApp['get'] = (type) => app.get(type, { strict: false });
  const events = (roomId: string, after = 0) => readAll(get(LogReader), roomId, after);
  const runner = get(ConsumerRunner);
  await test.database.onApplicationShutdown();
  await runner.start([get(CompletionWatch)]);
  return {
    app,
    database: get(Database),
    work: get(UnitOfWork),
    get,
    run: async <T>(name: string, caller: Caller, input: object) =>
      (await get(CommandBus).run(name, input, { caller, requestId: newId() })) as T,
    ask: async <T>(name: string, caller: Caller | null, input: object = {}) =>
      (await get(QueryBus).run(name, input, { caller, requestId: newId() })) as T,
    refusal,
    aUser: (name) => get(Database).transaction((tx) => aUser(tx, { name })),
    anAgent: (owner, name) => get(Database).transaction((tx) => anAgent(tx, owner, { name })),
    events,
    types: async (roomId, after) => (await events(roomId, after)).map((event) => event.type),
    settle: () => runner.drain(),
    close: async () => {
      await app.close();
      await test.drop();
    },
  };
}

async function readAll(reader: LogReader, roomId: string, after: number): Promise<readonly StoredEvent[]> {
  const stretch = await reader.read(roomStream(roomId), after);
  if ('resync' in stretch) throw new Error(`resync: ${stretch.resync.reason}`);
  return stretch.events;
}

async function refusal(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt;
  } catch (error) {
    if (error instanceof Failure) return `${error.code} ${error.reason}`;
    throw error;
  }
  throw new Error('was not refused');
}
