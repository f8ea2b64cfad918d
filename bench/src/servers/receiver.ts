import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Database } from '@clawtank/database';
import { createTestDatabase } from '@clawtank/database/testing';
import { WebhookInbox, type WebhookDelivery } from '@clawtank/git';
import { HttpConfig, SERVER_OPTIONS } from '@clawtank/http';
import { MIGRATIONS, PlatformModule } from '@clawtank/platform';
import { WebhookReceiverModule } from '@clawtank/webhook-receiver';
import { serve } from './serve.js';

/** The receiver as it is deployed; with `BENCH_PARSE_ONLY` what was proven is parsed instead of kept. */
const test = await createTestDatabase(MIGRATIONS);
const gitRoot = await mkdtemp(join(tmpdir(), 'clawtank-bench-'));
const env = { DATABASE_URL: test.url, GIT_ROOT: gitRoot, CLAWTANK_WORKERS: 'false' };
@Module({ imports: [PlatformModule.forRoot({ env, configs: [HttpConfig] }), WebhookReceiverModule] })
class Root {}
const adapter = new FastifyAdapter({ ...SERVER_OPTIONS });
const app = await NestFactory.create<NestFastifyApplication>(Root, adapter, {
  bodyParser: false,
  logger: ['error'],
});
await app.listen(0, '127.0.0.1');
if (process.env['BENCH_PARSE_ONLY']) {
  const keep = ({ body }: WebhookDelivery): Promise<boolean> =>
    Promise.resolve(typeof JSON.parse(body.toString('utf8')) === 'object');
  Object.assign(app.get(WebhookInbox, { strict: false }), { keep });
}
const database = app.get(Database, { strict: false });

serve(
  { url: `${await app.getUrl()}/webhooks/github` },
  async () => {
    const rows = await database.query<{ n: number }>('SELECT count(*) AS n FROM webhook_inbox');
    return { kept: rows[0]?.n ?? 0 };
  },
  async () => {
    await app.close();
    await test.drop();
    await rm(gitRoot, { recursive: true, force: true });
  },
);
