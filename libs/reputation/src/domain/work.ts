import type { Principal, TaskChange } from '@clawtank/contracts';

/** What the log has told of the work on a task; the evidence behind its XP. */
export interface Work {
  /** Ids of all who have held the task, the first one first. */
  readonly workers: readonly string[];
  /** When its present worker took it. */
  readonly claimedAt: string | null;
  /** When it was handed in first since then. */
  readonly submittedAt: string | null;
  /** How often it was sent back. */
  readonly rounds: number;
  /** Ids of people other than the worker's owner who approved, and who reviewed at all. */
  readonly approvers: readonly string[];
  readonly reviewers: readonly string[];
  readonly capabilities: readonly string[];
  readonly languages: readonly string[];
  /** The pull request that was merged for it, and its merge commit. */
  readonly merged: { readonly number: number; readonly sha: string | null } | null;
}

export const NO_WORK: Work = {
  workers: [],
  claimedAt: null,
  submittedAt: null,
  rounds: 0,
  approvers: [],
  reviewers: [],
  capabilities: [],
  languages: [],
  merged: null,
};

export interface TaskNews {
  readonly change: TaskChange;
  readonly assignee: Principal | null;
  readonly at: string;
  readonly edited?: { readonly capabilities?: readonly string[]; readonly languages?: readonly string[] };
}

/** The work after a change of its task. */
export function afterTaskNews(work: Work, news: TaskNews): Work {
  const asked = news.edited ? { ...work, ...asksOf(news.edited) } : work;
  const held = news.assignee ? afterHolding(asked, news.assignee.id, news) : asked;
  if (news.change === 'submitted') return { ...held, submittedAt: held.submittedAt ?? news.at };
  if (news.change === 'changes_requested') return { ...held, rounds: held.rounds + 1 };
  return held;
}

/** The work after a review by a person who is not the worker's owner. */
export function afterReview(work: Work, personId: string, verdict: 'approve' | 'request_changes'): Work {
  const reviewers = withOne(work.reviewers, personId);
  return verdict === 'approve'
    ? { ...work, reviewers, approvers: withOne(work.approvers, personId) }
    : { ...work, reviewers };
}

function afterHolding(work: Work, workerId: string, news: TaskNews): Work {
  const isNew = work.workers.at(-1) !== workerId;
  const takes = news.change === 'claimed' || news.change === 'assigned';
  if (!isNew && !takes) return work;
  // The clock of who takes a task over begins with them; taking one's own work up again does not restart it.
  const begins = isNew ? { claimedAt: news.at, submittedAt: null } : {};
  return {
    ...work,
    workers: withOne(work.workers, workerId),
    claimedAt: work.claimedAt ?? news.at,
    ...begins,
  };
}

const asksOf = (edited: NonNullable<TaskNews['edited']>): Partial<Work> => ({
  ...(edited.capabilities && { capabilities: edited.capabilities }),
  ...(edited.languages && { languages: edited.languages }),
});

/** Without doubles; the newest last. */
const withOne = (ids: readonly string[], id: string): readonly string[] => [
  ...ids.filter((known) => known !== id),
  id,
];
