import type { TaskView } from '@clawtank/contracts';
import type { Cli } from '../../cli.js';
import { CliError } from '../../usage-error.js';
import { everyPage } from '../every-page.js';

/** All tasks of a room. */
export const listTasks = (cli: Cli, room_id: string, filter: { status?: string } = {}): Promise<TaskView[]> =>
  everyPage((page) => cli.rest.query('tasks.list', { room_id, ...page, ...filter }, cli));

/**
 * A task by its key (`T-12`, `12`) or its id.
 * @throws CliError `task.not_found`
 */
export async function findTask(cli: Cli, room: string, text: string): Promise<TaskView> {
  const key = /^\d+$/.test(text) ? `T-${text}` : text.toUpperCase();
  const found = (await listTasks(cli, room)).find((task) => task.key === key || task.id === text);
  if (found) return found;
  throw new CliError('task.not_found', `There is no task ${text} in ${room}`);
}

/**
 * The fence of a task that is claimed.
 * @throws CliError `task.not_claimed`
 */
export function fenceOf(task: TaskView): number {
  if (task.fence !== null && task.assignee) return task.fence;
  throw new CliError('task.not_claimed', `${task.key} is claimed by nobody`);
}
