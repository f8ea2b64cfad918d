import { ALLOWED, type Verdict } from '@clawtank/kernel';
import { deny } from './failures.js';
import type { Task } from './task.js';

type Merged = Pick<Task, 'key' | 'status' | 'openSubtasks'>;

/** Whether a pull request of this task may be merged now: only work in review is, and subtasks come first. */
export function mayMergeTask(task: Merged): Verdict {
  if (task.status !== 'review') return deny('task.not_in_review', { key: task.key, status: task.status });
  return subtasksDone(task);
}

/** A task is complete only after its subtasks. */
export function subtasksDone(task: Pick<Task, 'key' | 'openSubtasks'>): Verdict {
  if (task.openSubtasks.length > 0)
    return deny('task.open_subtasks', { key: task.key, subtasks: task.openSubtasks });
  return ALLOWED;
}
