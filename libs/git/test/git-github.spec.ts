import type { GithubPeer } from '../src/testing/peers/github/github-peer.js';
import { startGithubPeer } from '../src/testing/peers/github/start.js';
import { GitRoom } from './git-room.js';

const FULL_NAME = 'acme/shop';

let peer: GithubPeer;
let room: GitRoom;
let token: string;

beforeAll(async () => {
  peer = await startGithubPeer();
  room = await GitRoom.open({ GITHUB_URL: peer.url, GITHUB_API_URL: peer.apiUrl });
  const world = await peer.create(FULL_NAME);
  await world.push('main', { 'README.md': 'Coffee.\n' });
  token = peer.access.personalToken(peer.account('ada'));
  await room.create({ repository: { host: 'github', full_name: FULL_NAME, token } });
  await room.gather();
});
afterAll(async () => {
  await room.close();
  await peer.stop();
});

it('connects the repository that is there', async () => {
  const { room: view, branches } = await room.snapshot();
  expect(view).toMatchObject({ setup_error: null, repository: { host: 'github', default_branch: 'main' } });
  expect(view.repository.head_sha).toBe(
    await peer.world(FULL_NAME).repository.git.resolve('refs/heads/main'),
  );
  expect(branches.map(({ name }) => name)).toEqual(['main']);
});

it('takes pushes with the credential of a claim, and brings them to GitHub', async () => {
  const held = await room.work(room.pincer, 'Roast');
  await room.push(held, { 'roast.ts': 'export {};\n' });
  const { git } = peer.world(FULL_NAME).repository;
  const sha = await git.resolve(`refs/heads/${held.branch}`);
  expect((await room.eventsOf('git.commit')).map((commit) => commit.sha)).toContain(sha);
  const stray = await room.clone(held);
  await stray.commit({ 'x.ts': '1' });
  const refused = await stray.git('push', 'origin', 'HEAD:refs/heads/main');
  expect(refused.stderr).toContain('moves by merged pull requests only');
  expect(await git.resolve('refs/heads/main')).not.toBe(await stray.must('rev-parse', 'HEAD'));
});

it('opens, reviews and merges the pull request there', async () => {
  await room.run('decision.add', room.ada, { room_id: room.id, text: 'Fine grounds only, says @ben.' });
  const held = await room.work(room.pincer, 'Grind');
  const files = [{ path: 'grind.ts', content: 'export const fine = true;\n' }];
  const task = { room_id: room.id, task_id: held.task.id, fence: held.fence };
  await room.run('git.commit', room.pincer, {
    ...task,
    branch: held.branch,
    message: 'Grind',
    changes: files,
  });
  const number = await room.openPullRequest(held);
  const world = peer.world(FULL_NAME);
  expect(world.repository.pulls.find((pull) => pull.number === number)).toMatchObject({
    branch: held.branch,
    open: true,
    body: expect.stringMatching(
      new RegExp(
        `ClawTank task ${held.task.key}, “Grind”, .*Tank[^]*- Fine grounds only, says @<!-- -->ben\\.`,
      ),
    ) as string,
  });
  const sha = await room.approveAndMerge(number, room.ben);
  expect(await world.repository.git.resolve('refs/heads/main')).toBe(sha);
  expect(world.repository.pulls.find((pull) => pull.number === number)).toMatchObject({ mergeSha: sha });
  expect(await room.taskStatus(held.task)).toBe('complete');
});

it('refuses a push that GitHub refuses, and leaves nothing of it', async () => {
  const held = await room.work(room.scuttle, 'Brew');
  peer.http.fail(/^GIT .*shop/, { status: 503 }, 3);
  const work = await room.clone(held).catch(() => undefined);
  expect(work).toBeUndefined();
  peer.http.faults.length = 0;
  await peer.world(FULL_NAME).protect(held.branch, { pullRequest: true });
  const clone = await room.clone(held);
  await clone.commit({ 'brew.ts': '1' });
  expect((await clone.git('push', '--quiet', 'origin', 'HEAD')).exitCode).not.toBe(0);
  await room.settle();
  expect((await room.snapshot()).branches.map(({ name }) => name)).not.toContain(held.branch);
});

it('never shows the token, and keeps it sealed', async () => {
  const rows = await room.log.database.transaction((tx) =>
    tx.query<{ sealed: string }>('SELECT sealed FROM git_tokens'),
  );
  expect(rows).toHaveLength(1);
  expect(rows[0]?.sealed).toMatch(/^v1\./);
  const seen = JSON.stringify([await room.snapshot(), await room.events(), rows]);
  expect(seen).not.toContain(token);
});

it('says what a revoked token means', async () => {
  peer.access.revokeAll();
  const held = await room.work(room.pincer, 'Pour');
  const input = { room_id: room.id, task_id: held.task.id, fence: held.fence, branch: held.branch };
  const commit = room.run('git.commit', room.pincer, {
    ...input,
    message: 'x',
    changes: [{ path: 'a', content: '1' }],
  });
  await expect(commit).rejects.toMatchObject({ reason: 'host.token_refused' });
});

it('connects with what the server holds for administrators alone', async () => {
  const wanted = {
    name: 'Other',
    visibility: 'private',
    repository: { host: 'github', full_name: 'acme/secret' },
  };
  await expect(room.run('room.create', room.ada, wanted)).rejects.toMatchObject({
    reason: 'host.no_credentials',
  });
});
