import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, lstat, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';

const LEFT_OUT = new Set(['.git', '.next', '.build', 'dist', 'coverage', 'node_modules']);
const TEST_LIMIT_MS = 180_000;

/** Folders with packages of their own, whose installed dependencies are shared with the real tree. */
async function packageFolders(root: string): Promise<string[]> {
  const grouped = await Promise.all(
    ['libs', 'apps'].map(async (group) =>
      (await readdir(join(root, group))).map((name) => join(group, name)),
    ),
  );
  return ['', 'demo', 'cluster', 'faults', ...grouped.flat()];
}

/** A copy of the working tree to do harm in. */
export class CopiedTree {
  private constructor(private readonly root: string) {}

  static async of(original: string): Promise<CopiedTree> {
    const root = await mkdtemp(join(tmpdir(), 'clawtank-mutants-'));
    await cp(original, root, {
      recursive: true,
      filter: (path) => !LEFT_OUT.has(basename(path)) || relative(original, path) === '',
    });
    for (const folder of await packageFolders(original)) {
      const installed = join(original, folder, 'node_modules');
      const isThere = await lstat(installed).then(
        () => true,
        () => false,
      );
      if (isThere) await symlink(installed, join(root, folder, 'node_modules'));
    }
    return new CopiedTree(root);
  }

  /** @throws when the text does not stand in the file exactly once: the list must be brought up to date */
  async replace(file: string, text: string, replacement: string): Promise<() => Promise<void>> {
    const path = join(this.root, file);
    const before = await readFile(path, 'utf8');
    if (before.split(text).length !== 2) throw new Error(`${file} does not have this once: ${text}`);
    await writeFile(
      path,
      before.replace(text, () => replacement),
    );
    return () => writeFile(path, before);
  }

  /** Whether a test file passes here. One that never ends does not. */
  async passes(spec: string): Promise<boolean> {
    const jest = join(this.root, 'node_modules/jest/bin/jest.js');
    const child = spawn(process.execPath, [jest, '--runInBand', '--forceExit', spec], {
      cwd: this.root,
      stdio: 'ignore',
    });
    const late = setTimeout(() => child.kill('SIGKILL'), TEST_LIMIT_MS);
    const [code] = (await once(child, 'exit')) as [number | null];
    clearTimeout(late);
    return code === 0;
  }

  async remove(): Promise<void> {
    await rm(this.root, { recursive: true, force: true });
  }
}
