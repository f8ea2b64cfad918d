import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApiModule, createAdapter, prepareApi } from '@clawtank/api';
import { createTestDatabase, type Door, doorTo, type TestDatabase } from '@clawtank/database/testing';
import { GatewayModule, prepareGateway } from '@clawtank/gateway';
import { HttpConfig } from '@clawtank/http';
import { MIGRATIONS, PlatformModule } from '@clawtank/platform';
import { testEnvironment } from '@clawtank/platform/testing';
import { WebhookReceiverModule } from '@clawtank/webhook-receiver';
import { ServerModule } from '../src/server.module.js';

type Environment = Readonly<Record<string, string>>;

const redisUrl = process.env['CLAWTANK_TEST_REDIS_URL'];
const LIMIT_MS = 90_000;
/** Whoever asks a process for its health gives it no longer. */
const ANSWER_MS = 4_000;

function alone(app: Type): (env: Environment) => object {
  return (env) => {
    @Module({ imports: [PlatformModule.forRoot({ env, configs: [HttpConfig] }), app] })
    class Root {}
    return Root;
  };
}

const APPS: readonly [
  string,
  { root: (env: Environment) => object; prepare?: 'api' | 'gateway' | 'both' },
][] = [
  ['api', { root: alone(ApiModule), prepare: 'api' }],
  ['gateway', { root: alone(GatewayModule), prepare: 'gateway' }],
  ['webhook-receiver', { root: alone(WebhookReceiverModule) }],
  ['server', { root: (env) => ServerModule.forRoot(env), prepare: 'both' }],
];

const check = redisUrl ? describe.each(APPS) : describe.skip.each(APPS);

check('the health of the %s', (_name, { root, prepare }) => {
  let test: TestDatabase;
  let gitRoot: string;
  let postgres: Door;
  let redis: Door;
  let app: NestFastifyApplication;
  let url: string;

  beforeAll(async () => {
    test = await createTestDatabase(MIGRATIONS);
    gitRoot = await mkdtemp(join(tmpdir(), 'clawtank-health-'));
    postgres = await doorTo(test.url, 5432);
    redis = await doorTo(redisUrl ?? '', 6379);
    const env = {
      ...testEnvironment(test, gitRoot),
      DATABASE_URL: postgres.url,
      REDIS_URL: redis.url,
      // A connection that was cut without a word is given up after this time.
      DATABASE_ANSWER_TIMEOUT_MS: '1000',
      DATABASE_CONNECT_TIMEOUT_MS: '1000',
    };
    app = await NestFactory.create<NestFastifyApplication>(root(env), createAdapter(), {
      bodyParser: false,
      logger: false,
      abortOnError: false,
    });
    if (prepare === 'api' || prepare === 'both') prepareApi(app);
    if (prepare === 'gateway' || prepare === 'both') prepareGateway(app);
    await app.listen(0, '127.0.0.1');
    url = await app.getUrl();
  }, LIMIT_MS);
  beforeEach(async () => {
    await becomes('ready');
  }, LIMIT_MS);
  afterAll(async () => {
    postgres.open();
    redis.open();
    await app.close();
    await Promise.all([postgres.close(), redis.close()]);
    await test.drop();
    await rm(gitRoot, { recursive: true, force: true });
  }, LIMIT_MS);

  const ask = async (path: string): Promise<{ status: number; body: Record<string, unknown> }> => {
    const response = await fetch(`${url}/${path}`, { signal: AbortSignal.timeout(ANSWER_MS) });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const isAlive = async () => expect(await ask('healthz')).toEqual({ status: 200, body: { status: 'ok' } });

  /** Asks until it says so; each answer comes in time, and what is bad is never called good. */
  async function becomes(status: 'ready' | 'degraded' | 'not_ready'): Promise<Record<string, unknown>> {
    for (;;) {
      const answer = await ask('readyz');
      expect(answer.status).toBe(answer.body['status'] === 'not_ready' ? 503 : 200);
      if (answer.body['status'] === status) return answer.body['checks'] as Record<string, unknown>;
    }
  }

  it.each([
    ['refuses', () => postgres.shut()],
    ['swallows everything', () => postgres.swallow()],
  ])(
    'says that it is alive and can not serve while PostgreSQL %s, and recovers',
    async (_how, breakIt) => {
      breakIt();
      expect(await becomes('not_ready')).toMatchObject({
        database: 'failing',
        migrations: 'failing',
        bus: 'ok',
      });
      await isAlive();
      postgres.open();
      expect(await becomes('ready')).toMatchObject({ database: 'ok', migrations: 'ok' });
    },
    LIMIT_MS,
  );

  it.each([
    ['refuses', () => redis.shut()],
    ['swallows everything', () => redis.swallow()],
  ])(
    'says that it serves with less while Redis %s, and recovers',
    async (_how, breakIt) => {
      breakIt();
      expect(await becomes('degraded')).toMatchObject({ database: 'ok', bus: 'failing' });
      await isAlive();
      redis.open();
      expect(await becomes('ready')).toMatchObject({ bus: 'ok' });
    },
    LIMIT_MS,
  );
});
