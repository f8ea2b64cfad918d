import { readdir } from 'node:fs/promises';
import { ADA, GitSandbox } from '../testing/git-sandbox.js';
import type { BareRepository } from './bare-repository.js';
import type { FileChange } from '../domain/git-objects.js';
import { commitFiles } from './commit-files.js';
import { fsck } from './fsck.js';
import { needCommit, resolveCommit } from './refs.js';
import { listFiles, readBlob } from './tree-files.js';

const MAIN = 'refs/heads/main';

describe('committing files without a clone', () => {
  let sandbox: GitSandbox;
  let repository: BareRepository;
  beforeAll(async () => {
    sandbox = await GitSandbox.make();
  });
  afterAll(() => sandbox.remove());
  beforeEach(async () => {
    repository = await sandbox.repository();
  });

  const commit = async (changes: readonly FileChange[], expectedHead?: string | null) =>
    commitFiles(repository, {
      ref: MAIN,
      expectedHead: expectedHead === undefined ? await needCommit(repository, MAIN) : expectedHead,
      changes,
      message: 'Change files',
      author: ADA,
      committer: ADA,
    });
  const names = async () => (await listFiles(repository, MAIN)).files.map(({ path }) => path);

  it('writes, changes and deletes files, and leaves no index behind', async () => {
    await commit([
      { path: 'a.txt', content: 'one\n' },
      { path: 'dir/b ä.bin', content: Uint8Array.of(0, 255, 10) },
      { path: 'keep', content: 'k' },
    ]);
    const sha = await commit([
      { path: 'a.txt', content: 'two\n' },
      { path: 'dir/b ä.bin', delete: true },
    ]);
    expect(await resolveCommit(repository, MAIN)).toBe(sha);
    expect(await names()).toEqual(['a.txt', 'keep']);
    expect((await readBlob(repository, MAIN, 'a.txt')).content.toString()).toBe('two\n');
    expect((await readdir(repository.path)).filter((name) => name.includes('index'))).toEqual([]);
    await expect(fsck(repository)).resolves.toBeUndefined();
  });

  it('keeps the mode of an executable', async () => {
    const work = await sandbox.clone(repository.path);
    await work.commit({ 'run.sh': 'x' });
    await work.must('update-index', '--chmod=+x', 'run.sh');
    await work.must('commit', '--quiet', '-m', 'x');
    await work.must('push', '--quiet', 'origin', 'HEAD:main');
    await commit([{ path: 'run.sh', content: 'y' }]);
    expect((await listFiles(repository, MAIN)).files).toMatchObject([{ path: 'run.sh', kind: 'executable' }]);
  });

  it('starts a branch that has no commit', async () => {
    repository = await sandbox.repository({ empty: true });
    await commit([{ path: 'a', content: 'x' }], null);
    expect(await names()).toEqual(['a']);
  });

  it('puts a folder where a file was deleted', async () => {
    await commit([{ path: 'a', content: 'x' }]);
    await commit([
      { path: 'a/b', content: 'y' },
      { path: 'a', delete: true },
    ]);
    expect(await names()).toEqual(['a/b']);
  });

  it.each<[string, FileChange[], string]>([
    ['no changes', [], 'git.invalid_change'],
    [
      'one path twice',
      [
        { path: 'a', content: '1' },
        { path: 'a', delete: true },
      ],
      'git.invalid_change',
    ],
    [
      'too many',
      Array.from({ length: 201 }, (_, n) => ({ path: `f${n}`, content: '' })),
      'git.invalid_change',
    ],
    ['too much', [{ path: 'a', content: 'x'.repeat(6 * 1024 * 1024) }], 'git.too_large'],
    ['a path upwards', [{ path: '../a', content: '' }], 'git.invalid_path'],
    ['a path into .git', [{ path: 'x/.Git/config', content: '' }], 'git.invalid_path'],
    ['a missing file', [{ path: 'nope', delete: true }], 'git.not_found'],
    ['nothing new', [{ path: 'present', content: 'p' }], 'git.nothing_to_commit'],
    ["a file in a folder's place", [{ path: 'folder', content: '1' }], 'git.invalid_change'],
    ["a folder in a file's place", [{ path: 'present/x', content: '1' }], 'git.invalid_change'],
    [
      'two kinds at one path',
      [
        { path: 'n', content: '1' },
        { path: 'n/m', content: '1' },
      ],
      'git.invalid_change',
    ],
  ])('refuses %s and changes nothing', async (_name, changes, reason) => {
    const head = await commit([
      { path: 'present', content: 'p' },
      { path: 'folder/x', content: 'x' },
    ]);
    await expect(commit(changes)).rejects.toMatchObject({ reason });
    expect(await resolveCommit(repository, MAIN)).toBe(head);
  });

  it("refuses a head that is not the branch's any more", async () => {
    const seen = await needCommit(repository, MAIN);
    await commit([{ path: 'a', content: '1' }], seen);
    await expect(commit([{ path: 'b', content: '1' }], seen)).rejects.toMatchObject({
      reason: 'git.ref_moved',
    });
    expect(await names()).toEqual(['a']);
  });

  it('lets one of several writers at the same head win', async () => {
    const seen = await needCommit(repository, MAIN);
    const results = await Promise.allSettled(
      ['a', 'b', 'c', 'd'].map((path) => commit([{ path, content: path }], seen)),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await names()).toHaveLength(1);
  });
});
