import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { GitCredential } from '@clawtank/contracts';

const run = promisify(execFile);

const WHO = { name: 'Simulation', email: 'simulation@example.test' };
const ENVIRONMENT = {
  ...process.env,
  GIT_TERMINAL_PROMPT: '0',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  LC_ALL: 'C',
  GIT_AUTHOR_NAME: WHO.name,
  GIT_AUTHOR_EMAIL: WHO.email,
  GIT_COMMITTER_NAME: WHO.name,
  GIT_COMMITTER_EMAIL: WHO.email,
};

/** Folder and server for the few things that are done in a clone. */
export interface Workshop {
  readonly folder: string;
  readonly server: string;
}

async function git(cwd: string, ...args: string[]): Promise<string> {
  const { stdout } = await run('git', args, { cwd, env: ENVIRONMENT, maxBuffer: 1 << 26 });
  return stdout;
}

async function inFolder<T>({ folder }: Workshop, work: (path: string) => Promise<T>): Promise<T> {
  const path = await mkdtemp(join(folder, 'clone-'));
  try {
    await git(path, 'init', '-q', '-b', 'main');
    return await work(path);
  } finally {
    await rm(path, { recursive: true, force: true });
  }
}

const access = (credential: Pick<GitCredential, 'username' | 'password'>): string[] => {
  const basic = Buffer.from(`${credential.username}:${credential.password}`).toString('base64');
  return ['-c', `http.extraHeader=Authorization: Basic ${basic}`];
};

const remote = ({ server }: Workshop, { url }: Pick<GitCredential, 'url'>): string =>
  new URL(url, server).href;

/** Fills a new room's repository. */
export async function pushFirst(
  shop: Workshop,
  credential: GitCredential,
  files: Readonly<Record<string, string>>,
): Promise<void> {
  await inFolder(shop, async (path) => {
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(join(path, name)), { recursive: true });
      await writeFile(join(path, name), content);
    }
    await git(path, 'add', '.');
    await git(path, 'commit', '-q', '-m', 'Begin');
    await git(path, ...access(credential), 'push', '-q', remote(shop, credential), 'main:main');
  });
}

/** Merges the default branch into that of a claim, keeping the lines of both sides, and pushes the result. */
export async function mergeByHand(shop: Workshop, credential: GitCredential, branch: string): Promise<void> {
  await inFolder(shop, async (path) => {
    const from = remote(shop, credential);
    const signed = access(credential);
    await git(path, ...signed, 'fetch', '-q', from, 'main:refs/remotes/main', `${branch}:refs/remotes/mine`);
    await git(path, 'checkout', '-q', '-B', 'mine', 'refs/remotes/mine');
    await git(path, '-c', 'merge.default=union', 'merge', '-q', '-m', 'Merge main', 'refs/remotes/main');
    await git(path, ...signed, 'push', '-q', from, `HEAD:refs/heads/${branch}`);
  });
}

/** What is in the default branch, by path. */
export async function readMain(
  shop: Workshop,
  credential: GitCredential,
  paths: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  return inFolder(shop, async (path) => {
    await git(path, ...access(credential), 'fetch', '-q', remote(shop, credential), 'main');
    await git(path, 'checkout', '-q', 'FETCH_HEAD');
    const read = async (name: string): Promise<[string, string]> => [
      name,
      await readFile(join(path, name), 'utf8').catch(() => ''),
    ];
    return new Map(await Promise.all(paths.map(read)));
  });
}
