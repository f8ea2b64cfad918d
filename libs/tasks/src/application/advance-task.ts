import type { Actor, TaskChange } from '@clawtank/contracts';
import type { LogTx } from '@clawtank/events';
import { assertNever } from '@clawtank/kernel';
import { fail } from '../domain/failures.js';
import type { Task } from '../domain/task.js';
import { advance, canAdvance, NO_FACTS, type TaskTrigger } from '../domain/task-states.js';
import type { TaskPatch } from '../persistence/task-changes.js';
import { updateTask } from '../persistence/task-changes.js';
import { findTask } from '../persistence/task-rows.js';
import { reread, stepTask, touchTask } from './step-task.js';

/** What git tells of a task's branch and pull request. */
export type TaskFact =
  | 'pull_request_opened'
  | 'pull_request_closed'
  | 'merged'
  | 'approved'
  | 'changes_requested'
  | 'left_merge_queue'
  | 'conflict'
  | 'conflict_resolved';

export interface FactInfo {
  /** Who made it so; the system for what was found out by itself. */
  readonly actor: Actor;
  /** Needed for `pull_request_opened`; where given otherwise, facts of another pull request change nothing. */
  readonly pullRequest?: number;
  /** Files in conflict, for `conflict`. */
  readonly files?: readonly string[];
  readonly comment?: string;
}

/**
 * Applies what git found to a task by the state table and appends `task.update`, with a copy in the assignee's
 * stream. A fact that the task's state has no edge for (a conflict on a cancelled task) changes nothing: git is
 * the truth, and its facts may come late. The room must be locked.
 * @returns the task as it is afterwards
 * @throws task.not_found
 */
export async function advanceTask(tx: LogTx, taskId: string, fact: TaskFact, info: FactInfo): Promise<Task> {
  const task = await findTask(tx, taskId);
  if (!task) throw fail('task.not_found', {});
  if (fact === 'pull_request_opened') return openPullRequest(tx, task, info);
  if (info.pullRequest !== undefined && info.pullRequest !== task.pullRequest) return task;
  switch (fact) {
    case 'pull_request_closed':
      return comeBack(tx, task, 'close_pull_request', { pull_request: null, approved_fence: null }, info);
    case 'changes_requested':
      return comeBack(tx, task, 'request_changes', { approved_fence: null }, info);
    case 'left_merge_queue':
      return comeBack(tx, task, 'leave_merge_queue', { approved_fence: null }, info);
    case 'approved':
      return approve(tx, task, info);
    case 'merged':
      return merge(tx, task, info);
    case 'conflict':
      return meetConflict(tx, task, info);
    case 'conflict_resolved':
      return resolveConflict(tx, task, info);
    default:
      return assertNever(fact);
  }
}

/** Opening a pull request hands the work in: whatever is left of the way to `review` is gone. */
async function openPullRequest(tx: LogTx, task: Task, { actor, pullRequest }: FactInfo): Promise<Task> {
  if (pullRequest === undefined || ['open', 'complete', 'cancelled'].includes(task.status)) return task;
  await updateTask(tx, task.id, {
    pull_request: pullRequest,
    ...(task.status === 'blocked' && task.blockedFrom !== 'open' ? { blocked_from: 'review' } : {}),
  });
  let now = await reread(tx, task.id);
  if (now.status === 'claimed') now = await stepTask(tx, now, { trigger: 'start', change: 'started', actor });
  if (now.status === 'in_progress')
    now = await stepTask(tx, now, { trigger: 'submit', change: 'submitted', actor });
  return now;
}

/** `review` → `in_progress`; a task that is blocked out of review remembers it for later. */
async function comeBack(
  tx: LogTx,
  task: Task,
  trigger: TaskTrigger,
  patch: TaskPatch,
  { actor, comment }: FactInfo,
): Promise<Task> {
  const change = { change: 'changes_requested' as TaskChange, actor, extras: { comment: comment ?? null } };
  if (canAdvance(task, trigger)) return stepTask(tx, task, { trigger, patch, ...change });
  if (task.blockedFrom !== 'review') return Object.keys(patch).length > 0 ? save(tx, task, patch) : task;
  const remembered = advance(task.blockedFrom, trigger, NO_FACTS);
  return touchTask(tx, task, { patch: { ...patch, blocked_from: remembered }, ...change });
}

async function save(tx: LogTx, task: Task, patch: TaskPatch): Promise<Task> {
  await updateTask(tx, task.id, patch);
  return reread(tx, task.id);
}

async function approve(tx: LogTx, task: Task, { actor, comment }: FactInfo): Promise<Task> {
  if (!task.claim || task.claim.endedAt) return task;
  const patch = { approved_fence: task.claim.fence };
  return touchTask(tx, task, { change: 'approved', actor, patch, extras: { comment: comment ?? null } });
}

/** What is merged is done, so reasons to wait no longer count; the way there has only the table's edges. */
async function merge(tx: LogTx, task: Task, { actor }: FactInfo): Promise<Task> {
  let now = task;
  if (now.status === 'blocked') now = await unblockMerged(tx, now, actor);
  if (now.status === 'in_progress')
    now = await stepTask(tx, now, { trigger: 'submit', change: 'submitted', actor });
  if (!canAdvance(now, 'merge')) return now;
  return stepTask(tx, now, { trigger: 'merge', change: 'completed', actor });
}

async function unblockMerged(tx: LogTx, task: Task, actor: Actor): Promise<Task> {
  const patch = { blocked_conflict: null, blocked_paths: null, blocked_manual: null };
  const free = { ...task, blockers: { dependencies: [], conflict: null, paths: null, manual: null } };
  return stepTask(tx, free, { trigger: 'unblock', change: 'unblocked', actor, patch });
}

async function meetConflict(tx: LogTx, task: Task, { actor, files = [] }: FactInfo): Promise<Task> {
  if (!canAdvance(task, 'conflict')) return task;
  const known = task.blockers.conflict;
  if (known && known.length === files.length && known.every((file) => files.includes(file))) return task;
  const patch = { blocked_conflict: files };
  return stepTask(tx, task, { trigger: 'conflict', change: 'blocked', actor, patch });
}

async function resolveConflict(tx: LogTx, task: Task, { actor }: FactInfo): Promise<Task> {
  if (!task.blockers.conflict || !canAdvance(task, 'resolve_conflict')) return task;
  const patch = { blocked_conflict: null };
  return stepTask(tx, task, { trigger: 'resolve_conflict', change: 'unblocked', actor, patch });
}
