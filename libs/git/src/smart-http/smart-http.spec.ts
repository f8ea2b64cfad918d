import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { deny } from '../domain/failures.js';
import { judgePush, type PushGrant } from '../domain/push-policy.js';
import type { BareRepository } from '../local/bare-repository.js';
import { fsck } from '../local/fsck.js';
import type { DecidePush } from '../local/hook-server.js';
import { listRefs, needCommit, resolveCommit } from '../local/refs.js';
import { GitSandbox, type WorkTree } from '../testing/git-sandbox.js';
import { SmartServer } from '../testing/smart-server.js';
import { until } from '../testing/until.js';

const MAIN = 'refs/heads/main';
const OWN = 'refs/heads/clawtank/T-1/2';
const working: PushGrant = { kind: 'claim', allowedRef: OWN, defaultRef: MAIN, beforeReview: true };

const decideBy =
  (grant: PushGrant): DecidePush =>
  async (_pushId, updates) =>
    judgePush(updates, grant).map(({ verdict }) => verdict);

describe('git over smart HTTP', () => {
  let sandbox: GitSandbox;
  let server: SmartServer;
  let repository: BareRepository;
  beforeAll(async () => {
    sandbox = await GitSandbox.make();
    server = await SmartServer.start(sandbox);
  });
  afterAll(async () => {
    await server.stop();
    await sandbox.remove();
  });

  const serve = (decide: DecidePush, afterPush?: () => Promise<void>): void => {
    server.exchange = {
      repositoryPath: repository.path,
      user: 'ada',
      decide,
      ...(afterPush ? { afterPush } : {}),
    };
  };
  beforeEach(async () => {
    repository = await sandbox.repository();
    serve(decideBy(working));
  });

  const push = (work: WorkTree, ...refspecs: string[]) => work.git('push', 'origin', ...refspecs);

  it('clones an empty repository and takes its first push and tags in set-up', async () => {
    repository = await sandbox.repository({ empty: true });
    serve(decideBy({ kind: 'setup' }));
    const work = await sandbox.clone(server.url);
    const sha = await work.commit({ 'a.txt': 'hello' });
    await work.must('tag', 'v1');
    expect(await push(work, 'HEAD:main', 'v1')).toMatchObject({ exitCode: 0 });
    expect(await listRefs(repository)).toEqual([
      { ref: MAIN, sha },
      { ref: 'refs/tags/v1', sha },
    ]);
    const again = await sandbox.clone(server.url);
    expect(await again.must('show', 'HEAD:a.txt')).toBe('hello');
  });

  it('takes a push of 3 MB in chunks and gives it back', async () => {
    const work = await sandbox.clone(server.url);
    const sha = await work.commit({ big: randomBytes(3 * 1024 * 1024) });
    expect(await push(work, `HEAD:${OWN}`)).toMatchObject({ exitCode: 0 });
    expect(await resolveCommit(repository, OWN)).toBe(sha);
    await expect(fsck(repository)).resolves.toBeUndefined();
    const again = await sandbox.clone(server.url);
    await again.must('fetch', '--quiet', 'origin', OWN);
    expect(await again.must('rev-parse', 'FETCH_HEAD')).toBe(sha);
  });

  it('reads gzip bodies, in both protocol versions', async () => {
    const sha = await needCommit(repository, MAIN);
    const body = gzipSync(`0032want ${sha}\n00000009done\n`);
    const answer = await fetch(`${server.url}/git-upload-pack`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/x-git-upload-pack-request', 'content-encoding': 'gzip' },
    });
    expect(answer.status).toBe(200);
    expect((await answer.text()).slice(0, 12)).toBe('0008NAK\nPACK');
    const refs = await fetch(`${server.url}/info/refs?service=git-upload-pack`, {
      headers: { 'git-protocol': 'version=2' },
    });
    expect(refs.headers.get('content-type')).toBe('application/x-git-upload-pack-advertisement');
    expect(await refs.text()).toContain('version 2');
  });

  it('answers 404 to the dumb protocol', async () => {
    for (const path of ['HEAD', 'info/refs', 'objects/info/packs', 'config']) {
      expect((await fetch(`${server.url}/${path}`)).status).toBe(404);
    }
  });

  it('lets a claim rewrite its branch before review and not after', async () => {
    const work = await sandbox.clone(server.url);
    await work.commit({ a: '1' });
    expect(await push(work, `HEAD:${OWN}`)).toMatchObject({ exitCode: 0 });
    await work.must('commit', '--quiet', '--amend', '-m', 'Other');
    expect((await push(work, `HEAD:${OWN}`)).stderr).toContain('non-fast-forward');
    expect(await push(work, `+HEAD:${OWN}`)).toMatchObject({ exitCode: 0 });
    const kept = await resolveCommit(repository, OWN);
    serve(decideBy({ ...working, beforeReview: false }));
    await work.must('commit', '--quiet', '--amend', '-m', 'Third');
    const refused = await push(work, `+HEAD:${OWN}`);
    expect(refused.exitCode).not.toBe(0);
    expect(refused.stderr).toContain('remote: ClawTank: FORBIDDEN');
    expect(await resolveCommit(repository, OWN)).toBe(kept);
    await work.must('reset', '--quiet', '--hard', kept ?? '');
    await work.commit({ b: '1' });
    expect(await push(work, `HEAD:${OWN}`)).toMatchObject({ exitCode: 0 });
  });

  it.each([
    ['the default branch', [`HEAD:${MAIN}`], 'moves by merged pull requests only'],
    ['another branch', ['HEAD:refs/heads/clawtank/T-1/1'], 'You may push to'],
    ['a tag', ['HEAD:refs/tags/v1'], 'tags are made by the server'],
    ['other refs', ['HEAD:refs/notes/x'], 'You may push to'],
    ['a deletion', [`:${MAIN}`], "can't be deleted"],
    ['a good and a bad one together', [`HEAD:${OWN}`, `HEAD:${MAIN}`], 'moves by merged pull requests only'],
  ])('refuses %s with a reason the client shows', async (_name, refspecs, text) => {
    const before = await listRefs(repository);
    const work = await sandbox.clone(server.url);
    await work.commit({ a: '1' });
    const answer = await push(work, ...refspecs);
    expect(answer.exitCode).not.toBe(0);
    expect(answer.stderr).toContain('remote: ClawTank: FORBIDDEN');
    expect(answer.stderr).toContain(text);
    expect(await listRefs(repository)).toEqual(before);
  });

  it('judges at the moment the objects have arrived: a claim that ended meanwhile is stale', async () => {
    const work = await sandbox.clone(server.url);
    await work.commit({ a: '1' });
    serve(async (_pushId, updates) => updates.map(() => deny('git.stale_claim', {})));
    const answer = await push(work, `HEAD:${OWN}`);
    expect(answer.stderr).toContain(
      'remote: ClawTank: STALE_CLAIM The claim behind this credential has ended',
    );
    expect(await resolveCommit(repository, OWN)).toBeUndefined();
  });

  it('refuses when nobody can judge', async () => {
    const work = await sandbox.clone(server.url);
    await work.commit({ a: '1' });
    serve(async () => {
      throw new Error('secret inner text');
    });
    const answer = await push(work, `HEAD:${OWN}`);
    expect(answer.stderr).toContain('ClawTank: UNAVAILABLE');
    expect(answer.stderr).not.toContain('secret inner text');
    server.exchange = { repositoryPath: repository.path, user: 'ada' };
    expect((await push(work, `HEAD:${OWN}`)).exitCode).not.toBe(0);
    expect(await resolveCommit(repository, OWN)).toBeUndefined();
  });

  it('ends a push only after what follows it was recorded', async () => {
    const work = await sandbox.clone(server.url);
    const sha = await work.commit({ a: '1' });
    let recorded: string | undefined;
    serve(decideBy(working), async () => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      recorded = await resolveCommit(repository, OWN);
    });
    expect(await push(work, `HEAD:${OWN}`)).toMatchObject({ exitCode: 0 });
    expect(recorded).toBe(sha);
  });

  it('cuts the push off when recording fails, and hands the error on', async () => {
    const work = await sandbox.clone(server.url);
    await work.commit({ a: '1' });
    const error = new Error('the database is away');
    serve(decideBy(working), () => Promise.reject(error));
    expect((await push(work, `HEAD:${OWN}`)).exitCode).not.toBe(0);
    expect(server.errors).toContain(error);
  });

  it('refuses a pack above the limit and one with harmful objects', async () => {
    const work = await sandbox.clone(server.url);
    await work.commit({ big: randomBytes(9 * 1024 * 1024) });
    expect((await push(work, `HEAD:${OWN}`)).exitCode).not.toBe(0);
    const evil = await sandbox.clone(server.url);
    const small = await evil.commit({ small: 'x' });
    const inner = await evil.must('rev-parse', `${small}:small`);
    await writeFile(join(evil.folder, 'entries'), `100644 blob ${inner}\t.git\n`);
    const tree = (await evil.must('-c', 'alias.t=!git mktree < entries', 't')).trim();
    const bad = await evil.must('commit-tree', '-m', 'bad', tree);
    const answer = await evil.git('push', 'origin', `${bad}:${OWN}`);
    expect(answer.stderr).toMatch(/hasDotgit/);
    expect(await resolveCommit(repository, OWN)).toBeUndefined();
  });
});

describe('a git that does not end by itself', () => {
  let sandbox: GitSandbox;
  beforeAll(async () => {
    sandbox = await GitSandbox.make();
  });
  afterAll(() => sandbox.remove());

  /** Stands in for git: starts a child, notes both pids, answers nothing. */
  async function endlessGit(): Promise<{ program: string; pids: () => number[] }> {
    const log = join(sandbox.root, `pids-${randomBytes(4).toString('hex')}`);
    const program = join(sandbox.root, `git-${randomBytes(4).toString('hex')}`);
    await writeFile(program, `#!/bin/sh\nsleep 1000 &\necho $$ $! > '${log}'\nwait\n`, { mode: 0o755 });
    const pids = (): number[] => {
      try {
        return readFileSync(log, 'utf8').trim().split(' ').filter(Boolean).map(Number);
      } catch {
        return [];
      }
    };
    return { program, pids };
  }

  const lives = (pid: number): boolean => {
    try {
      process.kill(pid, 0);
      return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    } catch {
      return false;
    }
  };

  async function open(settings: { timeoutMs?: number; maxRunning?: number } = {}) {
    const git = await endlessGit();
    const server = await SmartServer.start(sandbox, { program: git.program, ...settings });
    const repository = await sandbox.repository();
    server.exchange = { repositoryPath: repository.path, user: 'ada' };
    const post = httpRequest(`${server.url}/git-receive-pack`, {
      method: 'POST',
      headers: { 'transfer-encoding': 'chunked' },
    });
    const status = new Promise<number>((resolve) => {
      post.on('response', (res) => resolve(res.resume().statusCode ?? 0));
      post.on('error', () => resolve(0));
    });
    post.write('0000');
    await until(() => git.pids().length === 2);
    return { git, server, post, status };
  }

  it('is ended with its children when the client goes away', async () => {
    const { git, server, post } = await open();
    post.destroy();
    await until(() => server.smart.active === 0);
    await until(() => !git.pids().some(lives));
    await server.stop();
  });

  it('is ended when its time is over', async () => {
    const { git, server, status } = await open({ timeoutMs: 100 });
    expect(await status).toBe(504);
    await until(() => !git.pids().some(lives));
    await server.stop();
  });

  it('is ended when the server closes', async () => {
    const { git, server } = await open();
    await server.stop();
    await until(() => !git.pids().some(lives));
  });

  it('keeps others waiting only up to the bound', async () => {
    const { server } = await open({ maxRunning: 1 });
    const answer = await fetch(`${server.url}/info/refs?service=git-upload-pack`);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
    await server.stop();
  });
});
