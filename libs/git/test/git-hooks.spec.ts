import { createHmac } from 'node:crypto';
import { SealedSecrets } from '@clawtank/auth';
import { RoomTokens } from '../src/application/room-tokens.js';
import { HookKeys } from '../src/application/hook-keys.js';
import { Reconcile } from '../src/application/reconcile.js';
import { HostCare } from '../src/application/host-care.js';
import { HookListener } from '../src/testing/hook-listener.js';
import { until } from '../src/testing/until.js';
import type { PeerHook } from '../src/testing/peers/deliveries.js';
import type { GithubPeer } from '../src/testing/peers/github/github-peer.js';
import { startGithubPeer } from '../src/testing/peers/github/start.js';
import type { GitlabPeer } from '../src/testing/peers/gitlab/gitlab-peer.js';
import { startGitlabPeer } from '../src/testing/peers/gitlab/start.js';
import { GitRoom } from './git-room.js';

const FULL_NAME = 'acme/shop';
const ALL = { administration: 'write', contents: 'write', metadata: 'read', pull_requests: 'write' } as const;
const MORE = { checks: 'read', statuses: 'write' } as const;

let github: GithubPeer;
let gitlab: GitlabPeer;
let listener: HookListener;
let room: GitRoom;
/** What the token may do; widened and narrowed by the tests. */
let permissions: Partial<Record<keyof typeof ALL | keyof typeof MORE | 'repository_hooks', 'read' | 'write'>>;

beforeEach(async () => {
  [github, gitlab, listener] = [await startGithubPeer(), await startGitlabPeer(), await HookListener.open()];
  room = await GitRoom.open({
    GITHUB_URL: github.url,
    GITHUB_API_URL: github.apiUrl,
    GITLAB_URL: gitlab.url,
    CLAWTANK_URL: new URL(listener.url).origin,
  });
  permissions = { ...ALL, ...MORE, repository_hooks: 'write' };
});
afterEach(async () => {
  await room.close();
  await Promise.all([github.stop(), gitlab.stop(), listener.close()]);
});

const care = (): Promise<void> => room.bus.get(HostCare).run();
const look = (): Promise<void> => room.bus.get(Reconcile).all();
const hooks = (): PeerHook[] => github.world(FULL_NAME).repository.hooks;
const sql = (text: string): Promise<unknown> => room.log.database.query(text);
const told = (): readonly string[] => room.said.filter((text) => /webhook|tells us/.test(text));

/** Whoever waits for a later try need not wait any longer. */
async function hasten(): Promise<void> {
  await sql('UPDATE git_hooks SET try_at = now()');
  await sql('UPDATE git_hook_removals SET try_at = now()');
}

async function onGithub(): Promise<void> {
  const world = await github.create(FULL_NAME);
  await world.push('main', { 'README.md': 'Coffee.\n' });
  const token = github.access.personalToken(github.account('ada'), permissions);
  await room.create({ repository: { host: 'github', full_name: FULL_NAME, token } });
}

describe('a room on GitHub', () => {
  beforeEach(onGithub);

  it('gets its webhook, signed with a secret of its own', async () => {
    await care();
    const [hook] = hooks();
    const id = hook?.url.split('/').at(-1) ?? '';
    expect(hook).toMatchObject({
      url: `${new URL(listener.url).origin}/webhooks/github/${id}`,
      active: true,
    });
    await github.world(FULL_NAME).push('main', { a: '1' });
    await until(() =>
      Promise.resolve(listener.received.some(({ body }) => body.includes('refs/heads/main'))),
    );
    const secrets = await room.bus.get(HookKeys).find('github', id);
    const { headers, body } = listener.received.at(-1) ?? { headers: {}, body: '' };
    const mac = createHmac('sha256', secrets?.current ?? '')
      .update(body)
      .digest('hex');
    expect(headers['x-hub-signature-256']).toBe(`sha256=${mac}`);
  });

  it('gets one, however often it is seen to and whatever was forgotten in a crash', async () => {
    await Promise.all([care(), care()]);
    await care();
    await sql('UPDATE git_hooks SET url = NULL, host_hook_id = NULL, try_at = now()');
    await care();
    expect(hooks()).toHaveLength(1);
  });

  it('is followed by it to another address of this server', async () => {
    await care();
    await sql("UPDATE git_hooks SET url = 'https://old.example.org/webhooks/github/' || id");
    const [old] = hooks();
    if (old) old.url = old.url.replace(/^.*(?=\/webhooks)/, 'https://old.example.org');
    await care();
    expect(hooks().map(({ url }) => new URL(url).origin)).toEqual([new URL(listener.url).origin]);
  });

  it('has it switched on and made again by the reconciler', async () => {
    await care();
    const [hook] = hooks();
    if (hook) hook.active = false;
    await look();
    await care();
    expect(hooks()).toMatchObject([{ active: true }]);
    hooks().splice(0);
    await look();
    await hasten();
    await care();
    expect(hooks()).toMatchObject([{ active: true }]);
    await look();
    expect(told()).toEqual([
      expect.stringContaining('has switched our webhook off'),
      expect.stringContaining('tells us again'),
      expect.stringContaining('is gone from GitHub'),
      expect.stringContaining('tells us again'),
    ]);
  });

  it('takes it away when it is deleted, even if GitHub was away then', async () => {
    await care();
    await room.run('room.delete', room.ada, { room_id: room.id });
    github.http.fail(/hooks/, { status: 503 }, 10);
    await care();
    expect(hooks()).toHaveLength(1);
    github.http.faults.length = 0;
    await hasten();
    await care();
    expect(hooks()).toEqual([]);
    expect(await sql('SELECT 1 FROM git_hook_removals')).toEqual([]);
  });

  it('has every token of every room sealed anew when the key changes, of deleted ones too', async () => {
    await care();
    await room.run('room.delete', room.ada, { room_id: room.id });
    const token = github.access.personalToken(github.account('ada'), permissions);
    await github.create('acme/store');
    await room.create({ repository: { host: 'github', full_name: 'acme/store', token } });
    const { database } = room.log;
    // Whatever may only be sealed says so in a check; one that is not looked at below is found here.
    const columns = await database.query<{ table: string; column: string }>(
      `SELECT c.conrelid::regclass::text AS table, a.attname AS column
       FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY(c.conkey)
       WHERE c.contype = 'c' AND strpos(pg_get_constraintdef(c.oid), 'v1.%') > 0`,
    );
    const kept = async (): Promise<string[]> => {
      const all = await Promise.all(
        columns.map(({ table, column }) =>
          database.query<{ sealed: string }>(
            `SELECT ${column} AS sealed FROM ${table} WHERE ${column} IS NOT NULL`,
          ),
        ),
      );
      expect(all.map((rows) => rows.length)).toEqual(columns.map(() => 1));
      return all.flat().map(({ sealed }) => sealed);
    };
    const before = await kept();
    expect(before).toHaveLength(2);
    const config = { secretKeys: 'a key of thirty-two characters or more' };
    const secrets = new SealedSecrets(config, database);
    await new RoomTokens(secrets, database).reseal();
    const box = await secrets.box();
    expect(before.map((sealed) => box.isFresh(sealed))).toEqual([false, false]);
    expect((await kept()).map((sealed) => box.isFresh(sealed))).toEqual([true, true]);
  });

  it('leaves none behind that is deleted while it is being set up', async () => {
    const { around } = github.http;
    github.http.around = async (request, answer) => {
      const reply = await around(request, answer);
      if (request.method === 'POST' && request.path.endsWith('/hooks'))
        await room.run('room.delete', room.ada, { room_id: room.id });
      return reply;
    };
    await care();
    expect(hooks()).toEqual([]);
  });
});

describe('a room whose token may not set hooks up', () => {
  it('is told what is missing, once, and that it works when it was granted', async () => {
    delete permissions.repository_hooks;
    await onGithub();
    await care();
    await hasten();
    await care();
    expect(told()).toEqual([
      expect.stringMatching(
        /can’t be set up.*The token lacks `repository_hooks: (?:read|write)` on acme\/shop/,
      ),
    ]);
    permissions.repository_hooks = 'write';
    await hasten();
    await care();
    expect(told().at(-1)).toContain('tells us again');
    expect(hooks()).toHaveLength(1);
  });
});

describe('a room on GitLab', () => {
  it.each([
    ['signs', true],
    ['sends the secret along before 19.0', false],
  ])('whose host %s', async (_name, signs) => {
    gitlab.signs = signs;
    const world = await gitlab.create(FULL_NAME);
    await world.push('main', { 'README.md': 'Coffee.\n' });
    const token = gitlab.token('ada');
    await room.create({ repository: { host: 'gitlab', full_name: FULL_NAME, token } });
    await care();
    const [hook] = world.hooks;
    const id = hook?.url.split('/').at(-1) ?? '';
    const secrets = await room.bus.get(HookKeys).find('gitlab', id);
    expect(hook).toMatchObject(
      signs ? { signingToken: secrets?.current } : { signingToken: null, secret: secrets?.current },
    );
    expect(secrets?.current.startsWith('whsec_')).toBe(signs);
  });
});
