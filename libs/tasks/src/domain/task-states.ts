import type { TaskState } from '@clawtank/contracts';
import { fail } from './failures.js';
import type { WorkingState } from './task.js';

export type TaskTrigger =
  | 'create'
  | 'claim'
  | 'assign'
  | 'start'
  | 'submit'
  | 'request_changes'
  | 'close_pull_request'
  | 'leave_merge_queue'
  | 'conflict'
  | 'resolve_conflict'
  | 'await_dependency'
  | 'meet_dependency'
  | 'block'
  | 'unblock'
  | 'merge'
  | 'complete'
  | 'release'
  | 'expire'
  | 'cancel';

/** What a step needs to know besides where the task stands. */
export interface StepFacts {
  /** A dependency is neither complete nor cancelled. */
  readonly dependencyOpen: boolean;
  readonly pullRequestOpen: boolean;
  /** Another reason to stand still is left once this one is gone. */
  readonly stillBlocked: boolean;
  /** Where the task was when it got blocked; null unless it is. */
  readonly blockedFrom: WorkingState | null;
}

/** For steps that no fact decides. */
export const NO_FACTS: StepFacts = {
  dependencyOpen: false,
  pullRequestOpen: false,
  stillBlocked: false,
  blockedFrom: null,
};

/** A state, or one that the facts decide. */
type Target = TaskState | 'open_or_blocked' | 'where_it_was' | 'after_conflict';

interface Step {
  /** Null: the task does not exist yet. */
  readonly from: readonly (TaskState | null)[];
  readonly by: readonly TaskTrigger[];
  readonly to: Target;
  /** Narrows a step from `blocked` to tasks that were in one of these states before. */
  readonly was?: readonly WorkingState[];
}

/**
 * The protocol's table. A task that is blocked already stays so when another reason comes on top; it leaves
 * `blocked` when the last reason has gone.
 */
export const STEPS: readonly Step[] = [
  { from: [null], by: ['create'], to: 'open_or_blocked' },
  { from: ['open'], by: ['claim', 'assign'], to: 'claimed' },
  { from: ['claimed'], by: ['start'], to: 'in_progress' },
  { from: ['in_progress'], by: ['submit'], to: 'review' },
  { from: ['review'], by: ['request_changes', 'close_pull_request', 'leave_merge_queue'], to: 'in_progress' },
  { from: ['in_progress', 'review'], by: ['conflict'], to: 'blocked' },
  { from: ['blocked'], was: ['in_progress', 'review'], by: ['conflict'], to: 'blocked' },
  { from: ['blocked'], by: ['resolve_conflict'], to: 'after_conflict' },
  {
    from: ['open', 'claimed', 'in_progress', 'review', 'blocked'],
    by: ['await_dependency', 'block'],
    to: 'blocked',
  },
  { from: ['blocked'], by: ['meet_dependency', 'unblock'], to: 'where_it_was' },
  { from: ['review'], by: ['merge', 'complete'], to: 'complete' },
  { from: ['claimed', 'in_progress'], by: ['release', 'expire'], to: 'open' },
  { from: ['open', 'claimed', 'in_progress', 'review', 'blocked'], by: ['cancel'], to: 'cancelled' },
];

/** The protocol's answer to a resolved conflict. */
export const afterConflict = (facts: Pick<StepFacts, 'pullRequestOpen'>): WorkingState =>
  facts.pullRequestOpen ? 'review' : 'in_progress';

function resolve(target: Target, facts: StepFacts): TaskState {
  switch (target) {
    case 'open_or_blocked':
      return facts.dependencyOpen ? 'blocked' : 'open';
    case 'where_it_was':
      return facts.stillBlocked ? 'blocked' : (facts.blockedFrom ?? 'open');
    case 'after_conflict':
      return facts.stillBlocked ? 'blocked' : afterConflict(facts);
    default:
      return target;
  }
}

const find = (
  from: TaskState | null,
  trigger: TaskTrigger,
  blockedFrom: WorkingState | null,
): Step | undefined =>
  STEPS.find(
    ({ was, ...step }) =>
      step.from.includes(from) &&
      step.by.includes(trigger) &&
      (!was || (blockedFrom !== null && was.includes(blockedFrom))),
  );

/** True if the table has an edge for this trigger from where the task is. */
export const canAdvance = (
  task: { readonly status: TaskState; readonly blockedFrom: WorkingState | null },
  trigger: TaskTrigger,
): boolean => find(task.status, trigger, task.blockedFrom) !== undefined;

/**
 * Where a task goes from here.
 * @param from null for a task that is being created
 * @throws task.illegal_step where the table has no such edge
 */
export function advance(from: TaskState | null, trigger: TaskTrigger, facts: StepFacts): TaskState {
  const step = find(from, trigger, facts.blockedFrom);
  if (!step) throw fail('task.illegal_step', { from: from ?? 'none', step: trigger });
  return resolve(step.to, facts);
}

/** The claim's clock runs only while its holder is expected to work. */
export const clockRuns = (status: TaskState, asked: boolean): boolean =>
  !asked && (status === 'claimed' || status === 'in_progress');
