import { newId } from '@clawtank/kernel';
import { AT, GitSandbox } from '../../testing/git-sandbox.js';
import type { GithubPeer } from '../../testing/peers/github/github-peer.js';
import { startGithubPeer } from '../../testing/peers/github/start.js';
import { githubUnderTest, type GithubUnderTest } from '../../testing/peers/github/under-test.js';

let sandbox: GitSandbox;
let peer: GithubPeer;
let here: GithubUnderTest;
let id: string;
const waits: number[] = [];

beforeEach(async () => {
  sandbox = await GitSandbox.make();
  peer = await startGithubPeer();
  peer.access.install('acme');
  waits.length = 0;
  // Waiting moves the peer's clock, which is ours too.
  const wait = (ms: number): Promise<void> => {
    waits.push(ms);
    peer.clock.advance(ms);
    return Promise.resolve();
  };
  here = githubUnderTest(sandbox, peer, { wait, settings: { patienceMs: 5_000 } });
  id = newId();
  await here.host.create(id, { kind: 'empty', at: AT });
});
afterEach(async () => {
  await peer.stop();
  await sandbox.remove();
});

it('waits for a limit that is soon over', async () => {
  peer.limit.exhaust(3);
  await expect(here.forge.repository(id)).resolves.toMatchObject({ defaultBranch: 'main' });
  expect(waits).toHaveLength(1);
  expect(here.forge.limitedUntil(id)).toBeUndefined();
});

it('says until when a longer one lasts, and asks nothing before', async () => {
  peer.limit.exhaust(1_800);
  await expect(here.forge.pulls(id, 'open')).rejects.toMatchObject({
    reason: 'host.limited',
    code: 'UNAVAILABLE',
  });
  const until = here.forge.limitedUntil(id);
  const asked = peer.http.log.length;
  const error = await here.forge.repository(id).catch((reason: unknown) => reason);
  expect(error).toMatchObject({
    message: `GitHub is limiting us until ${until?.toISOString().slice(11, 16) ?? ''} UTC.`,
  });
  expect(peer.http.log).toHaveLength(asked);
  peer.clock.advance(1_801_000);
  await expect(here.forge.repository(id)).resolves.toMatchObject({ defaultBranch: 'main' });
});

it('slows down when it was too fast', async () => {
  peer.limit.tooFast(2);
  await here.forge.repository(id);
  // What has passed since the answer is not waited for again.
  expect(waits).toHaveLength(1);
  expect(waits[0]).toBeLessThanOrEqual(2_000);
  expect(waits[0]).toBeGreaterThan(1_000);
});

it('reads what has not changed for nothing', async () => {
  await here.forge.repository(id);
  const before = peer.limit.remaining;
  expect(await here.forge.repository(id)).toMatchObject({ fullName: `acme/r-${id}` });
  expect(peer.limit.remaining).toBe(before);
});

it('tries a read again when GitHub stumbles, and no write', async () => {
  peer.http.fail(/^GET .*\/pulls$/, { status: 502, body: { message: 'Bad Gateway' } }, 2);
  expect(await here.forge.pulls(id, 'open')).toEqual([]);
  peer.http.fail(/^GET .*\/pulls$/, { status: 500, body: { message: 'Oops' } }, 9);
  await expect(here.forge.pulls(id, 'all')).rejects.toMatchObject({ reason: 'host.unavailable' });
  const write = /^POST .*\/statuses\//;
  peer.http.fail(write, { status: 503, body: { message: 'Busy' } }, 1);
  const check = { context: 'c', state: 'success', description: '', targetUrl: null } as const;
  const sha = (await here.host.resolve(id, 'refs/heads/main')) ?? '';
  await expect(here.forge.setCheck(id, sha, check)).rejects.toMatchObject({ reason: 'host.unavailable' });
});

it('takes a new installation token when the old one has expired', async () => {
  peer.clock.advance(2 * 3_600_000);
  await here.world(id).push('main', { a: '1' });
  expect((await here.host.state(id)).tips).toHaveLength(1);
  expect(await here.forge.repository(id)).toMatchObject({ defaultBranch: 'main' });
});

it('takes a new one when somebody revoked it, and says when the App is gone', async () => {
  peer.access.revokeAll();
  expect(await here.forge.repository(id)).toMatchObject({ defaultBranch: 'main' });
  peer.access.revokeAll();
  peer.access.installations.length = 0;
  const error = await here.forge.repository(id).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ reason: 'host.not_connected' });
});

it('names the permission that the App lacks', async () => {
  const [installation] = peer.access.installations;
  if (installation) installation.permissions = { metadata: 'read', contents: 'read' };
  peer.access.revokeAll();
  const error = await here.forge.pulls(id, 'open').catch((reason: unknown) => reason);
  expect(error).toMatchObject({ reason: 'host.lacks_permission' });
  expect(String(error)).toContain(`The App lacks \`pull_requests: read\` on acme/r-${id}`);
  const first = (await here.host.resolve(id, 'refs/heads/main')) ?? '';
  const push = here.host.createBranch(id, 'refs/heads/x', first);
  await expect(push).rejects.toMatchObject({ details: { permission: 'contents: write' } });
});

it('names nothing of a token in what it throws', async () => {
  const token = peer.access.personalToken(peer.account('ada'));
  here = githubUnderTest(sandbox, peer, { token: () => token });
  peer.access.revokeAll();
  for (const work of [here.forge.repository(id), here.host.state(id)]) {
    const error = await work.catch((reason: unknown) => reason);
    expect(error).toMatchObject({ reason: 'host.token_refused' });
    expect(
      `${String(error)} ${JSON.stringify(error)} ${error instanceof Error ? (error.stack ?? '') : ''}`,
    ).not.toContain(token);
  }
});

it('reads all checks, however many there are', async () => {
  const world = here.world(id);
  const head = (await here.host.resolve(id, 'refs/heads/main')) ?? '';
  const many = Array.from({ length: 130 }, (_, index) => `part ${String(index).padStart(3, '0')}`);
  for (const context of many) {
    world.setStatus(peer.account('acme'), {
      sha: head,
      state: 'success',
      context,
      description: '',
      targetUrl: null,
    });
    world.checkRun(head, `run of ${context}`, 'success');
  }
  const checks = await here.forge.checks(id, head);
  expect(checks.map(({ context }) => context).sort()).toEqual(
    [...many, ...many.map((name) => `run of ${name}`)].sort(),
  );
});

describe('what protects a branch', () => {
  const classic = {
    classic: true,
    pullRequest: true,
    approvals: 2,
    checks: ['build'],
    signatures: true,
    linear: true,
  };

  it('is seen whichever way it was set up', async () => {
    await here.world(id).protect('main', classic);
    const all = {
      pullRequestRequired: true,
      requiredApprovals: 2,
      requiredChecks: ['build'],
      signedCommits: true,
      linearHistory: true,
    };
    expect(await here.forge.protection(id, 'main')).toEqual(all);
    await here.world(id).protect('main', { ...classic, classic: false });
    expect(await here.forge.protection(id, 'main')).toEqual(all);
    expect(await here.forge.protection(id, 'nowhere')).toMatchObject({ pullRequestRequired: false });
  });

  it('is known by its checks alone where the token may not read the rest', async () => {
    await here.world(id).protect('main', classic);
    const [installation] = peer.access.installations;
    if (installation) installation.permissions = { metadata: 'read', contents: 'read' };
    peer.access.revokeAll();
    expect(await here.forge.protection(id, 'main')).toMatchObject({
      pullRequestRequired: false,
      requiredChecks: ['build'],
    });
  });
});
