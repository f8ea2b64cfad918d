import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '@clawtank/kernel';
import { ADA, AT, GitSandbox } from '../testing/git-sandbox.js';
import type { BareRepository } from './bare-repository.js';
import { repositoryPath } from './bare-repository.js';
import { createRepository, removeRepository } from './create-repository.js';
import { fsck } from './fsck.js';
import { assertGitVersion } from './git-version.js';
import { aheadBehind, commitRange, isAncestor, mergeBase } from './history.js';
import { defaultRef, listRefs, moveRefs, needCommit, resolveCommit } from './refs.js';
import { writeTag } from './tags.js';
import { listFiles, readBlob } from './tree-files.js';

const MAIN = 'refs/heads/main';

describe('a bare repository', () => {
  let sandbox: GitSandbox;
  beforeAll(async () => {
    sandbox = await GitSandbox.make();
  });
  afterAll(() => sandbox.remove());

  async function pushed(
    repository: BareRepository,
    files: Record<string, string | null>[],
    message = 'Change',
  ) {
    const work = await sandbox.clone(repository.path);
    const shas: string[] = [];
    for (const one of files) shas.push(await work.commit(one, message));
    await work.must('push', '--quiet', 'origin', 'HEAD:main');
    return shas;
  }

  it('needs a git that merges without a work tree', async () => {
    await expect(assertGitVersion(sandbox.settings)).resolves.toMatch(/^2\./);
    await expect(
      assertGitVersion({ ...sandbox.settings, program: join(sandbox.root, 'no-git') }),
    ).rejects.toMatchObject({
      reason: 'git.unavailable',
    });
  });

  it('starts with one empty commit by ClawTank on main', async () => {
    const repository = await sandbox.repository();
    const [tip] = await listRefs(repository);
    expect(tip?.ref).toBe(MAIN);
    expect(await defaultRef(repository)).toBe(MAIN);
    expect((await commitRange(repository, { to: MAIN, known: [] })).commits).toMatchObject([
      { author: 'ClawTank', parents: [], files: [] },
    ]);
    expect(await repository.text(['config', 'receive.fsckObjects'])).toBe('true');
    await expect(fsck(repository)).resolves.toBeUndefined();
  });

  it('is built aside, never on top of another, and goes without a trace', async () => {
    const path = repositoryPath(join(sandbox.root, 'others'), newId());
    await createRepository(sandbox.settings, path, { maxPushBytes: 1 });
    await expect(createRepository(sandbox.settings, path, { maxPushBytes: 1 })).rejects.toMatchObject({
      reason: 'git.ref_exists',
    });
    await removeRepository(path);
    await removeRepository(path);
    expect(await readdir(join(sandbox.root, 'others'))).toEqual([]);
  });

  it('has no path for what is no id', () => {
    expect(() => repositoryPath('/x', '../../etc')).toThrow(
      expect.objectContaining({ reason: 'git.not_found' }),
    );
  });

  it('moves refs only from where the caller saw them, all or none', async () => {
    const repository = await sandbox.repository();
    const first = await needCommit(repository, MAIN);
    await moveRefs(repository, [{ ref: 'refs/heads/a', from: null, to: first }], 'test');
    const [second] = await pushed(repository, [{ x: '1' }]);
    if (!second) throw new Error('no commit');
    const stale = [
      { ref: 'refs/heads/a', from: first, to: second },
      { ref: MAIN, from: first, to: first },
    ];
    await expect(moveRefs(repository, stale, 'test')).rejects.toMatchObject({
      reason: 'git.ref_moved',
      details: { ref: MAIN },
    });
    expect(await resolveCommit(repository, 'refs/heads/a')).toBe(first);
    await moveRefs(repository, [{ ref: 'refs/heads/a', from: first, to: second }], 'test');
    await expect(
      moveRefs(repository, [{ ref: 'refs/heads/a', from: null, to: second }], 'x'),
    ).rejects.toMatchObject({
      reason: 'git.ref_moved',
    });
    expect(await listRefs(repository)).toEqual([
      { ref: 'refs/heads/a', sha: second },
      { ref: MAIN, sha: second },
    ]);
    expect(await resolveCommit(repository, 'refs/heads/none')).toBeUndefined();
  });

  it('lets one of two racing moves win', async () => {
    const repository = await sandbox.repository();
    const first = await needCommit(repository, MAIN);
    const results = await Promise.allSettled(
      Array.from({ length: 8 }, () =>
        moveRefs(repository, [{ ref: 'refs/heads/race', from: null, to: first }], 'race'),
      ),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('tells what commits a push brought, oldest first, with counts and trailers', async () => {
    const repository = await sandbox.repository();
    const from = await needCommit(repository, MAIN);
    const message = 'Two files\n\nWhy.\n\nClawTank-Task: T-1\nClawTank-Agent: bot';
    const shas = await pushed(
      repository,
      [
        { 'a b.txt': '1\n2\n', 'ä/ö': 'x\n' },
        { 'a b.txt': '1\n', 'ä/ö': null, bin: 'a\0b' },
      ],
      message,
    );
    const range = await commitRange(repository, { to: MAIN, known: [from] });
    expect(range.truncated).toBe(false);
    expect(range.commits.map(({ sha }) => sha)).toEqual(shas);
    expect(range.commits[0]).toMatchObject({
      author: 'Ada',
      authorEmail: 'ada@example.test',
      additions: 3,
      deletions: 0,
    });
    expect(range.commits[0]?.trailers).toEqual([
      { key: 'ClawTank-Task', value: 'T-1' },
      { key: 'ClawTank-Agent', value: 'bot' },
    ]);
    expect(range.commits[1]?.files).toEqual([
      { path: 'a b.txt', additions: 0, deletions: 1 },
      { path: 'bin', additions: null, deletions: null },
      { path: 'ä/ö', additions: 0, deletions: 1 },
    ]);
    const bounded = await commitRange(repository, { to: MAIN, known: [from], limit: 1 });
    expect(bounded).toMatchObject({ truncated: true, commits: [{ sha: shas[1] }] });
    await expect(commitRange(repository, { to: MAIN, known: [MAIN] })).resolves.toEqual({
      commits: [],
      truncated: false,
    });
  });

  it('compares commits', async () => {
    const repository = await sandbox.repository();
    const base = await needCommit(repository, MAIN);
    const work = await sandbox.clone(repository.path);
    const left = await work.commit({ l: '1' });
    await work.must('push', '--quiet', 'origin', 'HEAD:main');
    await work.must('switch', '--quiet', '--create', 'side', base);
    const right = await work.commit({ r: '1' });
    await work.must('switch', '--quiet', '--orphan', 'alone');
    const alone = await work.commit({ z: '1' });
    await work.must('push', '--quiet', 'origin', 'side', 'alone');
    expect(await mergeBase(repository, left, right)).toBe(base);
    expect(await mergeBase(repository, left, alone)).toBeUndefined();
    expect(await isAncestor(repository, base, right)).toBe(true);
    expect(await isAncestor(repository, left, right)).toBe(false);
    expect(await aheadBehind(repository, left, right)).toEqual({ ahead: 1, behind: 1 });
    await expect(isAncestor(repository, 'c'.repeat(40), left)).rejects.toThrow('merge-base');
  });

  it('lists and reads files, bounded', async () => {
    const repository = await sandbox.repository();
    await pushed(repository, [{ 'src/a.txt': 'hello', '*': 'star', b: 'x\0y' }]);
    const all = await listFiles(repository, MAIN);
    expect(all).toMatchObject({
      truncated: false,
      files: [{ path: '*' }, { path: 'b', size: 3 }, { path: 'src/a.txt', size: 5, kind: 'file' }],
    });
    expect(await listFiles(repository, MAIN, 2)).toMatchObject({ truncated: true, files: { length: 2 } });
    const blob = await readBlob(repository, MAIN, 'src/a.txt');
    expect(blob).toMatchObject({ size: 5, truncated: false, binary: false });
    expect(blob.content.toString()).toBe('hello');
    expect((await readBlob(repository, MAIN, 'src/a.txt', 2)).content.toString()).toBe('he');
    expect(await readBlob(repository, MAIN, 'src/a.txt', 2)).toMatchObject({ truncated: true, size: 5 });
    expect((await readBlob(repository, MAIN, '*')).content.toString()).toBe('star');
    expect(await readBlob(repository, MAIN, 'b')).toMatchObject({ binary: true });
    await expect(readBlob(repository, MAIN, 'src')).rejects.toMatchObject({ reason: 'git.not_found' });
    await expect(readBlob(repository, MAIN, '../x')).rejects.toMatchObject({ reason: 'git.invalid_path' });
    await expect(readBlob(repository, 'refs/heads/none', 'b')).rejects.toMatchObject({
      reason: 'git.not_found',
    });
  });

  it('writes a tag once', async () => {
    const repository = await sandbox.repository();
    const commit = await needCommit(repository, MAIN);
    const tag = { name: 'clawtank/done', commit, message: 'Completed', tagger: { ...ADA, at: AT } };
    await writeTag(repository, tag);
    await writeTag(repository, tag);
    expect(await listRefs(repository)).toContainEqual({ ref: 'refs/tags/clawtank/done', sha: commit });
    const [later] = await pushed(repository, [{ x: '1' }]);
    await expect(writeTag(repository, { ...tag, commit: later ?? '' })).rejects.toMatchObject({
      reason: 'git.ref_exists',
    });
  });

  it('reads no configuration or template of the user who runs the server', async () => {
    await mkdir(join(sandbox.root, 'evil'), { recursive: true });
    process.env['GIT_DIR'] = join(sandbox.root, 'evil');
    try {
      const repository = await sandbox.repository();
      expect(await defaultRef(repository)).toBe(MAIN);
      expect(await readdir(repository.path)).not.toContain('hooks');
    } finally {
      delete process.env['GIT_DIR'];
    }
  });
});
