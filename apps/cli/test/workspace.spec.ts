import { existsSync } from 'node:fs';
import { chmod, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Pusher, StalePush } from '../src/agent-run/pusher.js';
import { Workspace } from '../src/agent-run/workspace.js';
import type { Worktree } from '../src/agent-run/worktree.js';
import { git } from '../src/git/git.js';
import { GitSandbox, read, write } from './git-sandbox.js';

const PINCER = { name: 'Pincer', email: 'pincer@agents.clawtank.invalid' };
const MESSAGE = 'T-1: Change\n\nClawTank-Task: T-1\nClawTank-Agent: Pincer\n';

let sandbox: GitSandbox;
let workspace: Workspace;
const signal = new AbortController().signal;

beforeEach(async () => {
  sandbox = await GitSandbox.make();
  workspace = new Workspace({ folder: join(sandbox.folder, 'work'), server: sandbox.server });
});
afterEach(() => sandbox.remove());

const claim = (branch = 'clawtank/T-1/1', base_branch = 'main') => ({
  branch,
  base_branch,
  git_credential: sandbox.credential,
});
const prepare = (name = 'T-1-1', of = claim()): Promise<Worktree> => workspace.prepare(name, of, signal);
const push = (worktree: Worktree): Promise<void> => new Pusher(worktree, sandbox.credential).push(signal);

describe('a worktree', () => {
  it('begins on its own branch, forked from the base branch', async () => {
    const worktree = await prepare();
    expect(await git(['symbolic-ref', '--short', 'HEAD'], { cwd: worktree.path })).toBe('clawtank/T-1/1');
    expect(await read(join(worktree.path, 'README.md'))).toBe('one\ntwo\nthree\n');
    expect(await worktree.commitsSinceBase()).toBe(0);
  });

  it('begins on what an earlier claim has left', async () => {
    await sandbox.commit('clawtank/T-1/1', { 'half.txt': 'half done\n' });
    const worktree = await prepare('T-1-2', claim('clawtank/T-1/2', 'clawtank/T-1/1'));
    expect(await read(join(worktree.path, 'half.txt'))).toBe('half done\n');
    expect(await worktree.commitsSinceBase()).toBe(0);
  });

  it('is found again as an earlier run left it', async () => {
    const first = await prepare();
    await write(join(first.path, 'draft.txt'), 'draft\n');
    expect(await read(join((await prepare()).path, 'draft.txt'))).toBe('draft\n');
  });

  it('is made again from the commits that were not pushed', async () => {
    const first = await prepare();
    await write(join(first.path, 'new.txt'), 'new\n');
    await first.commitAll(MESSAGE, PINCER);
    await workspace.remove('T-1-1');
    expect(existsSync(first.path)).toBe(false);
    expect(await read(join((await prepare()).path, 'new.txt'))).toBe('new\n');
  });

  it.each([
    ['goes when everything in it is committed', undefined, false],
    ['stays when something in it is not', 'draft.txt', true],
  ])('%s after its claim', async (_, draft, stays) => {
    const worktree = await prepare();
    if (draft) await write(join(worktree.path, draft), 'draft\n');
    await workspace.tidy('T-1-1');
    expect(existsSync(worktree.path)).toBe(stays);
  });

  it('stands beside others', async () => {
    const worktrees = await Promise.all([prepare(), prepare('T-2-1', claim('clawtank/T-2/1'))]);
    expect(new Set(worktrees.map((worktree) => worktree.path)).size).toBe(2);
  });

  it('keeps no credential in any file', async () => {
    await prepare();
    const found = await git(['grep', '--no-index', '-l', 'secret', '--', '.'], {
      cwd: join(sandbox.folder, 'work'),
    }).catch(() => '');
    expect(found).toBe('');
  });
});

describe('committing and pushing', () => {
  it('puts everything that changed on the claim’s branch, signed by the agent', async () => {
    const worktree = await prepare();
    await write(join(worktree.path, 'src/a.ts'), 'export {};\n');
    await write(join(worktree.path, 'README.md'), 'one\n');
    expect(await worktree.commitAll(MESSAGE, PINCER)).toBe(true);
    await push(worktree);
    expect(await sandbox.show('clawtank/T-1/1', 'src/a.ts')).toBe('export {};');
    expect(await sandbox.log('clawtank/T-1/1', '%an <%ae>')).toBe('Pincer <pincer@agents.clawtank.invalid>');
    expect(await sandbox.log('clawtank/T-1/1', '%(trailers:key=ClawTank-Task,valueonly)')).toContain('T-1');
    expect(await worktree.isAhead()).toBe(false);
  });

  it('commits nothing when nothing changed', async () => {
    const worktree = await prepare();
    expect(await worktree.commitAll(MESSAGE, PINCER)).toBe(false);
    expect(await worktree.isAhead()).toBe(false);
  });

  it('counts the commits that the command made itself', async () => {
    const worktree = await prepare();
    await write(join(worktree.path, 'own.txt'), 'own\n');
    const cwd = worktree.path;
    await git(['add', '.'], { cwd });
    await git(['-c', 'user.name=x', '-c', 'user.email=x@y', 'commit', '--quiet', '-m', 'own'], { cwd });
    expect(await worktree.commitAll(MESSAGE, PINCER)).toBe(false);
    expect(await worktree.commitsSinceBase()).toBe(1);
    expect(await worktree.isAhead()).toBe(true);
  });

  it('pushes each commit as it appears while the command runs', async () => {
    const worktree = await prepare();
    const stop = new AbortController();
    const watching = new Pusher(worktree, sandbox.credential).watch(stop.signal, () => {});
    await write(join(worktree.path, 'early.txt'), 'early\n');
    await worktree.commitAll(MESSAGE, PINCER);
    while (!(await sandbox.refs()).includes('clawtank/T-1/1'))
      await new Promise((resolve) => setTimeout(resolve, 20));
    stop.abort();
    await watching;
    expect(await sandbox.show('clawtank/T-1/1', 'early.txt')).toBe('early');
  });

  it.each([
    ['the claim has ended', 'The claim behind this credential has ended; claim the task again.', StalePush],
    ['the host refuses', 'You may push to refs/heads/x only.', Error],
  ])('tells when %s', async (_, words, kind) => {
    await write(join(sandbox.bare, 'hooks/pre-receive'), `#!/bin/sh\necho "${words}" >&2\nexit 1\n`);
    await git(['config', 'core.hooksPath', join(sandbox.bare, 'hooks')], { cwd: sandbox.bare });
    await chmod(join(sandbox.bare, 'hooks/pre-receive'), 0o755);
    const worktree = await prepare();
    await write(join(worktree.path, 'a.txt'), 'a\n');
    await worktree.commitAll(MESSAGE, PINCER);
    await expect(push(worktree)).rejects.toThrow(kind);
  });
});

describe('merging the default branch in', () => {
  async function conflicting(): Promise<Worktree> {
    const worktree = await prepare();
    await write(join(worktree.path, 'README.md'), 'one\nmine\nthree\n');
    await worktree.commitAll(MESSAGE, PINCER);
    await push(worktree);
    await sandbox.commit('main', { 'README.md': 'one\ntheirs\nthree\n', 'other.txt': 'other\n' });
    await workspace.fetch(sandbox.credential, signal);
    return worktree;
  }

  it('leaves marks in the files that conflict', async () => {
    const worktree = await conflicting();
    const files = await worktree.mergeIn('main', PINCER);
    expect(files).toEqual(['README.md']);
    expect(worktree.withMarks(files)).toEqual(['README.md']);
    expect(await read(join(worktree.path, 'README.md'))).toContain('<<<<<<<');
  });

  it('is found begun by the next run', async () => {
    const worktree = await conflicting();
    await worktree.mergeIn('main', PINCER);
    expect(await worktree.mergeIn('main', PINCER)).toEqual(['README.md']);
  });

  it('is committed with both parents once the marks are gone', async () => {
    const worktree = await conflicting();
    const files = await worktree.mergeIn('main', PINCER);
    await write(join(worktree.path, 'README.md'), 'one\nmine and theirs\nthree\n');
    expect(worktree.withMarks(files)).toEqual([]);
    await worktree.commitAll('T-1: merge main\n', PINCER);
    await push(worktree);
    expect((await sandbox.log('clawtank/T-1/1', '%p')).split(' ')).toHaveLength(2);
    expect(await sandbox.show('clawtank/T-1/1', 'README.md')).toBe('one\nmine and theirs\nthree');
    expect(await sandbox.show('clawtank/T-1/1', 'other.txt')).toBe('other');
  });

  it('takes a deleted file for resolved', async () => {
    const worktree = await conflicting();
    const files = await worktree.mergeIn('main', PINCER);
    await rm(join(worktree.path, 'README.md'));
    expect(worktree.withMarks(files)).toEqual([]);
  });

  it('needs nobody when it merges by itself', async () => {
    const worktree = await prepare();
    await write(join(worktree.path, 'mine.txt'), 'mine\n');
    await worktree.commitAll(MESSAGE, PINCER);
    await sandbox.commit('main', { 'theirs.txt': 'theirs\n' });
    await workspace.fetch(sandbox.credential, signal);
    expect(await worktree.mergeIn('main', PINCER)).toEqual([]);
    expect(await worktree.commitAll('T-1: merge main\n', PINCER)).toBe(true);
  });
});
