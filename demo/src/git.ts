import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

const IDENTITY = { GIT_TERMINAL_PROMPT: '0', GIT_CONFIG_NOSYSTEM: '1', LC_ALL: 'C' };

async function git(cwd: string, args: readonly string[]): Promise<{ code: number; stdout: string }> {
  try {
    const { stdout } = await run('git', [...args], {
      cwd,
      env: { ...process.env, ...IDENTITY },
      maxBuffer: 1 << 26,
    });
    return { code: 0, stdout };
  } catch (error) {
    const failed = error as { code?: number; stdout?: string; stderr?: string };
    if (typeof failed.code !== 'number') throw error;
    if (failed.code !== 1) throw new Error(`git ${args[0]}: ${failed.stderr ?? ''}`);
    return { code: failed.code, stdout: failed.stdout ?? '' };
  }
}

/** A fresh clone over smart HTTP, as a member. */
export async function clone(url: string, token: string, folder: string): Promise<void> {
  const basic = Buffer.from(`member:${token}`).toString('base64');
  await git('.', ['-c', `http.extraHeader=Authorization: Basic ${basic}`, 'clone', '-q', url, folder]);
}

/** Git's own answer to which files of two commits conflict, sorted. */
export async function conflictFiles(folder: string, ours: string, theirs: string): Promise<string[]> {
  const { code, stdout } = await git(folder, [
    'merge-tree',
    '--write-tree',
    '--name-only',
    '--no-messages',
    '-z',
    ours,
    theirs,
  ]);
  const [, ...files] = stdout.split('\0').filter((part) => part !== '');
  return code === 0 ? [] : files.sort();
}

/** Git's name of everything that a clone's branch holds. */
export async function treeOf(folder: string): Promise<string> {
  return (await git(folder, ['rev-parse', 'HEAD^{tree}'])).stdout.trim();
}
