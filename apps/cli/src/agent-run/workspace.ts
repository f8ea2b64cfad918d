import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GitCredential } from '@clawtank/contracts';
import { credentialEnv, repositoryUrl } from '../git/credential-env.js';
import { git, runGit } from '../git/git.js';
import { endLeftover } from './leftover.js';
import { Turns } from './turns.js';
import { Worktree } from './worktree.js';

export interface WorkspaceParts {
  /** Where everything of this agent in this room is kept. */
  readonly folder: string;
  readonly server: string;
}

/** The part of a claim that says where its work goes. */
export interface BranchClaim {
  readonly branch: string;
  readonly base_branch: string;
  readonly git_credential: GitCredential;
}

/** A bare clone of a room's repository, and a worktree for each task. */
export class Workspace {
  private readonly repository: string;
  // Two fetches at once would fight for git's lock files.
  private readonly turns = new Turns();

  constructor(private readonly parts: WorkspaceParts) {
    this.repository = join(parts.folder, 'repository.git');
  }

  /**
   * The worktree of a claim, as an earlier run left it, or new.
   * @param name a folder name of its own
   */
  prepare(name: string, claim: BranchClaim, signal: AbortSignal): Promise<Worktree> {
    return this.turns.run(async () => {
      await this.ensureRepository(claim.git_credential);
      await this.fetchNow(claim.git_credential, signal);
      const path = join(this.parts.folder, 'worktrees', name);
      await endLeftover(this.noteFile(name), signal);
      await this.ensureWorktree(path, claim);
      return new Worktree(path, claim);
    });
  }

  /** Brings in what others have pushed. */
  fetch(credential: GitCredential, signal: AbortSignal): Promise<void> {
    return this.turns.run(() => this.fetchNow(credential, signal));
  }

  /** Takes the worktree of a finished task away; its branch stays in the clone. */
  remove(name: string): Promise<void> {
    return this.turns.run(async () => {
      const path = join(this.parts.folder, 'worktrees', name);
      if (!existsSync(path)) return;
      const { code } = await runGit(['worktree', 'remove', '--force', path], { cwd: this.repository });
      if (code !== 0) rmSync(path, { recursive: true, force: true });
      await runGit(['worktree', 'prune'], { cwd: this.repository });
    });
  }

  /** Where it is noted which process works in a worktree. */
  noteFile(name: string): string {
    return join(this.parts.folder, 'worktrees', `${name}.pid`);
  }

  /** Writes a file for a job outside of its worktree, where it can't be committed by mistake. */
  writeJobFile(name: string, content: object): string {
    const folder = join(this.parts.folder, 'jobs');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, `${name}.json`);
    writeFileSync(path, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
    return path;
  }

  private async ensureRepository(credential: GitCredential): Promise<void> {
    const url = repositoryUrl(this.parts.server, credential.url);
    mkdirSync(this.parts.folder, { recursive: true, mode: 0o700 });
    const cwd = this.parts.folder;
    if (!existsSync(join(this.repository, 'HEAD'))) {
      await git(['init', '--quiet', '--bare', this.repository], { cwd });
      await git(['config', 'remote.origin.fetch', '+refs/heads/*:refs/remotes/origin/*'], this.here());
    }
    await git(['config', 'remote.origin.url', url], this.here());
  }

  private async fetchNow(credential: GitCredential, signal: AbortSignal): Promise<void> {
    const call = { ...this.here(), env: credentialEnv(credential), signal };
    await git(['fetch', '--quiet', '--prune', '--no-tags', 'origin'], call);
  }

  private async ensureWorktree(path: string, claim: BranchClaim): Promise<void> {
    await runGit(['worktree', 'prune'], this.here());
    if (existsSync(join(path, '.git'))) return;
    rmSync(path, { recursive: true, force: true });
    const local = await this.has(`refs/heads/${claim.branch}`);
    const from = local
      ? [path, claim.branch]
      : ['--no-track', '-b', claim.branch, path, await this.startOf(claim)];
    await git(['worktree', 'add', '--quiet', ...from], this.here());
  }

  /** What an earlier run of the same claim has pushed, or else what the claim forks from. */
  private async startOf({ branch, base_branch }: BranchClaim): Promise<string> {
    const own = `refs/remotes/origin/${branch}`;
    return (await this.has(own)) ? own : `refs/remotes/origin/${base_branch}`;
  }

  private async has(ref: string): Promise<boolean> {
    return (await runGit(['rev-parse', '--verify', '--quiet', ref], this.here())).code === 0;
  }

  private here(): { readonly cwd: string } {
    return { cwd: this.repository };
  }
}
