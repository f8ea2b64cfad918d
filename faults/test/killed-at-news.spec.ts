import { setTimeout as delay } from 'node:timers/promises';
import { type GithubPeer, type GithubWorld, startGithubPeer } from '@clawtank/git/testing';
import { insist, type Session } from '../src/session.js';
import { Stage } from './stage.js';

const LIMIT_MS = 240_000;
const FULL_NAME = 'acme/shop';
const SECRET = 'a secret of the webhook of this test';
/** The kinds of node that may be at what was delivered. */
const WORKERS = ['api-1', 'gateway-1'];

let stage: Stage;
let peer: GithubPeer;
let world: GithubWorld;
let mira: Session;

beforeAll(async () => {
  peer = await startGithubPeer();
  world = await peer.create(FULL_NAME);
  await world.push('main', { 'README.md': 'Coffee.\n' });
  const env = { GITHUB_URL: peer.url, GITHUB_API_URL: peer.apiUrl, GITHUB_WEBHOOK_SECRET: SECRET };
  stage = await Stage.open({ nodesOfAKind: 1, env: () => env });
  mira = await stage.person('mira');
}, LIMIT_MS);
afterAll(async () => {
  await stage.close();
  await peer.stop();
}, LIMIT_MS);

async function post<T>(path: string, body: object = {}): Promise<T> {
  return insist<T>(`${stage.cluster.url}/api/v1${path}`, { token: await mira.access(), body });
}

async function until(what: string, condition: () => Promise<boolean>): Promise<void> {
  for (const limit = Date.now() + 90_000; !(await condition()); await delay(50)) {
    if (Date.now() > limit) throw new Error(`never: ${what}`);
  }
}

/** Ends whoever handles a delivery when it asks the host for pull requests, and nobody after that. */
function armPeer(): Promise<unknown> {
  const { around } = peer.http;
  return new Promise((killed) => {
    peer.http.around = (request, answer) => {
      if (!request.path.endsWith('/pulls')) return around(request, answer);
      peer.http.around = around;
      killed(Promise.all(WORKERS.map((name) => stage.node(name).kill())));
      return around(request, answer);
    };
  });
}

it(
  'what its handler was killed at is done once when it is delivered again',
  async () => {
    const token = peer.access.personalToken(peer.account('mira'));
    const { room } = await post<{ room: { id: string } }>('/rooms', {
      name: 'Shop',
      visibility: 'private',
      repository: { host: 'github', full_name: FULL_NAME, token },
    });
    const eventsOf = (type: string) =>
      stage.rows<{ data: Record<string, unknown> }>(
        'SELECT data FROM stream_events WHERE stream = $1 AND type = $2 ORDER BY seq',
        [`room:${room.id}`, type],
      );
    await until('set up', async () => (await eventsOf('git.branch')).length > 0);
    const { task } = await post<{ task: { id: string } }>(`/rooms/${room.id}/tasks`, { title: 'Survive' });
    const { fence, branch } = await post<{ fence: number; branch: string }>(`/tasks/${task.id}/claim`);
    await post(`/tasks/${task.id}/start`, { fence });
    await world.push(branch, { 'survived.txt': 'yes\n' });
    const url = `${stage.cluster.url}/webhooks/github`;
    const hook = { id: 1, url, secret: SECRET, events: ['pull_request'], active: true, signingToken: null };
    world.repository.hooks.push(hook);

    const killed = armPeer();
    await world.openPull(peer.account('mira'), { title: 'Survive', body: '', head: branch, base: 'main' });
    await world.settled();
    await killed;
    const waiting = () =>
      stage.rows<{ attempts: number }>('SELECT attempts FROM webhook_inbox WHERE processed_at IS NULL');
    expect(await waiting()).toMatchObject([{ attempts: 1 }]);
    expect(await eventsOf('git.pull_request')).toEqual([]);

    for (const name of WORKERS) await stage.node(name).start();
    const [first] = world.deliveries.all;
    world.deliveries.redeliver(hook, first?.id ?? 0);
    await world.settled();
    // Whoever took it up is given two minutes; nobody here waits as long.
    await stage.rows('UPDATE webhook_inbox SET next_try_at = now() WHERE processed_at IS NULL');
    await until('handled', async () => (await waiting()).length === 0);
    const opened = (await eventsOf('git.pull_request')).filter(({ data }) => data['action'] === 'opened');
    expect(opened.map(({ data }) => data)).toMatchObject([{ number: 1, task_id: task.id }]);
    expect(await stage.rows('SELECT status FROM tasks WHERE id = $1', [task.id])).toEqual([
      { status: 'review' },
    ]);
    const rows = await stage.rows<{ outcome: string }>('SELECT outcome FROM webhook_inbox');
    expect(rows).toEqual([{ outcome: 'looked at the repository' }]);
  },
  LIMIT_MS,
);
