import { createHmac } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { createTestDatabase, type TestDatabase } from '@clawtank/database/testing';
import { HttpConfig, SERVER_OPTIONS } from '@clawtank/http';
import { newId } from '@clawtank/kernel';
import { MIGRATIONS, PlatformModule } from '@clawtank/platform';
import { testEnvironment } from '@clawtank/platform/testing';
import { WebhookReceiverModule } from '../src/index.js';
import { WebhookConfig } from '../src/webhook.config.js';

const SECRET = 'a long enough secret';
const BODY = '{"zen":"Keep it logically awesome."}';

describe('the webhook receiver', () => {
  let test: TestDatabase;
  let gitRoot: string;
  let app: NestFastifyApplication;
  let url: string;

  beforeAll(async () => {
    test = await createTestDatabase(MIGRATIONS);
    gitRoot = await mkdtemp(join(tmpdir(), 'clawtank-hooks-'));
    const env = testEnvironment(test, gitRoot);
    @Module({ imports: [PlatformModule.forRoot({ env, configs: [HttpConfig] }), WebhookReceiverModule] })
    class Root {}
    const adapter = new FastifyAdapter({ ...SERVER_OPTIONS });
    app = await NestFactory.create<NestFastifyApplication>(Root, adapter, {
      bodyParser: false,
      logger: ['error'],
      abortOnError: false,
    });
    await app.listen(0, '127.0.0.1');
    url = await app.getUrl();
  });
  afterEach(() => configure({}));
  afterAll(async () => {
    await app.close();
    await test.drop();
    await rm(gitRoot, { recursive: true, force: true });
  });

  const configure = (secrets: Partial<WebhookConfig>): void => {
    const config = app.get(WebhookConfig, { strict: false });
    delete config.githubSecret;
    delete config.gitlabSecret;
    Object.assign(config, secrets);
  };
  const post = async (path: string, headers: Record<string, string> = {}, body = BODY) => {
    const response = await fetch(`${url}/webhooks/${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body,
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const signed = (delivery: string, body = BODY) => ({
    'X-GitHub-Delivery': delivery,
    'X-GitHub-Event': 'ping',
    'X-Hub-Signature-256': `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`,
  });
  const inbox = () => test.database.query('SELECT provider, delivery_id, event, body FROM webhook_inbox');

  it.each([
    ['github', 'webhook.not_configured'],
    ['gitlab', 'webhook.not_configured'],
    ['github/some-hook', 'webhook.unknown_hook'],
    ['elsewhere', 'route.unknown'],
  ])('takes nothing at %s without a secret', async (path, reason) => {
    expect(await post(path, signed(newId()))).toMatchObject({
      status: 404,
      body: { code: 'NOT_FOUND', reason },
    });
    expect(await inbox()).toEqual([]);
  });

  it.each([
    ['no signature', {}],
    ['a wrong signature', { 'X-Hub-Signature-256': `sha256=${'0'.repeat(64)}` }],
    [
      'a SHA-1 signature',
      { 'X-Hub-Signature-256': `sha1=${createHmac('sha1', SECRET).update(BODY).digest('hex')}` },
    ],
  ])('refuses %s', async (_name, headers) => {
    configure({ githubSecret: SECRET });
    const answer = await post('github', {
      'X-GitHub-Delivery': newId(),
      'X-GitHub-Event': 'ping',
      ...headers,
    });
    expect(answer).toMatchObject({ status: 401, body: { reason: 'webhook.bad_signature' } });
    expect(await inbox()).toEqual([]);
  });

  it('refuses a body that is too large before it looks at it', async () => {
    configure({ githubSecret: SECRET });
    const answer = await post('github', signed(newId()), 'x'.repeat(26 * 1024 * 1024));
    expect(answer).toMatchObject({ status: 413, body: { code: 'PAYLOAD_TOO_LARGE' } });
  });

  it('keeps a delivery once, byte for byte, however often it comes', async () => {
    configure({ githubSecret: SECRET, gitlabSecret: SECRET });
    const odd = '{ "text" :\t"caf\u00e9" }\n';
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => post('github', signed('d-1', odd), odd)),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    expect(answers.filter(({ body }) => body['repeated'] === false)).toHaveLength(1);
    const gitlab = { 'X-Gitlab-Token': SECRET, 'X-Gitlab-Event': 'Push Hook', 'X-Gitlab-Event-UUID': 'd-1' };
    expect(await post('gitlab', gitlab)).toMatchObject({
      status: 202,
      body: { delivery_id: 'd-1', repeated: false },
    });
    expect(await inbox()).toEqual([
      { provider: 'github', delivery_id: 'd-1', event: 'ping', body: Buffer.from(odd) },
      { provider: 'gitlab', delivery_id: 'd-1', event: 'Push Hook', body: Buffer.from(BODY) },
    ]);
  });

  it('refuses a delivery without its id', async () => {
    configure({ githubSecret: SECRET });
    const { 'X-GitHub-Delivery': _, ...headers } = signed(newId());
    expect(await post('github', headers)).toMatchObject({
      status: 400,
      body: { reason: 'webhook.incomplete' },
    });
  });
});
