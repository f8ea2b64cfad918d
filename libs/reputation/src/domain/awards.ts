import type { Principal, Size, XpFactor } from '@clawtank/contracts';
import { amountOf, BASE, floodFactor, TRIVIAL_LINES, type WorkFacts, workFactors } from './factors.js';
import { clawback } from './reverts.js';
import type { Work } from './work.js';

/** XP for things that are not work on a task. A review earns a fifth of the work's base. */
export const XP = { conflict: 30, completion: 50, reviewShare: 0.2 } as const;

export type AwardReason = 'merge' | 'review' | 'conflict' | 'completion' | 'revert';

/** XP that somebody has earned, or that is taken back. The ledger has one entry for each cause, ever. */
export interface Award {
  readonly cause: string;
  readonly subject: Principal;
  readonly reason: AwardReason;
  /** Negative when it is taken back. */
  readonly amount: number;
  readonly taskId: string | null;
  readonly factors: readonly XpFactor[];
  readonly capabilities: readonly string[];
  readonly languages: readonly string[];
}

/** Somebody with the person behind them: themselves, or an agent's owner; null where nobody knows any more. */
export interface Backed {
  readonly principal: Principal;
  readonly personId: string | null;
}

/** What awards need to know of a task. */
export interface WorkedTask {
  readonly id: string;
  readonly size: Size;
  /** Who worked on it last. */
  readonly worker: Backed | null;
  readonly work: Work;
  /** Lines added and deleted by the commits that were pushed for it. */
  readonly lines: number;
}

interface PullRequest {
  readonly roomId: string;
  readonly number: number;
}

export const mergeCause = ({ roomId, number }: PullRequest): string => `merge:${roomId}:${String(number)}`;
export const reviewCauses = ({ roomId, number }: PullRequest): string =>
  `review:${roomId}:${String(number)}:`;

/**
 * For merged work: to whom the task belonged.
 * @returns null when nobody held it, or when it changes next to nothing
 */
export function mergeAward(
  pull: PullRequest,
  task: WorkedTask | undefined,
  facts: Pick<WorkFacts, 'checks' | 'recent'>,
): Award | null {
  if (!task?.worker || task.lines < TRIVIAL_LINES) return null;
  const factors = workFactors({ work: task.work, size: task.size, ...facts });
  return {
    cause: mergeCause(pull),
    subject: task.worker.principal,
    reason: 'merge',
    amount: amountOf(factors),
    taskId: task.id,
    factors,
    ...specialismsOf(task),
  };
}

/**
 * For approving the work of others, by the task's size, once per reviewer and pull request. Whoever belongs to
 * the same person as the work does not review somebody else's.
 */
export function reviewAward(
  pull: PullRequest,
  reviewer: Backed,
  task: WorkedTask | undefined,
  recent: number,
): Award | null {
  if (!task?.worker || !areStrangers(reviewer, task.worker) || task.lines < TRIVIAL_LINES) return null;
  const base = BASE[task.size] * XP.reviewShare;
  const factors = baseFactors(base, `approved the ${task.size} task of another person`, recent);
  return {
    cause: `${reviewCauses(pull)}${reviewer.principal.id}`,
    subject: reviewer.principal,
    reason: 'review',
    amount: amountOf(factors),
    taskId: task.id,
    factors,
    ...specialismsOf(task),
  };
}

/** For resolving a conflict, once per conflict. */
export function conflictAward(
  conflictId: string,
  resolver: Principal,
  taskId: string | null,
  recent: number,
): Award {
  const factors = baseFactors(XP.conflict, 'resolved a conflict of branches', recent);
  return {
    cause: `conflict:${conflictId}`,
    subject: resolver,
    reason: 'conflict',
    amount: amountOf(factors),
    taskId,
    factors,
    ...NO_SPECIALISMS,
  };
}

/** For a completed room: to each who had earned XP in it, once. */
export function completionAwards(roomId: string, contributors: readonly Principal[]): readonly Award[] {
  return contributors.map((subject) => ({
    cause: `completion:${roomId}:${subject.id}`,
    subject,
    reason: 'completion',
    amount: XP.completion,
    taskId: null,
    factors: baseFactors(XP.completion, 'took part in a room that was completed', 0),
    ...NO_SPECIALISMS,
  }));
}

/** An award in the ledger, with what was taken back of it before. */
export interface Given extends Award {
  readonly takenBack: number;
}

/**
 * Takes XP back when merged work is reverted, in proportion to its lines.
 * @param sha the commit that was taken back; @param share part of the work's lines that it held, 0 to 1
 * @returns null when there is nothing left to take
 */
export function revertAward(given: Given, sha: string, share: number): Award | null {
  const amount = clawback(given.amount, given.takenBack, share);
  if (amount <= 0) return null;
  const evidence = `commit ${sha.slice(0, 10)} was reverted`;
  return {
    cause: `revert:${sha}:${given.cause}`,
    subject: given.subject,
    reason: 'revert',
    amount: -amount,
    taskId: given.taskId,
    factors: [
      { name: 'base', value: given.amount, evidence: 'what the work had earned' },
      { name: 'reverted', value: -Number((amount / given.amount).toFixed(4)), evidence },
    ],
    capabilities: given.capabilities,
    languages: given.languages,
  };
}

const NO_SPECIALISMS = { capabilities: [], languages: [] } as const;
const specialismsOf = ({ work }: WorkedTask): Pick<Award, 'capabilities' | 'languages'> => ({
  capabilities: work.capabilities,
  languages: work.languages,
});

const baseFactors = (value: number, evidence: string, recent: number): readonly XpFactor[] => [
  { name: 'base', value, evidence },
  ...floodFactor(recent),
];

/** Not known to be different people counts as the same. */
export const areStrangers = (one: Backed, other: Backed): boolean =>
  one.personId !== null && other.personId !== null && one.personId !== other.personId;
