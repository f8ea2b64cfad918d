import type { Command } from 'commander';
import type { Start } from '../../start.js';
import { cliOf, given, roomOption, type RoomOption } from '../options.js';
import { findTask } from './find-task.js';
import { taskFields, type TaskFieldOptions, withTaskFields } from './task-fields.js';

interface CreateTaskOptions extends RoomOption, TaskFieldOptions {
  readonly parent?: string;
}

export function addCreateTask(tasks: Command, start: Start): void {
  withTaskFields(tasks.command('create').description('make a task'))
    .argument('<title...>')
    .addOption(roomOption())
    .option('--parent <task>', 'the task that this one is a part of')
    .action(async (words: readonly string[], options: CreateTaskOptions, command: Command) => {
      const cli = cliOf(command, start);
      const room_id = cli.room(options.room);
      const parent = options.parent === undefined ? undefined : await findTask(cli, room_id, options.parent);
      const fields = await taskFields(cli, room_id, options);
      const input = { room_id, title: words.join(' '), ...fields, ...given({ parent_id: parent?.id }) };
      const made = await cli.rest.command('task.create', input, cli);
      cli.out.result(made, () => `${made.task.key} ${made.task.title} (${made.task.status})`);
    });
}
