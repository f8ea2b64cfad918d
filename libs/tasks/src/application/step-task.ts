import type { Actor } from '@clawtank/contracts';
import { type LogTx, SYSTEM_ACTOR } from '@clawtank/events';
import { invariant } from '@clawtank/kernel';
import type { ClaimEnd, Task, WorkingState } from '../domain/task.js';
import {
  advance,
  afterConflict,
  clockRuns,
  type StepFacts,
  type TaskTrigger,
} from '../domain/task-states.js';
import { endClaim, setClock } from '../persistence/claim-rows.js';
import { type TaskPatch, updateTask } from '../persistence/task-changes.js';
import { findTask, listReleasedBy } from '../persistence/task-rows.js';
import { type Announcement, announceUpdate } from './announce-update.js';
import { grantLeases, standingInTheWay, waitingTasks } from './grant-leases.js';

export interface Step extends Announcement {
  readonly trigger: TaskTrigger;
  /** What else is saved with the step. */
  readonly patch?: TaskPatch;
}

const CLAIM_ENDS: Partial<Record<TaskTrigger, ClaimEnd>> = {
  release: 'released',
  expire: 'expired',
  merge: 'completed',
  complete: 'completed',
  cancel: 'cancelled',
};

/**
 * Takes a task one edge further: state, claim and clock are saved, the change is announced, and whoever waited
 * for the task goes on. The room must be locked.
 * @throws task.illegal_step where the state table has no such edge
 */
export async function stepTask(tx: LogTx, task: Task, step: Step): Promise<Task> {
  const facts = factsOf(task, step.patch);
  const status = advance(task.status, step.trigger, facts);
  const end = CLAIM_ENDS[step.trigger];
  await updateTask(tx, task.id, {
    ...step.patch,
    status,
    blocked_from: status === 'blocked' ? memoryOf(task, step.trigger, facts) : null,
    ...(status === 'open' && end ? { pull_request: null, progress: null, approved_fence: null } : {}),
    ...(status === 'complete' ? { progress: 1 } : {}),
  });
  if (end) await endClaim(tx, task.id, end, step.patch?.note ?? null);
  else await setClock(tx, task.id, clockRuns(status, false));
  const after = await reread(tx, task.id);
  announceUpdate(tx, task, after, step);
  if (status === 'complete' || status === 'cancelled') await settleDependents(tx, after);
  if (end) await settleWaits(tx, after.roomId);
  return after;
}

/** Saves what changed without a step, renews the claim's clock, and announces it. */
export async function touchTask(tx: LogTx, task: Task, step: Omit<Step, 'trigger'>): Promise<Task> {
  await updateTask(tx, task.id, step.patch ?? {});
  await setClock(tx, task.id, clockRuns(task.status, false));
  const after = await reread(tx, task.id);
  announceUpdate(tx, task, after, step);
  return after;
}

export async function reread(tx: LogTx, taskId: string): Promise<Task> {
  const task = await findTask(tx, taskId);
  invariant(task, `task ${taskId} is gone`);
  return task;
}

function factsOf({ blockers, blockedFrom, pullRequest }: Task, patch: TaskPatch = {}): StepFacts {
  const conflict = patch.blocked_conflict === undefined ? blockers.conflict : patch.blocked_conflict;
  const paths = patch.blocked_paths === undefined ? blockers.paths : patch.blocked_paths;
  const manual = patch.blocked_manual === undefined ? blockers.manual : patch.blocked_manual;
  const dependencyOpen = blockers.dependencies.length > 0;
  return {
    dependencyOpen,
    pullRequestOpen: pullRequest !== null,
    stillBlocked: dependencyOpen || conflict !== null || paths !== null || manual !== null,
    blockedFrom,
  };
}

/** What a blocked task goes back to, once it may. */
function memoryOf(task: Task, trigger: TaskTrigger, facts: StepFacts): WorkingState {
  if (trigger === 'resolve_conflict') return afterConflict(facts);
  return task.blockedFrom ?? (task.status as WorkingState);
}

/** Tasks whose last open dependency this was go back to where they were, in the same transaction. */
async function settleDependents(tx: LogTx, done: Task): Promise<void> {
  for (const task of await listReleasedBy(tx, done.id))
    await stepTask(tx, task, { trigger: 'meet_dependency', change: 'unblocked', actor: SYSTEM_ACTOR });
}

/**
 * Paths have become free: claims that wait go on in the order in which they began to wait, each with all the paths
 * it asked for; who still waits is told for whom.
 */
async function settleWaits(tx: LogTx, roomId: string): Promise<void> {
  const ahead: Task[] = [];
  for (const task of await waitingTasks(tx, roomId)) {
    const waiting = task.blockers.paths;
    if (!waiting) continue;
    const way = await standingInTheWay(tx, task, waiting.wanted, { ahead });
    if (way.length === 0) {
      await leaveLine(tx, task, SYSTEM_ACTOR);
      const wanted = waiting.wanted.map((pattern) => ({ pattern, source: 'claim' as const, why: null }));
      await grantLeases(tx, task, wanted, SYSTEM_ACTOR);
      continue;
    }
    ahead.push(task);
    const waits_for = way.map(({ holder: _, ...wait }) => wait);
    if (JSON.stringify(waits_for) === JSON.stringify(waiting.waits_for)) continue;
    await updateTask(tx, task.id, { blocked_paths: { ...waiting, waits_for } });
    announceUpdate(tx, task, await reread(tx, task.id), { change: 'blocked', actor: SYSTEM_ACTOR });
  }
}

/** Takes a claim that waits for paths out of the line; its task goes back to where it was. */
export async function leaveLine(tx: LogTx, task: Task, actor: Actor): Promise<Task> {
  const patch = { blocked_paths: null };
  return stepTask(tx, task, { trigger: 'meet_dependency', change: 'unblocked', actor, patch });
}
