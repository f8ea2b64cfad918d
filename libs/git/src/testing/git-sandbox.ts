import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { newId } from '@clawtank/kernel';
import { type BareRepository, repositoryPath } from '../local/bare-repository.js';
import { createRepository, writeFirstCommit } from '../local/create-repository.js';
import type { GitSettings } from '../local/git-process.js';
import { runProcess } from '../local/run-process.js';

const MEBIBYTE = 1024 * 1024;

/** A fixed moment, so that commits of tests are the same in every run. */
export const AT = new Date('2026-01-02T03:04:05Z');

export const ADA = { name: 'Ada', email: 'ada@example.test', at: AT };

export interface GitAnswer {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder (with a space in its name) that holds a server's repositories and its users' clones. */
export class GitSandbox {
  readonly root: string;
  readonly settings: GitSettings;

  private constructor(root: string) {
    this.root = root;
    this.settings = { home: join(root, 'home') };
  }

  static async make(): Promise<GitSandbox> {
    const sandbox = new GitSandbox(await mkdtemp(join(tmpdir(), 'clawtank git-')));
    await mkdir(sandbox.settings.home);
    return sandbox;
  }

  async remove(): Promise<void> {
    await rm(this.root, { recursive: true, force: true });
  }

  /** A bare repository; with a first commit on main unless `empty`. */
  async repository(options: { readonly empty?: boolean } = {}): Promise<BareRepository> {
    const path = repositoryPath(join(this.root, 'repositories'), newId());
    const repository = await createRepository(this.settings, path, { maxPushBytes: 8 * MEBIBYTE });
    if (!options.empty) await writeFirstCommit(repository, AT);
    return repository;
  }

  /** Runs the git of a user, who has an identity but no configuration. */
  async git(cwd: string, ...args: readonly string[]): Promise<GitAnswer> {
    const env = userEnvironment(this.root);
    const { exitCode, stdout, stderr } = await runProcess('git', args, { cwd, env, maxBytes: 64 * MEBIBYTE });
    return { exitCode: exitCode ?? -1, stdout: stdout.toString().replace(/\n$/, ''), stderr };
  }

  /** Clones `from` (a path or an address) into a new folder and returns a handle to it. */
  async clone(from: string): Promise<WorkTree> {
    const folder = join(this.root, `clone-${newId()}`);
    const answer = await this.git(this.root, 'clone', '--quiet', from, folder);
    if (answer.exitCode !== 0) throw new Error(answer.stderr);
    return new WorkTree(this, folder);
  }
}

export const userEnvironment = (home: string): Record<string, string> => ({
  PATH: process.env['PATH'] ?? '',
  HOME: home,
  LC_ALL: 'C',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_TERMINAL_PROMPT: '0',
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.test',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.test',
});

/** A user's clone. */
export class WorkTree {
  readonly folder: string;
  private readonly sandbox: GitSandbox;

  constructor(sandbox: GitSandbox, folder: string) {
    this.sandbox = sandbox;
    this.folder = folder;
  }

  git(...args: readonly string[]): Promise<GitAnswer> {
    return this.sandbox.git(this.folder, ...args);
  }

  /** Like `git`, for steps of a test that must work; returns stdout. */
  async must(...args: readonly string[]): Promise<string> {
    const answer = await this.git(...args);
    if (answer.exitCode !== 0) throw new Error(`git ${args.join(' ')}: ${answer.stderr}`);
    return answer.stdout;
  }

  async write(path: string, content: string | Uint8Array): Promise<void> {
    const full = join(this.folder, path);
    await mkdir(dirname(full), { recursive: true });
    await writeFile(full, content);
  }

  /** Writes files (null removes one), commits everything and returns the commit's id. */
  async commit(
    files: Readonly<Record<string, string | Uint8Array | null>>,
    message = 'Change',
  ): Promise<string> {
    for (const [path, content] of Object.entries(files)) {
      if (content === null) await rm(join(this.folder, path));
      else await this.write(path, content);
    }
    await this.must('add', '--all');
    await this.must('commit', '--quiet', '--message', message);
    return this.must('rev-parse', 'HEAD');
  }
}
