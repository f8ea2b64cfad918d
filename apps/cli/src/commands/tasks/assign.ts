import type { Command } from 'commander';
import type { Start } from '../../start.js';
import { cliOf, roomOption, type RoomOption } from '../options.js';
import { findPrincipal } from '../principals.js';
import { findTask } from './find-task.js';

export function addAssign(tasks: Command, start: Start): void {
  tasks
    .command('assign')
    .description('claim a task for somebody')
    .argument('<task>', 'key or id')
    .argument('<who>', 'user name, @handle or id')
    .addOption(roomOption())
    .action(async (text: string, who: string, options: RoomOption, command: Command) => {
      const cli = cliOf(command, start);
      const room = cli.room(options.room);
      const task = await findTask(cli, room, text);
      const { id, name } = await findPrincipal(cli, room, who);
      const done = await cli.rest.command('task.assign', { task_id: task.id, assignee_id: id }, cli);
      cli.out.result(done, () => `${done.task.key} is ${name}'s (claim ${done.fence}).`);
    });
}
