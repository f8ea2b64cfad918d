import { ADA, GitSandbox, type WorkTree } from '../testing/git-sandbox.js';
import type { BareRepository } from './bare-repository.js';
import { fsck } from './fsck.js';
import { mergeIntoRef } from './merge.js';
import { trialMerge } from './merge-tree.js';
import { needCommit, resolveCommit } from './refs.js';

const MAIN = 'refs/heads/main';
const by = {
  author: ADA,
  committer: { ...ADA, name: 'ClawTank' },
  message: 'Merge it\n\nClawTank-Task: T-1\n',
};

describe('merging without a work tree', () => {
  let sandbox: GitSandbox;
  let repository: BareRepository;
  let work: WorkTree;
  beforeAll(async () => {
    sandbox = await GitSandbox.make();
  });
  afterAll(() => sandbox.remove());
  beforeEach(async () => {
    repository = await sandbox.repository();
    work = await sandbox.clone(repository.path);
    await work.commit({
      'both.txt': 'one\ntwo\nthree\n',
      'gone.txt': 'x\n',
      'dir/other.txt': '1\n2\n3\n4\n5\n',
    });
    await work.must('push', '--quiet', 'origin', 'HEAD:main');
  });

  async function branch(name: string, files: Record<string, string | null>): Promise<string> {
    await work.must('switch', '--quiet', '--create', name, 'origin/main');
    const sha = await work.commit(files, `On ${name}`);
    await work.must('push', '--quiet', 'origin', name);
    return sha;
  }

  /** What git itself says when it merges in a work tree. */
  async function gitsAnswer(ours: string, theirs: string): Promise<{ clean: boolean; files: string[] }> {
    await work.must('checkout', '--quiet', '--detach', ours);
    const merge = await work.git('merge', '--no-edit', theirs);
    const files = await work.must('diff', '--name-only', '--diff-filter=U', '-z');
    await work.git('merge', '--abort');
    return { clean: merge.exitCode === 0, files: files.split('\0').filter(Boolean).sort() };
  }

  it.each<[string, Record<string, string | null>, Record<string, string | null>]>([
    ['other files', { a: '1' }, { b: '1' }],
    ['the same line', { 'both.txt': 'one\nTWO\nthree\n' }, { 'both.txt': 'one\n2\nthree\n' }],
    ['lines far apart', { 'dir/other.txt': 'A\n2\n3\n4\n5\n' }, { 'dir/other.txt': '1\n2\n3\n4\nE\n' }],
    ['changed here, deleted there', { 'gone.txt': 'y\n' }, { 'gone.txt': null }],
    ['added twice', { 'new file ä.txt': 'a\n' }, { 'new file ä.txt': 'b\n' }],
    ['two files', { 'both.txt': 'x\n', n: '1\n' }, { 'both.txt': 'y\n', n: '2\n' }],
    ['the same change', { 'both.txt': 'same\n' }, { 'both.txt': 'same\n' }],
    ['binary files', { bin: 'a\0b' }, { bin: 'a\0c' }],
  ])('answers as git does: %s', async (_name, left, right) => {
    const [ours, theirs] = [await branch('left', left), await branch('right', right)];
    const trial = await trialMerge(repository, ours, theirs);
    expect({ clean: trial.clean, files: trial.files }).toEqual(await gitsAnswer(ours, theirs));
    const conflicts = trial.messages.filter(({ kind }) => kind.startsWith('CONFLICT'));
    expect(conflicts.length > 0).toBe(!trial.clean);
    expect(trial.files.every((file) => conflicts.some(({ paths }) => paths.includes(file)))).toBe(true);
  });

  it('merges: both parents, author, message, trailer, and both changes in a fresh clone', async () => {
    const [left, right] = [await branch('left', { a: '1' }), await branch('right', { b: '1' })];
    await mergeIntoRef(repository, { ...by, intoRef: MAIN, head: left });
    const before = await needCommit(repository, MAIN);
    const sha = await mergeIntoRef(repository, { ...by, intoRef: MAIN, head: right });
    const fresh = await sandbox.clone(repository.path);
    expect(
      await fresh.must('log', '-1', '--format=%H|%P|%an|%cn|%s|%(trailers:key=ClawTank-Task,valueonly)'),
    ).toBe(`${sha}|${before} ${right}|Ada|ClawTank|Merge it|T-1\n`);
    expect(await fresh.must('ls-files')).toBe('a\nb\nboth.txt\ndir/other.txt\ngone.txt');
    await expect(fsck(repository)).resolves.toBeUndefined();
  });

  it('finds the merge that it made when it is asked again, also after others', async () => {
    const [left, right] = [await branch('left', { a: '1' }), await branch('right', { b: '1' })];
    const first = await mergeIntoRef(repository, { ...by, intoRef: MAIN, head: left });
    expect(await mergeIntoRef(repository, { ...by, intoRef: MAIN, head: left })).toBe(first);
    const second = await mergeIntoRef(repository, { ...by, intoRef: MAIN, head: right });
    expect(await mergeIntoRef(repository, { ...by, intoRef: MAIN, head: left })).toBe(first);
    expect(await resolveCommit(repository, MAIN)).toBe(second);
  });

  it('names the files that conflict and moves nothing', async () => {
    const [left, right] = [
      await branch('left', { 'both.txt': 'l\n' }),
      await branch('right', { 'both.txt': 'r\n' }),
    ];
    const merged = await mergeIntoRef(repository, { ...by, intoRef: MAIN, head: left });
    await expect(mergeIntoRef(repository, { ...by, intoRef: MAIN, head: right })).rejects.toMatchObject({
      reason: 'git.merge_conflict',
      details: { files: ['both.txt'] },
    });
    expect(await resolveCommit(repository, MAIN)).toBe(merged);
  });

  it('merges several at once, one after the other', async () => {
    const names = ['m', 'n', 'o'];
    const heads: string[] = [];
    for (const name of names) heads.push(await branch(name, { [name]: '1' }));
    await Promise.all(heads.map((head) => mergeIntoRef(repository, { ...by, intoRef: MAIN, head })));
    const fresh = await sandbox.clone(repository.path);
    expect(await fresh.must('ls-files')).toBe('both.txt\ndir/other.txt\ngone.txt\nm\nn\no');
  });

  it('gives a branch without a commit the head itself', async () => {
    const left = await branch('left', { a: '1' });
    expect(await mergeIntoRef(repository, { ...by, intoRef: 'refs/heads/fresh', head: left })).toBe(left);
  });

  it('does not join unrelated histories', async () => {
    await work.must('switch', '--quiet', '--orphan', 'alone');
    const alone = await work.commit({ z: '1' });
    await work.must('push', '--quiet', 'origin', 'alone');
    await expect(mergeIntoRef(repository, { ...by, intoRef: MAIN, head: alone })).rejects.toMatchObject({
      reason: 'git.unrelated_histories',
    });
  });
});
