import { createHmac } from 'node:crypto';
import { ZERO_SHA } from '../../../domain/ref-names.js';
import type { PeerClock } from '../peer-clock.js';
import type { PeerDeliveries, PeerHook } from '../deliveries.js';
import { movesBetween, type PeerAuthor, type PeerRefMove } from '../peer-repository.js';
import type { Place } from './examples.js';
import type {
  GithubRepository,
  PeerAccount,
  PeerCheckRun,
  PeerProtection,
  PeerPull,
  PeerReview,
  PeerStatus,
} from './model.js';
import {
  checkRunPayload,
  pingPayload,
  type PullAction,
  pullPayload,
  pushPayload,
  refPayload,
  reviewPayload,
  type Scene,
  statusPayload,
} from './payloads.js';

const HEADS = 'refs/heads/';
/** A push of more tags than this makes no event at all, as on GitHub. */
const MAX_TAGS_TOLD = 3;
const MAX_COMMITS_TOLD = 2_048;

export const NO_PROTECTION: PeerProtection = {
  classic: false,
  pullRequest: false,
  approvals: 0,
  checks: [],
  signatures: false,
  linear: false,
};

/** Ids count up across the whole peer. */
export class Ids {
  private last = 1_000;

  next(): number {
    this.last += 1;
    return this.last;
  }
}

/** Why a merge is refused, with GitHub's own status and words. */
export interface MergeRefusal {
  readonly status: number;
  readonly message: string;
}

/** One repository as people and the API work on it: what each act changes, and whom the hooks tell. */
export class GithubWorld {
  /** How many looks at a changed pull request still find its mergeability unknown. */
  unknownLooks = 1;
  private telling: Promise<unknown> = Promise.resolve();

  constructor(
    readonly repository: GithubRepository,
    readonly place: Place,
    private readonly ids: Ids,
    private readonly clock: PeerClock,
  ) {}

  get deliveries(): PeerDeliveries {
    return this.repository.deliveries;
  }

  // ── Acts of people, outside of ClawTank ──────────────────────────────────────────────────────────────

  /** Somebody pushes files onto a branch, which is made from the default one when it is missing. */
  async push(
    branch: string,
    files: Readonly<Record<string, string | null>>,
    options: {
      readonly by?: PeerAuthor & { readonly login?: string };
      readonly message?: string;
      readonly from?: string;
    } = {},
  ): Promise<string> {
    const { by = { name: 'Octo', email: 'octo@peer.invalid' }, message = `Change ${branch}`, from } = options;
    const { git, defaultBranch } = this.repository;
    const base =
      (await git.resolve(from ?? HEADS + branch)) ?? (await git.resolve(HEADS + defaultBranch)) ?? null;
    const sha = await git.write(base, files, message, {
      name: by.name,
      email: by.email,
      date: this.clock.iso(),
    });
    await this.changeRefs(this.account(by.login ?? 'octo'), () => git.move(HEADS + branch, sha));
    return sha;
  }

  /** Somebody makes, moves or (null) deletes a ref by force. */
  async moveRef(ref: string, to: string | null, login = 'octo'): Promise<void> {
    await this.changeRefs(this.account(login), () => this.repository.git.move(ref, to));
  }

  async openPull(
    by: PeerAccount,
    input: {
      readonly title: string;
      readonly body: string;
      readonly head: string;
      readonly base: string;
      readonly draft?: boolean;
    },
  ): Promise<PeerPull> {
    const { git, pulls } = this.repository;
    const at = this.clock.now();
    const [headSha, baseSha] = [await git.resolve(HEADS + input.head), await git.resolve(HEADS + input.base)];
    const pull: PeerPull = {
      id: this.ids.next(),
      // Nothing may be awaited between this and the adding: two that are opened at once would share a number.
      number: pulls.length + 1,
      account: by,
      branch: input.head,
      createdAt: at,
      base: input.base,
      title: input.title,
      body: input.body,
      open: true,
      draft: input.draft ?? false,
      headSha: headSha ?? ZERO_SHA,
      baseSha: baseSha ?? ZERO_SHA,
      mergeSha: null,
      mergedBy: null,
      closedAt: null,
      updatedAt: at,
      verdict: null,
      reviews: [],
    };
    pulls.push(pull);
    this.tellPull('opened', pull, by);
    return pull;
  }

  review(
    by: PeerAccount,
    pull: PeerPull,
    review: Pick<PeerReview, 'state' | 'body' | 'comments'>,
  ): PeerReview {
    const made = { ...review, id: this.ids.next(), account: by, sha: pull.headSha, at: this.clock.now() };
    pull.reviews.push(made);
    pull.updatedAt = made.at;
    this.tell('pull_request_review', 'submitted', (scene) => reviewPayload(scene, pull, made), by);
    return made;
  }

  setOpen(by: PeerAccount, pull: PeerPull, open: boolean): void {
    if (pull.open === open) return;
    pull.open = open;
    pull.closedAt = open ? null : this.clock.now();
    pull.updatedAt = this.clock.now();
    this.tellPull(open ? 'reopened' : 'closed', pull, by);
  }

  edit(by: PeerAccount, pull: PeerPull, change: { readonly title?: string; readonly body?: string }): void {
    pull.title = change.title ?? pull.title;
    pull.body = change.body ?? pull.body;
    pull.updatedAt = this.clock.now();
    this.tellPull('edited', pull, by);
  }

  setStatus(
    by: PeerAccount,
    status: Pick<PeerStatus, 'sha' | 'context' | 'state' | 'description' | 'targetUrl'>,
  ): PeerStatus {
    const made = { ...status, id: this.ids.next(), at: this.clock.now(), account: by };
    this.repository.statuses.push(made);
    this.tell(
      'status',
      null,
      async (scene) => statusPayload(scene, made, await this.branchesAt(made.sha)),
      by,
    );
    return made;
  }

  /** A check run of somebody's App, begun or (with a conclusion) completed. */
  checkRun(sha: string, name: string, conclusion: PeerCheckRun['conclusion']): PeerCheckRun {
    const known = this.repository.checkRuns.find((run) => run.sha === sha && run.name === name);
    const run: PeerCheckRun = known ?? {
      id: this.ids.next(),
      sha,
      name,
      status: 'in_progress',
      conclusion: null,
      startedAt: this.clock.now(),
      completedAt: null,
    };
    if (!known) this.repository.checkRuns.push(run);
    run.conclusion = conclusion;
    run.status = conclusion === null ? 'in_progress' : 'completed';
    run.completedAt = conclusion === null ? null : this.clock.now();
    const shown = { ...run };
    this.tell('check_run', conclusion === null ? 'created' : 'completed', (scene) =>
      checkRunPayload(scene, shown),
    );
    return run;
  }

  async protect(branch: string, rules: Partial<PeerProtection>): Promise<void> {
    this.repository.protections.set(branch, { ...NO_PROTECTION, ...rules });
    const refs = [...this.repository.protections].flatMap(([name, { pullRequest, signatures }]) =>
      pullRequest || signatures ? [HEADS + name] : [],
    );
    await this.repository.git.protect(refs);
  }

  // ── Merging ──────────────────────────────────────────────────────────────────────────────────────────

  /** GitHub computes it only when somebody looks, and says null until it has. */
  async look(pull: PeerPull): Promise<void> {
    if (!pull.open) return;
    const key = `${pull.baseSha} ${pull.headSha}`;
    if (pull.verdict?.key !== key) {
      const mergeable = (await this.repository.git.trial(pull.baseSha, pull.headSha)) !== undefined;
      pull.verdict = { key, unknownFor: this.unknownLooks, mergeable };
    } else pull.verdict = { ...pull.verdict, unknownFor: pull.verdict.unknownFor - 1 };
  }

  async merge(
    by: PeerAccount,
    pull: PeerPull,
    message: string,
    head?: string,
  ): Promise<{ sha: string } | MergeRefusal> {
    const refusal = this.whyNotMerged(pull, head);
    if (refusal) return refusal;
    const { git } = this.repository;
    const ref = HEADS + pull.base;
    const base = (await git.resolve(ref)) ?? pull.baseSha;
    const tree = await git.trial(base, pull.headSha);
    if (tree === undefined) return { status: 405, message: 'Pull Request is not mergeable' };
    const author = {
      name: by.login,
      email: `${by.login}@users.noreply.peer.invalid`,
      date: this.clock.iso(),
    };
    const committer = { name: 'GitHub', email: 'noreply@github.com', date: this.clock.iso() };
    const sha = await git.writeCommit({ tree, parents: [base, pull.headSha], message, author, committer });
    await this.changeRefs(by, async () => {
      await git.move(ref, sha, base);
      this.closeMerged(by, pull, sha);
    });
    return { sha };
  }

  private whyNotMerged(pull: PeerPull, head: string | undefined): MergeRefusal | undefined {
    const rules = this.repository.protections.get(pull.base) ?? NO_PROTECTION;
    if (!pull.open) return { status: 405, message: 'Pull Request is not mergeable' };
    if (head !== undefined && head !== pull.headSha)
      return { status: 409, message: 'Head branch was modified. Review and try the merge again.' };
    const latest = new Map(pull.reviews.map((review) => [review.account.login, review]));
    const approvals = [...latest.values()].filter(
      ({ state, sha }) => state === 'APPROVED' && sha === pull.headSha,
    );
    if (approvals.length < rules.approvals)
      return {
        status: 405,
        message: `At least ${String(rules.approvals)} approving review is required by reviewers with write access.`,
      };
    const missing = rules.checks.find((check) => !this.hasPassed(pull.headSha, check));
    return missing ? { status: 405, message: `Required status check "${missing}" is expected.` } : undefined;
  }

  private hasPassed(sha: string, check: string): boolean {
    const status = this.repository.statuses.findLast((one) => one.sha === sha && one.context === check);
    const run = this.repository.checkRuns.findLast((one) => one.sha === sha && one.name === check);
    return status?.state === 'success' || run?.conclusion === 'success';
  }

  private closeMerged(by: PeerAccount, pull: PeerPull, sha: string): void {
    pull.mergeSha = sha;
    pull.mergedBy = by;
    pull.open = false;
    pull.closedAt = this.clock.now();
    pull.updatedAt = this.clock.now();
    this.tellPull('closed', pull, by);
  }

  // ── Refs ─────────────────────────────────────────────────────────────────────────────────────────────

  /** Runs what moves refs, then does everything that GitHub does about moved refs. */
  async changeRefs<T>(by: PeerAccount, work: () => Promise<T>): Promise<T> {
    const before = await this.repository.git.refs();
    const result = await work();
    const moves = movesBetween(before, await this.repository.git.refs());
    await this.follow(by, moves);
    return result;
  }

  private async follow(by: PeerAccount, moves: readonly PeerRefMove[]): Promise<void> {
    if (moves.length === 0) return;
    await this.nameDefault(moves);
    const tags = moves.filter(({ ref }) => ref.startsWith('refs/tags/'));
    for (const move of moves) {
      if (tags.length > MAX_TAGS_TOLD && tags.includes(move)) continue;
      if (move.before === ZERO_SHA)
        this.tell('create', null, (scene) => refPayload(scene, 'create', move.ref), by);
      if (move.after === ZERO_SHA)
        this.tell('delete', null, (scene) => refPayload(scene, 'delete', move.ref), by);
      this.tell('push', null, (scene) => this.describePush(scene, move), by);
    }
    for (const move of moves) await this.followPulls(by, move);
  }

  /** The first branch of an empty repository becomes its default one. */
  private async nameDefault(moves: readonly PeerRefMove[]): Promise<void> {
    const { git, defaultBranch } = this.repository;
    const heads = [...(await git.refs()).keys()].filter((ref) => ref.startsWith(HEADS));
    const made = moves.find(({ ref, before }) => ref.startsWith(HEADS) && before === ZERO_SHA);
    if (!made || heads.includes(HEADS + defaultBranch) || heads.length !== 1) return;
    this.repository.defaultBranch = made.ref.slice(HEADS.length);
    await git.setHead(made.ref);
  }

  private async describePush(scene: Scene, move: PeerRefMove): Promise<object> {
    const { git } = this.repository;
    const gone = move.after === ZERO_SHA;
    const tag = move.ref.startsWith('refs/tags/');
    const after = gone ? undefined : await git.resolve(move.after);
    const fresh = gone || tag ? [] : (await git.between(move.before, move.after)).slice(-MAX_COMMITS_TOLD);
    const forced =
      !gone && !tag && move.before !== ZERO_SHA && !(await git.isAncestor(move.before, move.after));
    const commits = await Promise.all((move.before === ZERO_SHA ? [] : fresh).map((sha) => git.commit(sha)));
    return pushPayload(scene, move, { commits, head: after ? await git.commit(after) : null, forced });
  }

  private async followPulls(by: PeerAccount, { ref, before, after }: PeerRefMove): Promise<void> {
    for (const pull of this.repository.pulls.filter(({ open }) => open)) {
      if (ref === HEADS + pull.branch) {
        if (after === ZERO_SHA) this.setOpen(by, pull, false);
        else {
          pull.headSha = after;
          pull.updatedAt = this.clock.now();
          this.tellPull('synchronize', pull, by, { before, after });
        }
      } else if (ref === HEADS + pull.base && after !== ZERO_SHA) {
        pull.baseSha = after;
        // Merged by hand: GitHub sees it by the commits alone.
        if (await this.repository.git.isAncestor(pull.headSha, after)) this.closeMerged(by, pull, after);
      }
    }
  }

  private async branchesAt(sha: string): Promise<readonly string[]> {
    const refs = [...(await this.repository.git.refs())];
    return refs.flatMap(([ref, at]) =>
      at === sha && ref.startsWith(HEADS) ? [ref.slice(HEADS.length)] : [],
    );
  }

  // ── Hooks ────────────────────────────────────────────────────────────────────────────────────────────

  ping(hook: PeerHook, by: PeerAccount): void {
    this.tellHooks([hook], 'ping', null, (scene) => pingPayload(scene, hook), by);
  }

  /** Resolves when everything that happened has been told, as far as it is told at all. */
  async settled(): Promise<void> {
    await this.telling;
    await this.deliveries.settled();
  }

  account(login: string): PeerAccount {
    return {
      id: [...login].reduce((sum, char) => sum * 31 + char.charCodeAt(0), 7) % 100_000_007,
      login,
      type: 'User',
    };
  }

  private tellPull(
    action: PullAction,
    pull: PeerPull,
    by: PeerAccount,
    moved?: { readonly before: string; readonly after: string },
  ): void {
    const shown = { ...pull, reviews: [...pull.reviews] };
    this.tell('pull_request', action, (scene) => pullPayload(scene, action, shown, moved), by);
  }

  private tell(
    event: string,
    action: string | null,
    describe: (scene: Scene) => object | Promise<object>,
    by: PeerAccount = this.repository.owner,
  ): void {
    const hooks = this.repository.hooks.filter(
      ({ active, events }) => active && (events.includes(event) || events.includes('*')),
    );
    this.tellHooks(hooks, event, action, describe, by);
  }

  /** One after the other: describing a push takes a look at git, and the order of events stays theirs. */
  private tellHooks(
    hooks: readonly PeerHook[],
    event: string,
    action: string | null,
    describe: (scene: Scene) => object | Promise<object>,
    by: PeerAccount,
  ): void {
    if (hooks.length === 0) return;
    const scene = { place: this.place, repository: this.repository, sender: by };
    this.telling = this.telling.then(async () => {
      const body = JSON.stringify(await describe(scene));
      for (const hook of hooks) {
        this.deliveries.deliver(hook, event, action, body, (guid) => githubHeaders(hook, event, guid, body));
      }
    });
  }
}

function githubHeaders(hook: PeerHook, event: string, guid: string, body: string): Record<string, string> {
  const sign = (algorithm: 'sha1' | 'sha256'): string =>
    `${algorithm}=${createHmac(algorithm, hook.secret).update(body).digest('hex')}`;
  return {
    'content-type': 'application/json',
    'user-agent': 'GitHub-Hookshot/peer',
    'x-github-delivery': guid,
    'x-github-event': event,
    'x-github-hook-id': String(hook.id),
    'x-github-hook-installation-target-type': 'repository',
    ...(hook.secret ? { 'x-hub-signature': sign('sha1'), 'x-hub-signature-256': sign('sha256') } : {}),
  };
}
