import type { Command } from 'commander';
import type { Start } from '../../start.js';
import { cliOf, roomOption, type RoomOption } from '../options.js';
import { findTask } from './find-task.js';
import { taskLines } from './task-lines.js';

export function addShow(tasks: Command, start: Start): void {
  tasks
    .command('show')
    .description('one task with all that is known of it')
    .argument('<task>', 'key or id')
    .addOption(roomOption())
    .action(async (text: string, options: RoomOption, command: Command) => {
      const cli = cliOf(command, start);
      const { id } = await findTask(cli, cli.room(options.room), text);
      const found = await cli.rest.query('tasks.get', { task_id: id }, cli);
      cli.out.result(found, () => taskLines(found.task));
    });
}
