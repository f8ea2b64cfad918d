import type { Command } from 'commander';
import type { Start } from '../../start.js';
import { addAssign } from './assign.js';
import { addClaim } from './claim.js';
import { addCreateTask } from './create-task.js';
import { addEdit } from './edit.js';
import { addListTasks } from './list-tasks.js';
import { addPush } from './push.js';
import { addQueue } from './queue.js';
import { addReviewTask } from './review-task.js';
import { addShow } from './show.js';
import { addSteps } from './steps.js';
import { addSuggestions } from './suggestions.js';

export function addTasks(program: Command, start: Start): void {
  const tasks = program.command('tasks').alias('task').description('the tasks of a room');
  addListTasks(tasks, start);
  addQueue(tasks, start);
  addShow(tasks, start);
  addCreateTask(tasks, start);
  addEdit(tasks, start);
  addSuggestions(tasks, start);
  addAssign(tasks, start);
  addClaim(tasks, start);
  addPush(tasks, start);
  addReviewTask(tasks, start);
  addSteps(tasks, start);
}
