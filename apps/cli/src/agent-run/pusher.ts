import type { GitCredential } from '@clawtank/contracts';
import { pause } from '../commands/pause.js';
import { lastWords } from '../git/git.js';
import { CliError } from '../usage-error.js';
import { NEEDS_APPROVAL, ON_HOLD } from './while-people-decide.js';
import { Turns } from './turns.js';
import type { Worktree } from './worktree.js';

const LOOK_EVERY_MS = 400;
const RETRIES = 6;
const FIRST_PAUSE_MS = 1_000;
/** What git says when the server itself refused, rather than the way to it. */
const REFUSED = /remote rejected|pre-receive hook declined|Authentication failed|protected/i;
const HELD = /put the room on hold/i;
const UNAPPROVED = /needs an approval/i;
const STALE = /claim behind this credential has ended|Authentication failed/i;

/** The claim ended meanwhile; the push was refused and nothing of it is on the server. */
export class StalePush extends Error {}

/** Pushes a worktree's commits: as they appear while the command runs, and at its end. */
export class Pusher {
  private readonly turns = new Turns();
  private pushed: string | undefined;

  constructor(
    private readonly worktree: Worktree,
    private readonly credential: GitCredential,
  ) {}

  /** Pushes each new commit until the signal is aborted. A conflict shows as soon as its lines are pushed. */
  async watch(signal: AbortSignal, onStale: () => void): Promise<void> {
    this.pushed = await this.worktree.head();
    while (!signal.aborted) {
      await pause(LOOK_EVERY_MS, signal).catch(() => {});
      if (signal.aborted) return;
      try {
        if ((await this.worktree.head()) !== this.pushed) await this.pushOnce(signal);
      } catch (error) {
        if (error instanceof StalePush) return onStale();
        // An approval is for one commit: asked for each on the way, people would decide on what is history soon.
        if (error instanceof CliError && error.reason === NEEDS_APPROVAL) return;
        // The push at the end tries again, with more patience.
      }
    }
  }

  /**
   * Pushes what is committed, again and again while the server can't be reached.
   * @throws StalePush, CliError `git.push_failed`
   */
  async push(signal: AbortSignal): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.pushOnce(signal);
      } catch (error) {
        const final =
          !(error instanceof CliError) || error.reason !== 'git.unreachable' || attempt === RETRIES;
        if (final || signal.aborted) throw error;
        await pause(FIRST_PAUSE_MS * 2 ** attempt, signal);
      }
    }
  }

  private pushOnce(signal: AbortSignal): Promise<void> {
    return this.turns.run(async () => {
      const head = await this.worktree.head();
      if (head === this.pushed && !(await this.worktree.isAhead())) return;
      const { code, stderr } = await this.worktree.push(this.credential, signal);
      if (code === 0) {
        this.pushed = head;
        return;
      }
      if (STALE.test(stderr)) throw new StalePush(lastWords(stderr));
      const reason = refusalOf(stderr);
      throw new CliError(reason, `git push: ${lastWords(stderr)}`);
    });
  }
}

function refusalOf(stderr: string): string {
  if (HELD.test(stderr)) return ON_HOLD;
  if (UNAPPROVED.test(stderr)) return NEEDS_APPROVAL;
  return REFUSED.test(stderr) ? 'git.push_failed' : 'git.unreachable';
}
