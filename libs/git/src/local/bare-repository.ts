import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { isId } from '@clawtank/kernel';
import { fail } from '../domain/failures.js';
import { GitCommandError, type GitOutput, type GitRun, type GitSettings, runGit } from './git-process.js';

/** One bare repository of the built-in host. Everything that reads or writes it takes this as first argument. */
export class BareRepository {
  readonly path: string;
  private readonly settings: GitSettings;

  constructor(settings: GitSettings, path: string) {
    this.settings = settings;
    this.path = path;
  }

  /** Runs a git command in this repository and returns its output, whatever the exit code. */
  run(args: readonly string[], run: GitRun = {}): Promise<GitOutput> {
    return runGit(this.settings, [`--git-dir=${this.path}`, ...args], run);
  }

  /** Like `run`, for commands that only fail when something is broken. Throws `GitCommandError`. */
  async must(args: readonly string[], run: GitRun = {}): Promise<GitOutput> {
    const output = await this.run(args, run);
    if (output.exitCode !== 0) throw new GitCommandError(args, output);
    return output;
  }

  /** Is there a repository at all? */
  exists(): Promise<boolean> {
    return access(join(this.path, 'HEAD')).then(
      () => true,
      () => false,
    );
  }

  /** The trimmed stdout of a command that must succeed. */
  async text(args: readonly string[], run: GitRun = {}): Promise<string> {
    return (await this.must(args, run)).stdout.toString().trim();
  }
}

/** Where the repository of an id lies below the root: ids only, so that renaming a room moves no folder. */
export function repositoryPath(root: string, repositoryId: string): string {
  if (!isId(repositoryId)) throw fail('git.not_found', { what: 'repository' });
  return join(root, `${repositoryId}.git`);
}
