import type { Actor } from '@clawtank/contracts';
import type { LogTx } from '@clawtank/events';
import type { Task } from '../domain/task.js';

/** What git tells of a task's branch and pull request. */
export type TaskFact =
  | 'pull_request_opened'
  | 'pull_request_closed'
  | 'merged'
  | 'approved'
  | 'changes_requested'
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
 */
export async function advanceTask(
  _tx: LogTx,
  _taskId: string,
  _fact: TaskFact,
  _info: FactInfo,
): Promise<Task> {
  throw new Error('not built yet');
}
