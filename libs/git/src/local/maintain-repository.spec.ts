import { utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GitSandbox } from '../testing/git-sandbox.js';
import { fsck } from './fsck.js';
import { maintainRepository } from './maintain-repository.js';
import { moveRefs, needCommit } from './refs.js';

describe('maintaining a repository', () => {
  let sandbox: GitSandbox;
  beforeAll(async () => {
    sandbox = await GitSandbox.make();
  });
  afterAll(() => sandbox.remove());

  it('frees a branch that a crash has left locked, and leaves young locks alone', async () => {
    const repository = await sandbox.repository();
    const sha = await needCommit(repository, 'refs/heads/main');
    const lock = join(repository.path, 'refs/heads/side.lock');
    await writeFile(lock, '');
    const make = () => moveRefs(repository, [{ ref: 'refs/heads/side', from: null, to: sha }], 'x');
    await maintainRepository(repository);
    await expect(make()).rejects.toMatchObject({ reason: 'git.ref_moved' });
    const old = new Date(Date.now() - 2 * 3_600_000);
    await utimes(lock, old, old);
    await maintainRepository(repository);
    await make();
    await expect(fsck(repository)).resolves.toBeUndefined();
  });
});
