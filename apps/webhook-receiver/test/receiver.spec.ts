import { createHmac, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { WebhookDefinition } from '@octokit/webhooks-examples';
import { aUser } from '@clawtank/auth/testing';
import { CommandBus } from '@clawtank/commands';
import { HookKeys } from '@clawtank/git';
import { newId } from '@clawtank/kernel';
import { fromGithub, fromGitlab, SECRET, startReceiver, type TestReceiver } from './test-receiver.js';

const examples = jest.requireActual<readonly WebhookDefinition[]>('@octokit/webhooks-examples');
const BODY = '{"zen":"Keep it logically awesome."}';
const MEBIBYTE = 1024 * 1024;

let receiver: TestReceiver;
beforeAll(async () => {
  receiver = await startReceiver();
});
beforeEach(() => receiver.configure({ githubSecret: SECRET }));
afterEach(() => receiver.database.query('TRUNCATE webhook_inbox'));
afterAll(() => receiver.close());

const fieldAt = (value: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (inner, name) => (typeof inner === 'object' && inner ? Reflect.get(inner, name) : undefined),
      value,
    );
const post = (path: string, headers: Record<string, string>, body: string | Buffer = BODY) =>
  receiver.post(path, headers, body);
const sha1 = `sha1=${createHmac('sha1', SECRET).update(BODY).digest('hex')}`;

describe('proof', () => {
  it.each([
    ['github', 'webhook.not_configured'],
    ['gitlab', 'webhook.not_configured'],
    ['github/some-hook', 'webhook.unknown_hook'],
    [`github/${newId()}`, 'webhook.unknown_hook'],
    ['elsewhere', 'route.unknown'],
  ])('nothing is taken at %s without a secret', async (path, reason) => {
    receiver.configure({});
    expect(await post(path, fromGithub(newId(), BODY))).toMatchObject({
      status: 404,
      body: { code: 'NOT_FOUND', reason },
    });
    expect(await receiver.kept()).toEqual([]);
  });

  it.each([
    ['no signature', {}],
    ['a wrong signature', { 'X-Hub-Signature-256': `sha256=${'0'.repeat(64)}` }],
    ['a SHA-1 signature', { 'X-Hub-Signature': sha1 }],
    ['a SHA-1 signature in the place of a better one', { 'X-Hub-Signature-256': sha1 }],
    [
      'a signature of other bytes',
      { 'X-Hub-Signature-256': fromGithub('', '{}')['X-Hub-Signature-256'] ?? '' },
    ],
    ['what was signed with another secret', fromGithub('', BODY, { secret: 'another secret altogether' })],
  ])('%s is refused', async (_name, headers) => {
    const answer = await post('github', {
      ...headers,
      'X-GitHub-Delivery': newId(),
      'X-GitHub-Event': 'ping',
    });
    expect(answer).toMatchObject({ status: 401, body: { reason: 'webhook.bad_signature' } });
    expect(await receiver.kept()).toEqual([]);
  });

  it('of a body whose bytes were changed but whose meaning was not is refused', async () => {
    const answer = await post('github', fromGithub(newId(), BODY), BODY.replace(':', ': '));
    expect(answer.status).toBe(401);
  });

  it('may be by the secret before the present one while that is being changed, and not after', async () => {
    const old = fromGithub('d-1', BODY, { secret: 'the secret before it' });
    expect((await post('github', old)).status).toBe(401);
    receiver.configure({ githubSecret: SECRET, githubPreviousSecret: 'the secret before it' });
    expect((await post('github', old)).status).toBe(202);
    expect((await post('github', fromGithub('d-2', BODY))).status).toBe(202);
  });

  it('comes before all else: a stranger is turned away before sending a body', async () => {
    const asked = request(`${receiver.url}/webhooks/github`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Content-Length': 25 * MEBIBYTE },
    });
    asked.flushHeaders();
    const [answer] = (await once(asked, 'response')) as [{ statusCode: number }];
    expect(answer.statusCode).toBe(401);
    asked.destroy();
  });
});

describe('GitLab', () => {
  const token = `whsec_${randomBytes(32).toString('base64')}`;
  const plain = (value: string, id = newId()) => ({
    'X-Gitlab-Token': value,
    'X-Gitlab-Event': 'Push Hook',
    'X-Gitlab-Event-UUID': id,
  });

  it('signs, which is noted as the stronger proof', async () => {
    receiver.configure({ gitlabSecret: token });
    expect((await post('gitlab', fromGitlab('d-1', BODY, token))).status).toBe(202);
    expect(await receiver.kept()).toMatchObject([{ delivery_id: 'd-1', proof: 'signature' }]);
  });

  it('sends a token along, which is noted as the weaker one', async () => {
    receiver.configure({ gitlabSecret: SECRET });
    expect((await post('gitlab', plain(SECRET, 'd-1'))).status).toBe(202);
    expect(await receiver.kept()).toMatchObject([{ delivery_id: 'd-1', proof: 'token' }]);
    expect((await post('gitlab', plain('some other secret'))).status).toBe(401);
  });

  it('can’t fall back on the token where it was agreed that it signs', async () => {
    receiver.configure({ gitlabSecret: token });
    expect((await post('gitlab', plain(token))).status).toBe(401);
  });

  it('is not believed on its token where the signature is wrong', async () => {
    receiver.configure({ gitlabSecret: SECRET });
    const wrong = fromGitlab('d-1', BODY, `whsec_${randomBytes(32).toString('base64')}`);
    expect((await post('gitlab', { ...wrong, ...plain(SECRET) })).status).toBe(401);
  });

  it('is refused when somebody plays back what it signed a year ago', async () => {
    receiver.configure({ gitlabSecret: token });
    const then = new Date(Date.now() - 365 * 86_400_000);
    expect((await post('gitlab', fromGitlab('d-1', BODY, token, then))).status).toBe(401);
    expect(await receiver.kept()).toEqual([]);
  });

  it('may sign with the token before the present one', async () => {
    receiver.configure({ gitlabSecret: SECRET, gitlabPreviousSecret: token });
    expect((await post('gitlab', fromGitlab('d-1', BODY, token))).status).toBe(202);
  });
});

describe('the webhook of one repository', () => {
  const hookId = newId();
  let keys: HookKeys;
  beforeAll(async () => {
    keys = receiver.app.get(HookKeys, { strict: false });
    const ada = await receiver.database.transaction((tx) => aUser(tx, { name: 'ada' }));
    const made = await receiver.app
      .get(CommandBus, { strict: false })
      .run('room.create', { name: 'Hooked', visibility: 'private' }, { caller: ada, requestId: newId() });
    const roomId = fieldAt(made, 'room.id');
    await receiver.database.query("INSERT INTO git_repositories (room_id, host) VALUES ($1, 'github')", [
      roomId,
    ]);
    await receiver.database.query("INSERT INTO git_hooks (id, room_id, provider) VALUES ($1, $2, 'github')", [
      hookId,
      roomId,
    ]);
  });
  const secrets = async () => {
    const found = await keys.find('github', hookId);
    if (!found) throw new Error('the webhook has no secret');
    return found;
  };
  const deliver = async (id: string, secret: string) =>
    (await post(`github/${hookId}`, fromGithub(id, BODY, { secret }))).status;

  it('has a secret of its own, which no other address takes', async () => {
    const { current, previous } = await secrets();
    expect(previous).toBeUndefined();
    expect(await deliver('d-1', current)).toBe(202);
    expect(await deliver('d-2', SECRET)).toBe(401);
    expect((await post('github', fromGithub('d-3', BODY, { secret: current }))).status).toBe(401);
    expect((await post(`gitlab/${hookId}`, fromGitlab('d-4', BODY, current))).status).toBe(404);
    expect(await receiver.kept()).toMatchObject([{ delivery_id: 'd-1', hook_id: hookId }]);
  });

  it('does not share the ids of its deliveries', async () => {
    const { current } = await secrets();
    expect((await post('github', fromGithub('d-1', BODY))).body).toMatchObject({ repeated: false });
    expect(await deliver('d-1', current)).toBe(202);
    expect(await receiver.kept()).toHaveLength(2);
  });

  it('is signed with either secret on the day that it changes, and with the new one from then on', async () => {
    const { current: before } = await secrets();
    const rotated = 'UPDATE git_hooks SET generation = 2, rotated_at = now()';
    await receiver.database.query(rotated);
    const { current, previous } = await secrets();
    expect([current === before, previous]).toEqual([false, before]);
    await receiver.database.query(`${rotated} - interval '25 hours'`);
    expect(await secrets()).toEqual({ current });
  });
});

describe('size', () => {
  it('of a body that GitHub would not send is refused', async () => {
    const large = 'x'.repeat(25 * MEBIBYTE + 1);
    expect(await post('github', fromGithub(newId(), large), large)).toMatchObject({
      status: 413,
      body: { code: 'PAYLOAD_TOO_LARGE' },
    });
  });

  it('of 25 MiB is taken', async () => {
    const largest = Buffer.alloc(25 * MEBIBYTE, 'x');
    expect((await post('github', fromGithub('d-1', largest), largest)).status).toBe(202);
    expect((await receiver.kept())[0]?.body.length).toBe(25 * MEBIBYTE);
  });

  it('that grows as it is unpacked ends at the same limit', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * MEBIBYTE));
    expect(bomb.length).toBeLessThan(MEBIBYTE);
    const headers = { ...fromGithub(newId(), bomb), 'Content-Encoding': 'gzip' };
    expect(await post('github', headers, bomb)).toMatchObject({
      status: 413,
      body: { reason: 'webhook.too_large' },
    });
  });

  it('is not even looked at where a stranger sends a bomb', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * MEBIBYTE));
    const headers = { ...fromGithub(newId(), 'other bytes'), 'Content-Encoding': 'gzip' };
    expect((await post('github', headers, bomb)).status).toBe(401);
  });

  it('is spared by honest compression', async () => {
    const packed = gzipSync(BODY);
    const headers = { ...fromGithub('d-1', packed), 'Content-Encoding': 'gzip' };
    expect((await post('github', headers, packed)).status).toBe(202);
    expect((await receiver.kept())[0]?.body.toString()).toBe(BODY);
  });

  it.each(['br', 'gzip'])('is unknown behind an encoding that it has not got: %s', async (encoding) => {
    const headers = { ...fromGithub(newId(), BODY), 'Content-Encoding': encoding };
    expect(await post('github', headers)).toMatchObject({
      status: 400,
      body: { reason: 'webhook.encoding' },
    });
  });

  it('of everything that comes at once is bounded, and free again afterwards', async () => {
    // Claimed, and never sent: as a crowd of strangers would.
    const crowd = Array.from({ length: 12 }, () =>
      request(`${receiver.url}/webhooks/github`, {
        method: 'POST',
        headers: { ...fromGithub(newId(), ''), 'Content-Length': 25 * MEBIBYTE },
      }),
    );
    const refused: (number | undefined)[] = [];
    const enough = new Promise<void>((resolve) => {
      for (const asked of crowd) {
        asked.on('error', () => undefined);
        asked.on('response', ({ statusCode }) => {
          if (refused.push(statusCode) === 4) resolve();
        });
        asked.flushHeaders();
      }
    });
    await enough;
    expect(refused).toEqual([503, 503, 503, 503]);
    for (const asked of crowd) asked.destroy();
    const end = Date.now() + 20_000;
    let status = 503;
    while (status === 503 && Date.now() < end)
      status = (await post('github', fromGithub(newId(), BODY))).status;
    expect(status).toBe(202);
  });
});

describe('the inbox', () => {
  it('keeps a delivery once, byte for byte, though it comes fifty times at once', async () => {
    const odd = '{ "text" :\t"caf\u00e9" }\n';
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => post('github', fromGithub('d-1', odd), odd)),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    expect(answers.filter(({ body }) => body['repeated'] === false)).toHaveLength(1);
    expect(await receiver.kept()).toMatchObject([
      { provider: 'github', delivery_id: 'd-1', event: 'ping', body: Buffer.from(odd) },
    ]);
  });

  it('knows a delivery of a year ago when it is played back', async () => {
    await post('github', fromGithub('d-1', BODY));
    await receiver.database.query("UPDATE webhook_inbox SET received_at = now() - interval '1 year'");
    expect((await post('github', fromGithub('d-1', BODY))).body).toMatchObject({ repeated: true });
  });

  it('keeps the ids of two hosts apart', async () => {
    receiver.configure({ githubSecret: SECRET, gitlabSecret: SECRET });
    await post('github', fromGithub('d-1', BODY));
    const gitlab = { 'X-Gitlab-Token': SECRET, 'X-Gitlab-Event': 'Push Hook', 'Idempotency-Key': 'd-1' };
    expect((await post('gitlab', gitlab)).body).toMatchObject({ delivery_id: 'd-1', repeated: false });
  });

  it.each(['X-GitHub-Delivery', 'X-GitHub-Event'])('has no place for a delivery without %s', async (name) => {
    const { [name]: _, ...headers } = fromGithub(newId(), BODY);
    expect(await post('github', headers)).toMatchObject({
      status: 400,
      body: { reason: 'webhook.incomplete' },
    });
  });

  it('takes each of the examples that GitHub’s own developers collected, and events nobody knows', async () => {
    const all = [
      ...examples.flatMap(({ name, examples: some }) => some.map((payload) => [name, payload] as const)),
      ['an_event_of_tomorrow', { hello: ['world'] }] as const,
    ];
    expect(all.length).toBeGreaterThanOrEqual(330);
    const statuses = new Set<number>();
    for (const [index, [event, payload]] of all.entries()) {
      const body = JSON.stringify(payload);
      statuses.add((await post('github', fromGithub(`d-${index}`, body, { event }), body)).status);
    }
    expect(statuses).toEqual(new Set([202]));
    expect(await receiver.kept()).toHaveLength(all.length);
  });
});
