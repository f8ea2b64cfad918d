import type { Actor, CheckView, ReviewComment } from '@clawtank/contracts';
import { ALLOWED, type Verdict } from '@clawtank/kernel';
import { deny } from './failures.js';

export interface PullRequest {
  readonly id: string;
  readonly roomId: string;
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly state: 'open' | 'merged' | 'closed';
  readonly branch: string;
  readonly base: string;
  readonly headSha: string;
  readonly taskId: string;
  readonly author: Actor;
  /** `unknown` until it was computed for the present heads. */
  readonly mergeable: 'clean' | 'conflict' | 'unknown';
  readonly conflictFiles: readonly string[];
  readonly mergedSha: string | null;
  readonly createdAt: Date;
  readonly mergedAt: Date | null;
}

export interface Review {
  readonly id: string;
  readonly reviewer: Actor;
  readonly verdict: 'approve' | 'request_changes';
  readonly body: string;
  /** The commit it speaks of. */
  readonly sha: string;
  readonly comments: readonly ReviewComment[];
  readonly createdAt: Date;
}

/**
 * Is the present head approved? Each reviewer's latest word on this very commit counts: at least one approval
 * by somebody else than the agent whose work it is, and nobody who asks for changes.
 */
export function isApproved(
  request: Pick<PullRequest, 'headSha' | 'author'>,
  reviews: readonly Review[],
): boolean {
  const latest = new Map<string, Review['verdict']>();
  for (const review of reviews) {
    // At a host that has its own accounts anybody may approve; that host's own rules know what it is worth.
    const counts = review.reviewer.kind !== 'webhook' || review.verdict !== 'approve';
    if (review.sha === request.headSha && counts)
      latest.set(`${review.reviewer.kind}:${review.reviewer.id}`, review.verdict);
  }
  // A person's word on work of its own was only taken where nobody else is there.
  if (request.author.kind === 'agent') latest.delete(`agent:${request.author.id}`);
  const verdicts = [...latest.values()];
  return verdicts.includes('approve') && !verdicts.includes('request_changes');
}

export function mayReview(request: PullRequest, reviewer: Pick<Actor, 'kind' | 'id'>): Verdict {
  if (request.state !== 'open') return deny('git.not_open', { number: request.number, state: request.state });
  const own = reviewer.kind === 'agent' && reviewer.id === request.author.id;
  return own ? deny('git.own_work', {}) : ALLOWED;
}

/** Whether a pull request may be merged by a person of the room, as far as git knows; its task has a say too. */
export function mayMerge(
  request: PullRequest,
  reviews: readonly Review[],
  checks: readonly CheckView[],
): Verdict {
  const { number } = request;
  if (request.state !== 'open') return deny('git.not_open', { number, state: request.state });
  if (!isApproved(request, reviews)) return deny('git.not_approved', { number });
  const failed = checks
    .filter(({ state }) => state === 'failure' || state === 'error')
    .map(({ context }) => context);
  if (failed.length > 0) return deny('git.checks_failed', { number, failed });
  if (request.mergeable === 'conflict') return deny('git.merge_conflict', { files: request.conflictFiles });
  return ALLOWED;
}

/** Who may take a pull request out of the merge queue. */
export function mayWithdraw(
  by: Pick<Actor, 'kind' | 'id'>,
  parties: {
    readonly hostId: string;
    /** Whoever holds the task, with the person behind; null without. */
    readonly holder: { readonly id: string; readonly userId: string } | null;
    /** Whoever asked for the merge. */
    readonly askedBy: Pick<Actor, 'id'>;
  },
): Verdict {
  const { hostId, holder, askedBy } = parties;
  const people = [hostId, holder?.userId];
  const own = by.id === holder?.id || by.id === askedBy.id;
  return own || (by.kind === 'human' && people.includes(by.id))
    ? ALLOWED
    : deny('git.not_yours_to_withdraw', {});
}

/** People of the room may close any pull request; an agent only its own. */
export function mayClose(request: PullRequest, by: Pick<Actor, 'kind' | 'id'>): Verdict {
  const { number, state } = request;
  if (state !== 'open') return deny('git.not_open', { number, state });
  const own = by.kind === request.author.kind && by.id === request.author.id;
  return by.kind === 'human' || own ? ALLOWED : deny('git.not_yours', {});
}
