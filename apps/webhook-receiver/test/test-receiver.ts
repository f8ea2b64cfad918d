import { createHmac } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Database } from '@clawtank/database';
import { createTestDatabase } from '@clawtank/database/testing';
import { HttpConfig, SERVER_OPTIONS } from '@clawtank/http';
import { MIGRATIONS, PlatformModule } from '@clawtank/platform';
import { testEnvironment } from '@clawtank/platform/testing';
import { WebhookReceiverModule } from '../src/index.js';
import { WebhookConfig } from '../src/webhook.config.js';

export const SECRET = 'a long enough secret';

export interface Reply {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

export interface Kept extends Record<string, unknown> {
  readonly provider: string;
  readonly delivery_id: string;
  readonly event: string;
  readonly proof: string;
  readonly body: Buffer;
}

export interface TestReceiver {
  readonly url: string;
  readonly app: NestFastifyApplication;
  readonly database: Database;
  /** Sets the server's own secrets, and no others. */
  configure(secrets: Partial<WebhookConfig>): void;
  post(path: string, headers: Readonly<Record<string, string>>, body: string | Buffer): Promise<Reply>;
  /** What is in the inbox, oldest first. */
  kept(): Promise<Kept[]>;
  close(): Promise<void>;
}

/** The headers of a delivery of GitHub. */
export const fromGithub = (
  delivery: string,
  body: string | Buffer,
  { secret = SECRET, event = 'ping' } = {},
): Record<string, string> => ({
  'X-GitHub-Delivery': delivery,
  'X-GitHub-Event': event,
  'X-Hub-Signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
});

/** The headers of a delivery that GitLab has signed with a signing token. */
export function fromGitlab(
  delivery: string,
  body: string | Buffer,
  token: string,
  at = new Date(),
): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1_000));
  const key = Buffer.from(token.replace(/^whsec_/, ''), 'base64');
  const mac = createHmac('sha256', key).update(`${delivery}.${timestamp}.`).update(body).digest('base64');
  return {
    'X-Gitlab-Event': 'Push Hook',
    'webhook-id': delivery,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${mac}`,
  };
}

/** The receiver on a database of its own. */
export async function startReceiver(): Promise<TestReceiver> {
  const test = await createTestDatabase(MIGRATIONS);
  const gitRoot = await mkdtemp(join(tmpdir(), 'clawtank-hooks-'));
  const env = testEnvironment(test, gitRoot);
  @Module({ imports: [PlatformModule.forRoot({ env, configs: [HttpConfig] }), WebhookReceiverModule] })
  class Root {}
  const adapter = new FastifyAdapter({ ...SERVER_OPTIONS });
  const app = await NestFactory.create<NestFastifyApplication>(Root, adapter, {
    bodyParser: false,
    logger: ['error'],
    abortOnError: false,
  });
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  return {
    url,
    app,
    database: test.database,
    configure: (secrets) => {
      const config = app.get(WebhookConfig, { strict: false });
      for (const name of Object.keys(config)) Reflect.deleteProperty(config, name);
      Object.assign(config, secrets);
    },
    post: async (path, headers, body) => {
      const response = await fetch(`${url}/webhooks/${path}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...headers },
        body,
      });
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    },
    kept: () => test.database.query<Kept>('SELECT * FROM webhook_inbox ORDER BY received_at, delivery_id'),
    close: async () => {
      await app.close();
      await test.drop();
      await rm(gitRoot, { recursive: true, force: true });
    },
  };
}
