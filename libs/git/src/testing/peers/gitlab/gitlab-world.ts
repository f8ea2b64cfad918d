import { createHmac, randomUUID } from 'node:crypto';
import { ZERO_SHA } from '../../../domain/ref-names.js';
import type { PeerDelivery, PeerHook } from '../deliveries.js';
import { PeerDeliveries } from '../deliveries.js';
import type { PeerClock } from '../peer-clock.js';
import { type PeerGitRepository, movesBetween, type PeerRefMove } from '../peer-repository.js';

const HEADS = 'refs/heads/';
/** GitLab takes a break after so many failures in a row. */
const FAILURES = 4;

/** Everybody has a number of their own. */
export const gitlabId = (login: string): number =>
  [...login].reduce((sum, char) => sum * 31 + char.charCodeAt(0), 11) % 1_000_003;

export interface GitlabMerge {
  readonly iid: number;
  readonly author: string;
  readonly branch: string;
  readonly base: string;
  readonly createdAt: Date;
  title: string;
  body: string;
  state: 'opened' | 'closed' | 'merged';
  headSha: string;
  mergeSha: string | null;
  updatedAt: Date;
  /** Of which two commits it was found out, and how many looks are still answered with `checking`. */
  verdict: { key: string; unknownFor: number; clean: boolean } | null;
  approvals: { readonly user: string; readonly at: Date }[];
  /** Who was asked to look at it, and what they said. */
  readonly reviewers: Map<string, 'unreviewed' | 'requested_changes' | 'approved'>;
  /** What its head was, and since when. */
  readonly versions: { readonly sha: string; readonly at: Date }[];
  readonly notes: { readonly id: number; readonly user: string; readonly body: string; readonly at: Date }[];
}

export interface GitlabStatus {
  readonly id: number;
  readonly sha: string;
  readonly name: string;
  readonly status: string;
  readonly description: string | null;
  readonly targetUrl: string | null;
}

/** One project as people and the API work on it. */
export class GitlabWorld {
  defaultBranch = 'main';
  archived = false;
  unknownLooks = 1;
  readonly merges: GitlabMerge[] = [];
  readonly statuses: GitlabStatus[] = [];
  readonly hooks: PeerHook[] = [];
  readonly deliveries = new PeerDeliveries();
  /** Branches that nobody pushes to, with the approvals that a merge needs. */
  readonly protections = new Map<string, number>();
  private readonly failures = new Map<number, number>();
  private telling: Promise<unknown> = Promise.resolve();

  constructor(
    readonly id: number,
    readonly fullName: string,
    readonly web: string,
    readonly git: PeerGitRepository,
    private readonly clock: PeerClock,
  ) {
    this.deliveries.answered = (delivery) => this.count(delivery);
  }

  /** Somebody pushes files onto a branch. */
  async push(
    branch: string,
    files: Readonly<Record<string, string | null>>,
    login = 'octo',
  ): Promise<string> {
    const base =
      (await this.git.resolve(HEADS + branch)) ??
      (await this.git.resolve(HEADS + this.defaultBranch)) ??
      null;
    const by = { name: login, email: `${login}@peer.invalid`, date: this.clock.iso() };
    const sha = await this.git.write(base, files, `Change ${branch}`, by);
    await this.changeRefs(login, () => this.git.move(HEADS + branch, sha));
    return sha;
  }

  async protect(branch: string, approvals: number): Promise<void> {
    this.protections.set(branch, approvals);
    await this.git.protect([...this.protections.keys()].map((name) => HEADS + name));
  }

  async open(
    author: string,
    input: { title: string; body: string; branch: string; base: string },
  ): Promise<GitlabMerge> {
    const at = this.clock.now();
    const headSha = (await this.git.resolve(HEADS + input.branch)) ?? ZERO_SHA;
    const versions = [{ sha: headSha, at }];
    const fresh = {
      state: 'opened' as const,
      mergeSha: null,
      verdict: null,
      approvals: [],
      reviewers: new Map(),
      notes: [],
      versions,
    };
    const merge: GitlabMerge = {
      ...input,
      ...fresh,
      iid: this.merges.length + 1,
      author,
      headSha,
      createdAt: at,
      updatedAt: at,
    };
    this.merges.push(merge);
    this.tellMerge('open', merge, author);
    return merge;
  }

  approve(user: string, merge: GitlabMerge): void {
    merge.approvals.push({ user, at: this.clock.now() });
    this.tellMerge('approved', merge, user);
  }

  /** Somebody looks at it and wants changes, or is asked to look again. */
  say(user: string, merge: GitlabMerge, state: 'unreviewed' | 'requested_changes'): void {
    merge.reviewers.set(user, state);
    this.tellMerge('update', merge, user);
  }

  note(user: string, merge: GitlabMerge, body: string): void {
    const id = merge.notes.length + 1;
    merge.notes.push({ id, user, body, at: this.clock.now() });
    const facts = { id, note: body, noteable_type: 'MergeRequest', system: false };
    this.tell('note', () =>
      Promise.resolve({
        object_kind: 'note',
        event_type: 'note',
        user: { id: gitlabId(user), name: user, username: user },
        project_id: this.id,
        project: this.project(),
        object_attributes: facts,
        merge_request: { iid: merge.iid, title: merge.title, state: merge.state },
      }),
    );
  }

  /** Somebody takes an approval back. */
  unapprove(user: string, merge: GitlabMerge): void {
    merge.approvals = merge.approvals.filter((one) => one.user !== user);
    this.tellMerge('unapproved', merge, user);
  }

  reopen(user: string, merge: GitlabMerge): void {
    if (merge.state !== 'closed') return;
    merge.state = 'opened';
    merge.updatedAt = this.clock.now();
    this.tellMerge('reopen', merge, user);
  }

  close(user: string, merge: GitlabMerge): void {
    if (merge.state !== 'opened') return;
    merge.state = 'closed';
    merge.updatedAt = this.clock.now();
    this.tellMerge('close', merge, user);
  }

  setStatus(status: Omit<GitlabStatus, 'id'>): GitlabStatus {
    const made = { ...status, id: this.statuses.length + 1 };
    this.statuses.push(made);
    // A status makes a pipeline of its own where there is none, and pipelines are what hooks are told of.
    this.tell('pipeline', () =>
      Promise.resolve({
        object_kind: 'pipeline',
        object_attributes: { id: made.id, sha: made.sha, status: made.status, source: 'external' },
        project: this.project(),
        builds: [],
      }),
    );
    return made;
  }

  async look(merge: GitlabMerge): Promise<void> {
    const base = (await this.git.resolve(HEADS + merge.base)) ?? '';
    const key = `${base} ${merge.headSha}`;
    if (merge.verdict?.key === key) merge.verdict.unknownFor -= 1;
    else
      merge.verdict = {
        key,
        unknownFor: this.unknownLooks,
        clean: (await this.git.trial(base, merge.headSha)) !== undefined,
      };
  }

  /** @returns the merge commit, or the status and words of a refusal */
  async accept(
    user: string,
    merge: GitlabMerge,
    message: string,
    sha?: string,
  ): Promise<string | { status: number; message: string }> {
    if (merge.state !== 'opened') return { status: 405, message: '405 Method Not Allowed' };
    if (sha !== undefined && sha !== merge.headSha)
      return { status: 409, message: 'SHA does not match HEAD of source branch' };
    if (merge.approvals.length < (this.protections.get(merge.base) ?? 0))
      return { status: 405, message: '405 Method Not Allowed' };
    const base = (await this.git.resolve(HEADS + merge.base)) ?? '';
    const tree = await this.git.trial(base, merge.headSha);
    if (tree === undefined) return { status: 422, message: 'Branch cannot be merged' };
    const by = { name: user, email: `${user}@peer.invalid`, date: this.clock.iso() };
    const made = await this.git.writeCommit({
      tree,
      parents: [base, merge.headSha],
      message,
      author: by,
      committer: by,
    });
    await this.changeRefs(user, async () => {
      await this.git.move(HEADS + merge.base, made, base);
      this.finish(user, merge, made);
    });
    return made;
  }

  /** Runs what moves refs, then does everything that GitLab does about moved refs. */
  async changeRefs<T>(user: string, work: () => Promise<T>): Promise<T> {
    const before = await this.git.refs();
    const result = await work();
    const moves = movesBetween(before, await this.git.refs());
    for (const move of moves) {
      this.tellPush(move, user);
      await this.follow(user, move);
    }
    return result;
  }

  /** Resolves when everything that happened has been told. */
  async settled(): Promise<void> {
    await this.telling;
    await this.deliveries.settled();
  }

  private async follow(user: string, { ref, before, after }: PeerRefMove): Promise<void> {
    for (const merge of this.merges.filter(({ state }) => state === 'opened')) {
      if (ref === HEADS + merge.branch && after !== ZERO_SHA) {
        merge.headSha = after;
        merge.approvals = [];
        merge.updatedAt = this.clock.now();
        merge.versions.push({ sha: after, at: merge.updatedAt });
        this.tellMerge('update', merge, user, before);
      } else if (
        ref === HEADS + merge.base &&
        after !== ZERO_SHA &&
        (await this.git.isAncestor(merge.headSha, after))
      )
        this.finish(user, merge, after);
    }
  }

  private finish(user: string, merge: GitlabMerge, sha: string): void {
    merge.state = 'merged';
    merge.mergeSha = sha;
    merge.updatedAt = this.clock.now();
    this.tellMerge('merge', merge, user);
  }

  private project(): object {
    const [namespace = '', name = ''] = [
      this.fullName.split('/').slice(0, -1).join('/'),
      this.fullName.split('/').at(-1),
    ];
    const url = `${this.web}/${this.fullName}`;
    return {
      id: this.id,
      name,
      description: '',
      web_url: url,
      avatar_url: null,
      git_ssh_url: `git@peer.invalid:${this.fullName}.git`,
      git_http_url: `${url}.git`,
      namespace,
      visibility_level: 0,
      path_with_namespace: this.fullName,
      default_branch: this.defaultBranch,
      homepage: url,
    };
  }

  private tellPush({ ref, before, after }: PeerRefMove, user: string): void {
    const tag = ref.startsWith('refs/tags/');
    this.tell(tag ? 'tag_push' : 'push', async () => {
      const shas = after === ZERO_SHA || tag ? [] : await this.git.between(before, after);
      const commits = await Promise.all(
        (before === ZERO_SHA ? [] : shas).slice(-20).map((sha) => this.git.commit(sha)),
      );
      return {
        object_kind: tag ? 'tag_push' : 'push',
        event_name: tag ? 'tag_push' : 'push',
        before,
        after,
        ref,
        ref_protected: this.protections.has(ref.slice(HEADS.length)),
        checkout_sha: after === ZERO_SHA ? null : after,
        user_id: 4,
        user_name: user,
        user_username: user,
        user_email: '',
        user_avatar: '',
        project_id: this.id,
        project: this.project(),
        commits: commits.map(({ sha, message, committer, author, added, modified, removed }) => ({
          id: sha,
          message,
          title: message.split('\n')[0],
          timestamp: committer.date,
          url: `${this.web}/${this.fullName}/-/commit/${sha}`,
          author: { name: author.name, email: author.email },
          added,
          modified,
          removed,
        })),
        total_commits_count: shas.length,
      };
    });
  }

  private tellMerge(action: string, merge: GitlabMerge, user: string, oldrev?: string): void {
    const { iid, title, body, state, branch, base, headSha, mergeSha } = merge;
    const last = {
      id: headSha,
      message: '',
      timestamp: this.clock.iso(),
      url: `${this.web}/${this.fullName}/-/commit/${headSha}`,
    };
    const facts = {
      id: this.id * 1_000 + iid,
      iid,
      title,
      description: body,
      state,
      action,
      source_branch: branch,
      target_branch: base,
      source_project_id: this.id,
      target_project_id: this.id,
      merge_commit_sha: mergeSha,
      merge_status: 'unchecked',
      detailed_merge_status: 'unchecked',
      draft: false,
      last_commit: last,
      url: `${this.web}/${this.fullName}/-/merge_requests/${String(iid)}`,
      created_at: merge.createdAt.toISOString(),
      updated_at: merge.updatedAt.toISOString(),
      ...(oldrev ? { oldrev } : {}),
    };
    const who = { id: 4, name: user, username: user, avatar_url: null, email: '[REDACTED]' };
    this.tell('merge_request', () =>
      Promise.resolve({
        object_kind: 'merge_request',
        event_type: 'merge_request',
        user: who,
        project: this.project(),
        object_attributes: facts,
        labels: [],
        changes: {},
        repository: { name: this.fullName.split('/').at(-1), url: '', description: '', homepage: '' },
      }),
    );
  }

  private tell(kind: string, describe: () => Promise<object>): void {
    const hooks = this.hooks.filter(
      ({ active, events }) => active && events.includes(`${kind}_events`.replace('request_', 'requests_')),
    );
    if (hooks.length === 0) return;
    this.telling = this.telling.then(async () => {
      const body = JSON.stringify(await describe());
      const event = kind
        .split('_')
        .map((word) => (word[0] ?? '').toUpperCase() + word.slice(1))
        .join(' ');
      for (const hook of hooks)
        this.deliveries.deliver(hook, `${event} Hook`, null, body, (guid) =>
          headersOf(hook, `${event} Hook`, guid, body, this.web),
        );
    });
  }

  private count({ hookId, statusCode }: PeerDelivery): void {
    const failed = statusCode >= 500;
    const row = failed ? (this.failures.get(hookId) ?? 0) + 1 : 0;
    this.failures.set(hookId, row);
    const hook = this.hooks.find(({ id }) => id === hookId);
    if (hook && row >= FAILURES) hook.active = false;
  }
}

/** The signed form (standard webhooks) where a signing token is set, and the plain token where a secret is. */
function headersOf(
  hook: PeerHook,
  event: string,
  guid: string,
  body: string,
  instance: string,
): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const key = Buffer.from((hook.signingToken ?? '').replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${guid}.${timestamp}.${body}`).digest('base64');
  return {
    'content-type': 'application/json',
    'user-agent': 'GitLab/peer',
    'x-gitlab-event': event,
    'x-gitlab-instance': instance,
    'x-gitlab-webhook-uuid': randomUUID(),
    'x-gitlab-event-uuid': guid,
    'idempotency-key': guid,
    ...(hook.secret ? { 'x-gitlab-token': hook.secret } : {}),
    ...(hook.signingToken
      ? { 'webhook-id': guid, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` }
      : {}),
  };
}
