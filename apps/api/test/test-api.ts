import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AccessTokens } from '@clawtank/auth';
import { aUser } from '@clawtank/auth/testing';
import { type Caller, CommandBus } from '@clawtank/commands';
import { Database } from '@clawtank/database';
import { createTestDatabase } from '@clawtank/database/testing';
import { HttpConfig } from '@clawtank/http';
import { newId } from '@clawtank/kernel';
import { MIGRATIONS, PlatformModule } from '@clawtank/platform';
import { testEnvironment } from '@clawtank/platform/testing';
import { ApiModule, createAdapter, prepareApi } from '../src/index.js';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The field at a dotted path of the JSON body. */
  at(path: string): unknown;
}

export interface Request {
  readonly token?: string;
  readonly body?: unknown;
  /** Sent as it is, instead of `body`. */
  readonly raw?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

export interface Person {
  readonly caller: Caller;
  readonly token: string;
}

export interface TestApi {
  readonly url: string;
  readonly app: NestFastifyApplication;
  readonly database: Database;
  call(method: string, path: string, request?: Request): Promise<Answer>;
  aPerson(name: string): Promise<Person>;
  /** A room of that person, made by its command; returns its id and slug. */
  aRoom(host: Person, visibility: 'public' | 'private'): Promise<{ id: string; slug: string }>;
  close(): Promise<void>;
}

const step = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

/** The field at a dotted path. */
export const fieldAt = (value: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((inner, name) => step(inner, name), value);

async function send(url: string, method: string, request: Request): Promise<Answer> {
  const { token, body, raw, headers, signal } = request;
  const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await fetch(url, {
    method,
    headers: {
      ...(payload === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(payload === undefined ? {} : { body: payload }),
    ...(signal ? { signal } : {}),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  const parsed: unknown = isJson ? JSON.parse(text) : undefined;
  return { status: response.status, headers: response.headers, text, at: (path) => fieldAt(parsed, path) };
}

/** The real API on a cloned database, listening on a free port. */
export async function startApi(env: Readonly<Record<string, string>> = {}): Promise<TestApi> {
  const test = await createTestDatabase(MIGRATIONS);
  const gitRoot = await mkdtemp(join(tmpdir(), 'clawtank-api-'));
  @Module({
    imports: [
      PlatformModule.forRoot({ env: { ...testEnvironment(test, gitRoot), ...env }, configs: [HttpConfig] }),
      ApiModule,
    ],
  })
  class Root {}
  const app = await NestFactory.create<NestFastifyApplication>(Root, createAdapter(), {
    bodyParser: false,
    logger: ['error'],
    abortOnError: false,
  });
  prepareApi(app);
  await app.listen(0, '127.0.0.1');
  const url = (await app.getUrl()).replace('[::1]', '127.0.0.1');
  const database = app.get(Database, { strict: false });
  const tokens = app.get(AccessTokens, { strict: false });
  const commands = app.get(CommandBus, { strict: false });
  return {
    url,
    app,
    database,
    call: (method, path, request = {}) => send(`${url}${path}`, method, request),
    aPerson: async (name) => {
      const caller = await database.transaction((tx) => aUser(tx, { name }));
      return { caller, token: (await tokens.sign({ sub: caller.id, kind: 'human' })).access_token };
    },
    aRoom: async ({ caller }, visibility) => {
      const input = { name: `Tank ${visibility}`, visibility };
      const data = await commands.run('room.create', input, { caller, requestId: newId() });
      return { id: String(fieldAt(data, 'room.id')), slug: String(fieldAt(data, 'room.slug')) };
    },
    close: async () => {
      await app.close();
      await test.drop();
      await rm(gitRoot, { recursive: true, force: true });
    },
  };
}
