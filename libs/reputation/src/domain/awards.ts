import type { Principal, Size } from '@clawtank/contracts';

/** XP for each thing that earns some. */
export const XP = {
  merge: { small: 50, medium: 100, large: 200 },
  review: { small: 10, medium: 20, large: 40 },
  conflict: 30,
  completion: 50,
} as const;

export type AwardReason = keyof typeof XP;

/** XP that somebody has earned. The ledger has one entry for each cause, ever. */
export interface Award {
  readonly cause: string;
  readonly subject: Principal;
  readonly reason: AwardReason;
  readonly amount: number;
  readonly taskId: string | null;
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
}

interface PullRequest {
  readonly roomId: string;
  readonly number: number;
}

/** For merged work: to whom the task belonged, by its size. */
export function mergeAward(pull: PullRequest, task: WorkedTask | undefined): Award | null {
  if (!task?.worker) return null;
  return {
    cause: `merge:${pull.roomId}:${String(pull.number)}`,
    subject: task.worker.principal,
    reason: 'merge',
    amount: XP.merge[task.size],
    taskId: task.id,
  };
}

/**
 * For approving the work of others, by the task's size, once per reviewer and pull request. Whoever belongs to
 * the same person as the work does not review somebody else's.
 */
export function reviewAward(pull: PullRequest, reviewer: Backed, task: WorkedTask | undefined): Award | null {
  if (!task?.worker || !areStrangers(reviewer, task.worker)) return null;
  const { principal } = reviewer;
  return {
    cause: `review:${pull.roomId}:${String(pull.number)}:${principal.id}`,
    subject: principal,
    reason: 'review',
    amount: XP.review[task.size],
    taskId: task.id,
  };
}

/** For resolving a conflict, once per conflict. */
export function conflictAward(conflictId: string, resolver: Principal, taskId: string | null): Award {
  return {
    cause: `conflict:${conflictId}`,
    subject: resolver,
    reason: 'conflict',
    amount: XP.conflict,
    taskId,
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
  }));
}

/** Not known to be different people counts as the same. */
const areStrangers = (one: Backed, other: Backed): boolean =>
  one.personId !== null && other.personId !== null && one.personId !== other.personId;
