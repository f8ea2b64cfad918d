import { chmod, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { GitSandbox } from '../testing/git-sandbox.js';
import { changedPaths, diffSinceFork } from './diff.js';

describe('the diff of a branch', () => {
  let sandbox: GitSandbox;
  beforeAll(async () => {
    sandbox = await GitSandbox.make();
  });
  afterAll(() => sandbox.remove());

  it('tells of every kind of change since the fork, and of nothing that main did', async () => {
    const repository = await sandbox.repository();
    const work = await sandbox.clone(repository.path);
    const long = Array.from({ length: 40 }, (_, line) => `line ${line}\n`).join('');
    await work.commit({
      edit: 'a\nb\n',
      'old name': long,
      gone: 'x\n',
      type: 'y\n',
      mode: 'z\n',
      bin: 'a\0b',
    });
    await work.must('push', '--quiet', 'origin', 'HEAD:main');
    await work.must('switch', '--quiet', '--create', 'side');
    await work.must('rm', '--quiet', 'type');
    await symlink('edit', join(work.folder, 'type'));
    await chmod(join(work.folder, 'mode'), 0o755);
    const content = 'a\ndiff --git a/x b/x\nB\n';
    const head = await work.commit({
      edit: content,
      'old name': null,
      'new ä': `${long}more\n`,
      gone: null,
      added: '1\n',
      bin: 'a\0c',
    });
    await work.must('switch', '--quiet', 'main');
    const base = await work.commit({ 'only on main': '1' });
    await work.must('push', '--quiet', 'origin', 'main', 'side');

    const diff = await diffSinceFork(repository, base, head);
    expect(diff.truncated).toBe(false);
    expect(
      diff.files.map(({ path, previousPath, status, additions, deletions }) => [
        path,
        previousPath,
        status,
        additions,
        deletions,
      ]),
    ).toEqual([
      ['added', null, 'added', 1, 0],
      ['bin', null, 'modified', null, null],
      ['edit', null, 'modified', 2, 1],
      ['gone', null, 'deleted', 0, 1],
      ['mode', null, 'modified', 0, 0],
      ['new ä', 'old name', 'renamed', 1, 0],
      ['type', null, 'type_changed', 1, 1],
    ]);
    const patchOf = (path: string) => diff.files.find((file) => file.path === path)?.patch;
    expect(patchOf('edit')).toContain('+diff --git a/x b/x\n+B\n');
    expect(patchOf('type')).toMatch(/deleted file mode 100644[\s\S]*new file mode 120000/);
    expect(patchOf('mode')).toContain('new mode 100755');
    expect(patchOf('new ä')).toContain('rename from old name');
    expect([...(await changedPaths(repository, base, head))].sort()).toEqual(
      ['added', 'bin', 'edit', 'gone', 'mode', 'new ä', 'old name', 'type'].sort(),
    );
  });

  it('stays within its caps and says so', async () => {
    const repository = await sandbox.repository();
    const work = await sandbox.clone(repository.path);
    const base = await work.must('rev-parse', 'HEAD');
    const big = `${'x'.repeat(99)}\n`.repeat(100);
    const head = await work.commit({ a: big, b: big, c: big });
    await work.must('push', '--quiet', 'origin', 'HEAD:side');
    const cutTotal = await diffSinceFork(repository, base, head, {
      maxFiles: 10,
      maxPatchBytes: 15_000,
      maxFilePatch: 99_999,
    });
    expect(cutTotal).toMatchObject({ truncated: true, additions: 300 });
    expect(cutTotal.files.map(({ truncated, patch }) => [truncated, patch === null])).toEqual([
      [false, false],
      [true, false],
      [true, true],
    ]);
    const cutFile = await diffSinceFork(repository, base, head, {
      maxFiles: 2,
      maxPatchBytes: 99_999,
      maxFilePatch: 500,
    });
    expect(cutFile.truncated).toBe(true);
    expect(cutFile.files.map(({ patch }) => patch?.length)).toEqual([500, 500]);
  });
});
