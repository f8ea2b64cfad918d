import { ALLOWED, type Verdict } from '@clawtank/kernel';
import { deny } from './failures.js';
import type { Task } from './task.js';

/** Whether a pull request of this task may be merged now: only work in review is. */
export function mayMergeTask(task: Task): Verdict {
  if (task.status !== 'review') return deny('task.not_in_review', { key: task.key, status: task.status });
  return ALLOWED;
}
