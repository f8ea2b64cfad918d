import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GitCredential } from '@clawtank/contracts';
import { credentialEnv } from '../git/credential-env.js';
import { git, type GitAnswer, lastWords, runGit } from '../git/git.js';
import { CliError } from '../usage-error.js';

const MARKS = /^(<{7}|>{7}|\|{7}) /m;

interface Author {
  readonly name: string;
  readonly email: string;
}

/** The folder in which the command works on one claim. */
export class Worktree {
  constructor(
    readonly path: string,
    private readonly claim: { readonly branch: string; readonly base_branch: string },
  ) {}

  head(): Promise<string> {
    return this.git('rev-parse', 'HEAD');
  }

  /** Commits that the claim has brought: those its base branch lacks. */
  async commitsSinceBase(): Promise<number> {
    return Number(
      await this.git('rev-list', '--count', `refs/remotes/origin/${this.claim.base_branch}..HEAD`),
    );
  }

  /** True when the server's branch lacks something of this one. */
  async isAhead(): Promise<boolean> {
    const pushed = `refs/remotes/origin/${this.claim.branch}`;
    const known = await this.run('rev-parse', '--verify', '--quiet', pushed);
    if (known.code !== 0) return (await this.commitsSinceBase()) > 0;
    return Number(await this.git('rev-list', '--count', `${pushed}..HEAD`)) > 0;
  }

  /**
   * Commits everything that changed.
   * @returns false when there was nothing to commit
   */
  async commitAll(message: string, author: Author): Promise<boolean> {
    await this.git('add', '--all');
    const merging = await this.isMerging();
    const clean = (await this.run('diff', '--cached', '--quiet')).code === 0;
    if (clean && !merging) return false;
    const { name, email } = author;
    await this.git(
      ...['-c', `user.name=${name}`, '-c', `user.email=${email}`, '-c', 'commit.gpgSign=false'],
      ...['commit', '--quiet', '--no-verify', '--cleanup=verbatim', '--author', `${name} <${email}>`],
      ...['--message', message],
    );
    return true;
  }

  /** Pushes what is committed to the claim's branch. */
  push(credential: GitCredential, signal: AbortSignal): Promise<GitAnswer> {
    const refs = `HEAD:refs/heads/${this.claim.branch}`;
    const call = { cwd: this.path, env: credentialEnv(credential), signal };
    return runGit(['push', '--quiet', '--no-verify', 'origin', refs], call);
  }

  /**
   * Merges another branch in, without committing.
   * @returns the files with conflict marks; none when it merges by itself
   */
  async mergeIn(branch: string, author: Author): Promise<readonly string[]> {
    if (!(await this.isMerging())) {
      const as = ['-c', `user.name=${author.name}`, '-c', `user.email=${author.email}`];
      const merge = [...as, 'merge', '--quiet', '--no-commit', '--no-ff', `refs/remotes/origin/${branch}`];
      const { code, stdout, stderr } = await this.run(...merge);
      if (code !== 0 && !(await this.isMerging())) {
        throw new CliError('git.failed', `git merge: ${lastWords(stderr || stdout)}`);
      }
    }
    return this.unmerged();
  }

  /** A merge is begun and not committed. */
  async isMerging(): Promise<boolean> {
    return (await this.run('rev-parse', '--verify', '--quiet', 'MERGE_HEAD')).code === 0;
  }

  /** Files of a merge that git could not put together. */
  async unmerged(): Promise<readonly string[]> {
    const paths = await this.git('diff', '--name-only', '--diff-filter=U', '-z');
    return paths.split('\0').filter((path) => path !== '');
  }

  /** Those of the files that still hold conflict marks. */
  withMarks(files: readonly string[]): readonly string[] {
    return files.filter((file) => {
      try {
        return MARKS.test(readFileSync(join(this.path, file), 'utf8'));
      } catch {
        // Deleting it is a way to resolve it.
        return false;
      }
    });
  }

  private git(...args: readonly string[]): Promise<string> {
    return git(args, { cwd: this.path });
  }

  private run(...args: readonly string[]): Promise<GitAnswer> {
    return runGit(args, { cwd: this.path });
  }
}
