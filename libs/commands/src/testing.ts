import { DiscoveryModule, NestFactory } from '@nestjs/core';
import type { Envelope } from '@clawtank/contracts';
import { Database } from '@clawtank/database';
import { AudienceProjector, Bus, LogReader, type StoredEvent, StreamHub, UnitOfWork } from '@clawtank/events';
import type { TestLog } from '@clawtank/events/testing';
import { Global, Module, type Type } from '@nestjs/common';
import type { Caller } from './caller.js';
import { CommandBus } from './command-bus.js';
import { QueryBus } from './query-bus.js';
import { HandlerRegistry } from './registry.js';

export interface TestBus {
  /** Runs a command as a transport would; the reply is the ack's data. */
  command<Reply extends object>(caller: Caller, name: string, input: object): Promise<Reply>;
  /** Runs a query as a transport would; null is a stranger. */
  query<Reply>(caller: Caller | null, name: string, input: object): Promise<Reply>;
  get<T>(token: Type<T>): T;
  close(): Promise<void>;
}

class WholeProjector extends AudienceProjector {
  override project(event: StoredEvent): Envelope {
    return event;
  }
}

/** The buses on a test's own log, serving the handlers of the given modules and whatever else these provide. */
export async function startTestBus(test: TestLog, modules: readonly Type[]): Promise<TestBus> {
  @Global()
  @Module({
    imports: [DiscoveryModule],
    providers: [
      { provide: Database, useValue: test.database },
      { provide: UnitOfWork, useValue: test.work },
      { provide: LogReader, useValue: test.reader },
      { provide: Bus, useValue: test.bus },
      { provide: AudienceProjector, useClass: WholeProjector },
      StreamHub,
      HandlerRegistry,
      CommandBus,
      QueryBus,
    ],
    exports: [Database, UnitOfWork, LogReader, Bus, AudienceProjector, StreamHub],
  })
  class Core {}
  @Module({ imports: [Core, ...modules] })
  class Root {}
  const app = await NestFactory.createApplicationContext(Root, { logger: false, abortOnError: false });
  const commands = app.get(CommandBus, { strict: false });
  const queries = app.get(QueryBus, { strict: false });
  return {
    command: async (caller, name, input) =>
      (await commands.run(name, input, { caller, requestId: 'test' })) as never,
    query: async (caller, name, input) =>
      (await queries.run(name, input, { caller, requestId: 'test' })) as never,
    get: (token) => app.get(token, { strict: false }),
    close: () => app.close(),
  };
}

export { refuseSecrets } from './secret-fields.js';
export { inputFields } from './testing/input-fields.js';
