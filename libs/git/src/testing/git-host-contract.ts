import { newId } from '@clawtank/kernel';
import type { GitHost } from '../application/git-host.js';
import type { FileChange } from '../domain/git-objects.js';
import { ADA, AT } from './git-sandbox.js';

const MAIN = 'refs/heads/main';
const SIDE = 'refs/heads/clawtank/T-1/1';
const by = { author: ADA, committer: { ...ADA, name: 'ClawTank' } };

/** What every implementation of `GitHost` must do; call it inside a `describe`. */
export function describeGitHost(make: () => Promise<GitHost>): void {
  let host: GitHost;
  let id: string;
  let first: string;

  beforeAll(async () => {
    host = await make();
  });
  beforeEach(async () => {
    id = newId();
    await host.create(id, { kind: 'empty', at: AT });
    first = (await host.resolve(id, MAIN)) ?? '';
  });

  async function branch(name: string, changes: readonly FileChange[], from = first): Promise<string> {
    await host.createBranch(id, name, from);
    return host.commitFiles(id, { ref: name, expectedHead: from, changes, message: `On ${name}`, ...by });
  }
  const write = (path: string, content: string): FileChange => ({ path, content });

  it('creates a repository once', async () => {
    await host.create(id, { kind: 'empty', at: AT });
    expect(await host.state(id)).toEqual({ defaultRef: MAIN, tips: [{ ref: MAIN, sha: first }] });
  });

  it('creates one to be filled by a push, and follows its default branch', async () => {
    const other = newId();
    await host.create(other, { kind: 'push' });
    await host.setDefaultRef(other, 'refs/heads/trunk');
    expect(await host.state(other)).toEqual({ defaultRef: 'refs/heads/trunk', tips: [] });
    await host.remove(other);
    await host.remove(other);
  });

  it('refuses to import from a private address', async () => {
    const source = { kind: 'import', url: 'https://127.0.0.1/x.git' } as const;
    await expect(host.checkImport(source.url)).rejects.toMatchObject({ reason: 'git.import_refused' });
    await expect(host.create(newId(), source)).rejects.toMatchObject({ reason: 'git.import_refused' });
  });

  it('makes a branch once, and not at another commit', async () => {
    const head = await branch(SIDE, [write('a', '1')]);
    await host.createBranch(id, SIDE, head);
    await expect(host.createBranch(id, SIDE, first)).rejects.toMatchObject({ reason: 'git.ref_exists' });
    expect((await host.state(id)).tips).toContainEqual({ ref: SIDE, sha: head });
  });

  it('commits files, and finds a repeated commit made', async () => {
    const head = await branch(SIDE, [write('dir/a.txt', 'one\n'), write('b', 'x')]);
    expect(await branch(SIDE, [write('dir/a.txt', 'one\n'), write('b', 'x')], first).catch(String)).toContain(
      'exists',
    );
    const again = { ref: SIDE, expectedHead: first, message: `On ${SIDE}`, ...by };
    const changes = [write('dir/a.txt', 'one\n'), write('b', 'x')];
    expect(await host.commitFiles(id, { ...again, changes })).toBe(head);
    expect((await host.files(id, head, 10)).files.map(({ path }) => path)).toEqual(['b', 'dir/a.txt']);
    expect((await host.blob(id, SIDE, 'dir/a.txt')).content.toString()).toBe('one\n');
    const stale = host.commitFiles(id, { ...again, changes: [write('c', '')] });
    await expect(stale).rejects.toMatchObject({ reason: 'git.ref_moved' });
  });

  it('lets no commit onto the default branch', async () => {
    const commit = { ref: MAIN, expectedHead: first, changes: [write('a', '1')], message: 'x', ...by };
    await expect(host.commitFiles(id, commit)).rejects.toMatchObject({
      reason: 'git.default_branch_protected',
    });
    expect(await host.resolve(id, MAIN)).toBe(first);
  });

  it('compares, lists and diffs what a branch brings', async () => {
    const one = await branch(SIDE, [write('a', '1\n')]);
    const two = await host.commitFiles(id, {
      ref: SIDE,
      expectedHead: one,
      changes: [write('b', '2\n')],
      message: 'Second\n\nClawTank-Task: T-1\n',
      ...by,
    });
    expect(await host.compare(id, first, two)).toEqual({ ahead: 2, behind: 0 });
    expect(await host.isAncestor(id, one, two)).toBe(true);
    expect(await host.isAncestor(id, two, one)).toBe(false);
    const { commits } = await host.commits(id, { to: two, known: [first] });
    expect(commits.map(({ sha, author }) => [sha, author])).toEqual([
      [one, 'Ada'],
      [two, 'Ada'],
    ]);
    expect(commits[1]).toMatchObject({
      files: [{ path: 'b' }],
      trailers: [{ key: 'ClawTank-Task', value: 'T-1' }],
    });
    expect(await host.diff(id, first, two)).toMatchObject({
      additions: 2,
      files: [
        { path: 'a', status: 'added', additions: 1 },
        { path: 'b', status: 'added' },
      ],
    });
    expect(await host.changedPaths(id, first, two)).toEqual(['a', 'b']);
  });

  it('merges once, keeps author and message, and says so again', async () => {
    const head = await branch(SIDE, [write('a', '1')]);
    const request = { intoRef: MAIN, head, message: 'Merge T-1\n', ...by };
    const sha = await host.merge(id, request);
    expect(await host.merge(id, request)).toBe(sha);
    expect(await host.resolve(id, MAIN)).toBe(sha);
    const { commits } = await host.commits(id, { to: sha, known: [head] });
    expect(commits).toMatchObject([{ sha, author: 'Ada', message: 'Merge T-1\n', parents: [first, head] }]);
  });

  it('tells which files stand in the way of a merge, and merges nothing', async () => {
    const left = await branch('refs/heads/left', [write('same', 'l\n'), write('own', '1')]);
    const right = await branch('refs/heads/right', [write('same', 'r\n')]);
    expect(await host.mergeability(id, left, right)).toEqual({ clean: false, files: ['same'] });
    expect(await host.mergeability(id, first, right)).toEqual({ clean: true, files: [] });
    const merged = await host.merge(id, { intoRef: MAIN, head: left, message: 'm\n', ...by });
    await expect(host.merge(id, { intoRef: MAIN, head: right, message: 'm\n', ...by })).rejects.toMatchObject(
      {
        reason: 'git.merge_conflict',
        details: { files: ['same'] },
      },
    );
    expect(await host.resolve(id, MAIN)).toBe(merged);
  });

  it('keeps the commits of a pull request and tags the end', async () => {
    const head = await branch(SIDE, [write('a', '1')]);
    await host.publishPullRequest(id, 1, head);
    await host.publishPullRequest(id, 1, head);
    const tag = { name: 'clawtank/completed', commit: first, message: 'Completed', tagger: ADA };
    await host.tag(id, tag);
    await host.tag(id, tag);
    await expect(host.tag(id, { ...tag, commit: head })).rejects.toMatchObject({ reason: 'git.ref_exists' });
    expect((await host.state(id)).tips.map(({ ref }) => ref)).toEqual([
      SIDE,
      MAIN,
      'refs/tags/clawtank/completed',
    ]);
  });
}
