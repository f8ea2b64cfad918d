import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { GitCredential } from '@clawtank/contracts';
import { git } from '../src/git/git.js';

const AS_ADA = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.test'];

/** A folder (with a space in its name) with a bare repository, as a server would keep it, and clones of it. */
export class GitSandbox {
  readonly credential: GitCredential = { url: '/git/reef.git', username: 'T-1.1', password: 'secret' };

  private constructor(readonly folder: string) {}

  static async make(): Promise<GitSandbox> {
    const sandbox = new GitSandbox(await mkdtemp(join(tmpdir(), 'clawtank cli-')));
    await mkdir(join(sandbox.folder, 'git'));
    await git(['init', '--quiet', '--bare', '--initial-branch=main', sandbox.bare], { cwd: sandbox.folder });
    await git(['clone', '--quiet', sandbox.bare, 'ada'], { cwd: sandbox.folder });
    await sandbox.commit('main', { 'README.md': 'one\ntwo\nthree\n' });
    return sandbox;
  }

  /** Stands where a server's URL would. */
  get server(): string {
    return this.folder;
  }

  get bare(): string {
    return join(this.folder, 'git', 'reef.git');
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }

  /** Somebody else commits to a branch and pushes it. */
  async commit(branch: string, files: Readonly<Record<string, string>>, from = 'main'): Promise<string> {
    const cwd = join(this.folder, 'ada');
    const start = (await this.refs()).includes(branch) ? branch : from;
    const born = (await this.refs()).length > 0;
    if (born) await git(['fetch', '--quiet', 'origin'], { cwd });
    await git(['checkout', '--quiet', '-B', branch, ...(born ? [`origin/${start}`] : [])], { cwd });
    for (const [path, content] of Object.entries(files)) await write(join(cwd, path), content);
    await git(['add', '--all'], { cwd });
    await git([...AS_ADA, 'commit', '--quiet', '--message', `Change ${branch}`], { cwd });
    await git(['push', '--quiet', 'origin', `HEAD:refs/heads/${branch}`], { cwd });
    return git(['rev-parse', 'HEAD'], { cwd });
  }

  /** The names of the server's branches. */
  async refs(): Promise<string[]> {
    const text = await git(['for-each-ref', '--format=%(refname:short)', 'refs/heads'], { cwd: this.bare });
    return text.split('\n').filter(Boolean);
  }

  /** What a file holds on the server. */
  show(branch: string, path: string): Promise<string> {
    return git(['show', `${branch}:${path}`], { cwd: this.bare });
  }

  log(branch: string, format: string): Promise<string> {
    return git(['log', '-1', `--format=${format}`, branch], { cwd: this.bare });
  }
}

export async function write(path: string, content: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}

export const read = (path: string): Promise<string> => readFile(path, 'utf8');
