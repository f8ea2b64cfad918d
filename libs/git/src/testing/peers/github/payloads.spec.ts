import { createHmac } from 'node:crypto';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { HookListener } from '../../hook-listener.js';
import type { GithubPeer } from './github-peer.js';
import { startGithubPeer } from './start.js';
import type { GithubWorld } from './world.js';

const SCHEMA: unknown = createRequire(import.meta.url)('@octokit/webhooks-schemas');
const SECRET = 'it is not told to anybody';

let peer: GithubPeer;
let world: GithubWorld;
let listener: HookListener;

beforeAll(async () => {
  peer = await startGithubPeer();
  listener = await HookListener.open();
  world = await peer.create('acme/shop');
  const hook = { id: 1, url: listener.url, secret: SECRET, events: ['*'], active: true, signingToken: null };
  world.repository.hooks.push(hook);
  world.ping(hook, peer.account('ada'));
  await world.push('main', { a: '1' });
  await world.push('side', { b: '2' });
  const pull = await world.openPull(peer.account('ada'), {
    title: 'T',
    body: 'B',
    head: 'side',
    base: 'main',
  });
  const head = await world.push('side', { c: '3' });
  world.review(peer.account('ben'), pull, { state: 'CHANGES_REQUESTED', body: 'No.', comments: [] });
  world.edit(peer.account('ada'), pull, { title: 'U' });
  world.setOpen(peer.account('ada'), pull, false);
  world.setOpen(peer.account('ada'), pull, true);
  world.setStatus(peer.account('ci'), {
    sha: head,
    context: 'ci',
    state: 'success',
    description: 'ok',
    targetUrl: null,
  });
  world.checkRun(head, 'build', null);
  world.checkRun(head, 'build', 'failure');
  await world.merge(peer.account('ada'), pull, 'Merge it');
  await world.moveRef('refs/tags/v1', head);
  await world.moveRef('refs/heads/side', null);
  await world.settled();
});
afterAll(async () => {
  await peer.stop();
  await listener.close();
});

it('delivers what the schemas of GitHub allow, signed', () => {
  const ajv = new Ajv({ strict: false, allErrors: true, inlineRefs: false });
  formats.default(ajv);
  ajv.addSchema(SCHEMA as object, 'github');
  const seen = new Set<string>();
  const wrong: string[] = [];
  for (const { headers, body } of listener.received) {
    const event = String(headers['x-github-event']);
    const payload = JSON.parse(body) as { action?: string };
    const name = payload.action ? `${event}.${payload.action}` : event;
    const kind = `${event}$${payload.action ?? 'event'}`;
    const validate = ajv.getSchema(`github#/definitions/${kind}`);
    const valid = validate?.(payload);
    if (!valid)
      wrong.push(
        ...(validate?.errors ?? []).map((error) => `${name} ${error.instancePath} ${error.message ?? ''}`),
      );
    expect(headers['x-hub-signature-256']).toBe(
      `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`,
    );
    seen.add(name);
  }
  expect(wrong).toEqual([]);
  expect([...seen].sort()).toEqual([
    'check_run.completed',
    'check_run.created',
    'create',
    'delete',
    'ping',
    'pull_request.closed',
    'pull_request.edited',
    'pull_request.opened',
    'pull_request.reopened',
    'pull_request.synchronize',
    'pull_request_review.submitted',
    'push',
    'status',
  ]);
});

it('tells of a push what git knows', () => {
  const pushes = listener.received.filter(({ headers }) => headers['x-github-event'] === 'push');
  const bodies = pushes.map(
    ({ body }) =>
      JSON.parse(body) as { ref: string; created: boolean; deleted: boolean; commits: { added: string[] }[] },
  );
  expect(
    bodies.map(({ ref, created, deleted, commits }) => [
      ref,
      created,
      deleted,
      commits.flatMap(({ added }) => added),
    ]),
  ).toEqual([
    ['refs/heads/main', true, false, []],
    ['refs/heads/side', true, false, []],
    ['refs/heads/side', false, false, ['c']],
    ['refs/heads/main', false, false, ['c', 'b'].sort()],
    ['refs/tags/v1', true, false, []],
    ['refs/heads/side', false, true, []],
  ]);
});

it('makes no event of more than three tags at once', async () => {
  const before = listener.received.length;
  const sha = (await world.repository.git.resolve('refs/heads/main')) ?? '';
  await world.changeRefs(peer.account('ada'), async () => {
    for (const name of ['a', 'b', 'c', 'd']) await world.repository.git.move(`refs/tags/${name}`, sha);
  });
  await world.settled();
  expect(listener.received).toHaveLength(before);
});
