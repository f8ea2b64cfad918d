import type { Command } from 'commander';
import type { Start } from '../../start.js';
import { cliOf, given, roomOption, type RoomOption } from '../options.js';
import { findTask } from './find-task.js';
import { taskFields, type TaskFieldOptions, withTaskFields } from './task-fields.js';
import { taskLines } from './task-lines.js';

interface EditOptions extends RoomOption, TaskFieldOptions {
  readonly title?: string;
}

export function addEdit(tasks: Command, start: Start): void {
  withTaskFields(tasks.command('edit').description('change what a task says'))
    .argument('<task>', 'key or id')
    .addOption(roomOption())
    .option('--title <text>')
    .action(async (text: string, options: EditOptions, command: Command) => {
      const cli = cliOf(command, start);
      const room = cli.room(options.room);
      const { id } = await findTask(cli, room, text);
      const input = {
        task_id: id,
        ...given({ title: options.title }),
        ...(await taskFields(cli, room, options)),
      };
      const done = await cli.rest.command('task.edit', input, cli);
      cli.out.result(done, () => taskLines(done.task));
    });
}
