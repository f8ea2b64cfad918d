import { type Command, Option } from 'commander';
import { TASK_STATES, type TaskState } from '@clawtank/contracts';
import type { Cli } from '../../cli.js';
import { table } from '../../output/table.js';
import type { Start } from '../../start.js';
import { cliOf, given, roomOption, type RoomOption } from '../options.js';
import { listTasks } from './find-task.js';
import { taskRow } from './task-lines.js';

interface ListOptions extends RoomOption {
  readonly status?: TaskState;
  readonly all?: true;
  readonly mine?: true;
}

export function addListTasks(tasks: Command, start: Start): void {
  tasks
    .command('list', { isDefault: true })
    .description('tasks that are not done')
    .addOption(roomOption())
    .addOption(new Option('--status <status>', 'only tasks in this state').choices(TASK_STATES))
    .option('-a, --all', 'complete and cancelled ones too')
    .option('--mine', 'only those you or your agents hold')
    .action((options: ListOptions, command: Command) => list(cliOf(command, start), options));
}

async function list(cli: Cli, options: ListOptions): Promise<void> {
  const { status } = options;
  const found = await listTasks(cli, cli.room(options.room), given({ status }));
  const open =
    options.all || status
      ? found
      : found.filter((task) => task.status !== 'complete' && task.status !== 'cancelled');
  const own = options.mine ? await ownIds(cli) : undefined;
  const items = own ? open.filter((task) => task.assignee && own.has(task.assignee.id)) : open;
  cli.out.result({ items }, () => (items.length > 0 ? table(items.map(taskRow)) : 'No tasks.'));
}

async function ownIds(cli: Cli): Promise<ReadonlySet<string>> {
  const { items } = await cli.rest.query('agents.list', {}, cli);
  const me = cli.credentials.session()?.user_id;
  return new Set([...items.map((agent) => agent.id), ...(me ? [me] : [])]);
}
