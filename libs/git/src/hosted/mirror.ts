import { fail } from '../domain/failures.js';
import { HEADS, safeRevision, TAGS } from '../domain/ref-names.js';
import type { GitEntrance } from '../application/forge.js';
import { BareRepository } from '../local/bare-repository.js';
import { createRepository, type RepositoryLimits } from '../local/create-repository.js';
import { type GitOutput, type GitSettings, gitEnvironment, startGit } from '../local/git-process.js';
import { moveOne, type RefMove, resolveCommit } from '../local/refs.js';
import { type Place, pushRefusal, transportFailure } from './transport-failures.js';

export interface MirrorSettings extends GitSettings {
  readonly limits: RepositoryLimits;
  readonly timeoutMs: number;
}

/** Lets git in; `afresh` when the credentials of the last call were refused. */
export type Entrance = (afresh: boolean) => Promise<GitEntrance>;

const MAX_OUTPUT = 1024 * 1024;

/**
 * A bare copy of a hosted repository. Reading, predicting and building commits happen here, with git itself; what
 * is built moves at the host only, by a push that says from where: the compare-and-swap that no REST API has.
 */
export class Mirror {
  readonly repository: BareRepository;
  private running: Promise<void> | undefined;
  private waiting: Promise<void> | undefined;

  constructor(
    private readonly settings: MirrorSettings,
    private readonly place: Place,
    readonly path: string,
    private readonly enter: Entrance,
  ) {
    this.repository = new BareRepository(settings, path);
  }

  async make(): Promise<void> {
    if (await this.repository.exists()) return;
    await createRepository(this.settings, this.path, this.settings.limits).catch(async (error: unknown) => {
      if (!(await this.repository.exists())) throw error;
    });
  }

  /** Brings all branches and tags up to the host's. Callers that come while one waits to begin share it. */
  sync(): Promise<void> {
    if (!this.running) {
      this.running = this.fetch().finally(() => {
        this.running = undefined;
      });
      return this.running;
    }
    this.waiting ??= this.running
      .catch(() => undefined)
      .then(() => {
        this.waiting = undefined;
        return this.sync();
      });
    return this.waiting;
  }

  /** Fetches when a commit is not here yet. */
  async need(...revisions: readonly string[]): Promise<void> {
    for (const revision of revisions) {
      if (await resolveCommit(this.repository, safeRevision(revision))) continue;
      await this.sync();
      return;
    }
  }

  /** Moves one ref at the host, if it is still where the caller saw it, and then here. @throws git.ref_moved, host.* */
  async move({ ref, from, to }: RefMove, object = to): Promise<void> {
    const name = safeRevision(ref);
    const lease = `--force-with-lease=${name}:${from ?? ''}`;
    const output = await this.talk((url) => [
      'push',
      '--porcelain',
      '--no-verify',
      lease,
      '--',
      url,
      `${object ?? ''}:${name}`,
    ]);
    if (output.exitCode !== 0) {
      const refusal = pushRefusal(this.place, name, output);
      // Seen from here the ref stood where it no longer does.
      if (refusal.reason === 'git.ref_moved') await this.sync();
      throw refusal;
    }
    const present = await resolveCommit(this.repository, name);
    if (present !== to)
      await moveOne(this.repository, { ref, from: present ?? null, to }, 'push').catch(() => this.sync());
  }

  private async fetch(): Promise<void> {
    const output = await this.talk((url) => [
      'fetch',
      '--quiet',
      '--prune',
      '--force',
      '--no-tags',
      '--no-auto-maintenance',
      '--no-write-fetch-head',
      '--no-recurse-submodules',
      '--',
      url,
      `+${HEADS}*:${HEADS}*`,
      `+${TAGS}*:${TAGS}*`,
    ]);
    if (output.exitCode !== 0) throw transportFailure(this.place, output.stderr);
  }

  /** Runs a git that talks to the host; once more with new credentials when the first were refused. */
  private async talk(argsOf: (url: string) => readonly string[]): Promise<GitOutput> {
    const first = await this.run(argsOf, await this.enter(false));
    if (
      first.exitCode === 0 ||
      !/Authentication failed|could not read (Username|Password)|error: 401/i.test(first.stderr)
    )
      return first;
    return this.run(argsOf, await this.enter(true));
  }

  private async run(argsOf: (url: string) => readonly string[], entrance: GitEntrance): Promise<GitOutput> {
    const { url, authorization } = entrance;
    const signal = AbortSignal.timeout(this.settings.timeoutMs);
    const config = {
      'http.extraHeader': `Authorization: ${authorization}`,
      'http.followRedirects': 'false',
      'credential.helper': '',
    };
    const env = {
      ...gitEnvironment(this.settings, config),
      GIT_ALLOW_PROTOCOL: new URL(url).protocol.replace(':', ''),
    };
    const args = [`--git-dir=${this.path}`, ...argsOf(url)];
    const output = await startGit(this.settings, args, {
      cwd: this.settings.home,
      env,
      maxBytes: MAX_OUTPUT,
      signal,
    });
    if (output.exitCode === null)
      throw fail('host.unavailable', { host: this.place.host, why: 'git took too long' });
    return { ...output, exitCode: output.exitCode };
  }
}
