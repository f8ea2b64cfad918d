import { createHmac } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AccessTokens, Accounts } from '@clawtank/auth';
import { anAgent, aUser } from '@clawtank/auth/testing';
import { type Caller, CommandBus } from '@clawtank/commands';
import { Database } from '@clawtank/database';
import { createTestDatabase } from '@clawtank/database/testing';
import { ConsumerRunner } from '@clawtank/events';
import { HttpConfig, SERVER_OPTIONS } from '@clawtank/http';
import { newId } from '@clawtank/kernel';
import { MIGRATIONS, PlatformModule, Workers } from '@clawtank/platform';
import { testEnvironment } from '@clawtank/platform/testing';
import { GatewayModule, prepareGateway } from '../src/index.js';

export interface Person {
  readonly caller: Caller;
  readonly token: string;
}

export interface TestGateway {
  readonly url: string;
  readonly app: NestFastifyApplication;
  readonly database: Database;
  aPerson(name: string): Promise<Person>;
  /** A token of that person that ends this many seconds from now. */
  aToken(person: Person, seconds: number): Promise<string>;
  anAgent(owner: Person, name: string): Promise<Person & { readonly tokenId: string }>;
  run(person: Person, name: string, input: object): Promise<unknown>;
  /** A room made by its command; returns its id. */
  aRoom(host: Person, visibility?: 'public' | 'private', members?: readonly Person[]): Promise<string>;
  /** Lets every consumer catch up, so that repositories are set up. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

const step = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

/** The field at a dotted path. */
export const fieldAt = (value: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((inner, name) => step(inner, name), value);

/** The real gateway on a cloned database, listening on a free port. */
export async function startGateway(env: Readonly<Record<string, string>> = {}): Promise<TestGateway> {
  const test = await createTestDatabase(MIGRATIONS);
  const gitRoot = await mkdtemp(join(tmpdir(), 'clawtank-gateway-'));
  const gateway = await bootGateway({ ...testEnvironment(test, gitRoot), ...env });
  return {
    ...gateway,
    close: async () => {
      await gateway.close();
      await test.drop();
      await rm(gitRoot, { recursive: true, force: true });
    },
  };
}

/** A gateway in the environment given, which must name a migrated database. */
export async function bootGateway(env: Readonly<Record<string, string>>): Promise<TestGateway> {
  @Module({ imports: [PlatformModule.forRoot({ env, configs: [HttpConfig] }), GatewayModule] })
  class Root {}
  const adapter = new FastifyAdapter({ ...SERVER_OPTIONS });
  const app = await NestFactory.create<NestFastifyApplication>(Root, adapter, {
    bodyParser: false,
    logger: ['error'],
    abortOnError: false,
  });
  prepareGateway(app);
  await app.listen(0, '127.0.0.1');
  const database = app.get(Database, { strict: false });
  const commands = app.get(CommandBus, { strict: false });
  const runner = app.get(ConsumerRunner, { strict: false });
  let consuming: Promise<void> | undefined;
  const run = ({ caller }: Person, name: string, input: object): Promise<unknown> =>
    commands.run(name, input, { caller, requestId: newId() });
  return {
    url: await app.getUrl(),
    app,
    database,
    run,
    aPerson: async (name) => {
      const caller = await database.transaction((tx) => aUser(tx, { name }));
      const tokens = app.get(AccessTokens, { strict: false });
      return { caller, token: (await tokens.sign({ sub: caller.id, kind: 'human' })).access_token };
    },
    aToken: async ({ caller }, seconds) => {
      const secret = await app.get(AccessTokens, { strict: false }).secret();
      const exp = Math.floor(Date.now() / 1_000) + seconds;
      const claims = { sub: caller.id, kind: 'human', iss: 'clawtank', aud: 'clawtank-access', exp };
      const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
      const text = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
      return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
    },
    anAgent: async (owner, name) => {
      const caller = await database.transaction((tx) => anAgent(tx, owner.caller, { name }));
      const made = await run(owner, 'agent.create_token', { agent_id: caller.id });
      const accounts = app.get(Accounts, { strict: false });
      const { access_token: token } = await accounts.exchangeAgentToken(String(fieldAt(made, 'token')));
      return { caller, token, tokenId: String(fieldAt(made, 'id')) };
    },
    aRoom: async (host, visibility = 'private', members = []) => {
      const made = await run(host, 'room.create', { name: 'Tank', visibility });
      const roomId = String(fieldAt(made, 'room.id'));
      for (const { caller } of members) {
        await run(host, 'member.add', { room_id: roomId, user_id: caller.id, role: 'member' });
      }
      return roomId;
    },
    settle: async () => {
      consuming ??= runner.start(app.get(Workers, { strict: false }).consumers());
      await consuming;
      await runner.drain();
      // The consumer only asks for a set-up; a busy machine may not have made it yet.
      const database = app.get(Database, { strict: false });
      const unfinished =
        "SELECT 1 FROM rooms WHERE state IN ('creating', 'initializing') AND setup_error IS NULL";
      while ((await database.query(unfinished)).length > 0) await new Promise((next) => setTimeout(next, 20));
    },
    close: () => app.close(),
  };
}
