import { execFile } from 'node:child_process';
import { chmod, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type GithubPeer, type GithubWorld, startGithubPeer } from '@clawtank/git/testing';
import { insist, type Session } from '../src/session.js';
import { Stage } from './stage.js';

const run = promisify(execFile);
const LIMIT_MS = 180_000;
const API = 'api-1';
const FULL_NAME = 'acme/shop';

interface Claimed {
  readonly fence: number;
  readonly branch: string;
  readonly git_credential: { readonly url: string; readonly username: string; readonly password: string };
}

let stage: Stage;
let peer: GithubPeer;
let world: GithubWorld;
let mira: Session;

beforeAll(async () => {
  peer = await startGithubPeer();
  world = await peer.create(FULL_NAME);
  await world.push('main', { 'README.md': 'Coffee.\n' });
  const env = { GITHUB_URL: peer.url, GITHUB_API_URL: peer.apiUrl };
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

async function git(cwd: string, ...args: readonly string[]): Promise<string> {
  const identity = ['-c', 'user.name=Mira', '-c', 'user.email=mira@example.org'];
  const env = { ...process.env, GIT_TERMINAL_PROMPT: '0', GIT_CONFIG_NOSYSTEM: '1', LC_ALL: 'C' };
  return (await run('git', [...identity, ...args], { cwd, env })).stdout.trim();
}

async function until(what: string, condition: () => Promise<boolean>): Promise<void> {
  for (const limit = Date.now() + 90_000; !(await condition()); await delay(50)) {
    if (Date.now() > limit) throw new Error(`never: ${what}`);
  }
}

it(
  'a push that our mirror took before its node was killed reaches the code host after the restart',
  async () => {
    const token = peer.access.personalToken(peer.account('mira'));
    const repository = { host: 'github', full_name: FULL_NAME, token };
    const { room } = await post<{ room: { id: string } }>('/rooms', {
      name: 'Shop',
      visibility: 'private',
      repository,
    });
    const eventsOf = (type: string) =>
      stage.rows<{ data: Record<string, unknown> }>(
        'SELECT data FROM stream_events WHERE stream = $1 AND type = $2 ORDER BY seq',
        [`room:${room.id}`, type],
      );
    await until('set up', async () => (await eventsOf('git.branch')).length > 0);
    const { task } = await post<{ task: { id: string } }>(`/rooms/${room.id}/tasks`, { title: 'Survive' });
    const claimed = await post<Claimed>(`/tasks/${task.id}/claim`);
    await post(`/tasks/${task.id}/start`, { fence: claimed.fence });
    const { url, username, password } = claimed.git_credential;
    const remote = new URL(url, stage.cluster.url);
    remote.username = username;
    remote.password = password;
    const clone = join(stage.folder, 'clone');
    await git(stage.folder, 'clone', '-q', remote.toString(), clone);
    await git(clone, 'switch', '-q', '-c', claimed.branch);
    await writeFile(join(clone, 'survived.txt'), 'yes\n');
    await git(clone, 'add', '.');
    await git(clone, 'commit', '-q', '-m', 'Survive');
    const head = await git(clone, 'rev-parse', 'HEAD');

    const hooks = join(stage.folder, 'git/hooks');
    const [own] = (await readdir(hooks)).filter((name) => !name.startsWith('.'));
    const hook = join(hooks, own ?? '', 'post-receive');
    // Git runs this once the refs have moved here, and before anything has moved at the host.
    await writeFile(hook, `#!/bin/sh\nkill -9 ${stage.node(API).pid ?? ''}\n`);
    await chmod(hook, 0o755);
    await expect(git(clone, 'push', '-q', 'origin', claimed.branch)).rejects.toThrow();
    await until('killed', () => Promise.resolve(stage.node(API).url === undefined));
    await rm(hook);
    const there = () => world.repository.git.resolve(`refs/heads/${claimed.branch}`);
    expect(await there()).toBeUndefined();

    await stage.node(API).start();
    await until('passed on', async () => (await there()) === head);
    await until('recorded', async () => (await eventsOf('git.commit')).length > 0);
    expect((await eventsOf('git.commit')).map(({ data }) => data)).toMatchObject([
      { sha: head, branch: claimed.branch, task_id: task.id },
    ]);
  },
  LIMIT_MS,
);
