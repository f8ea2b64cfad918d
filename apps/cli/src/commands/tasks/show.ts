import type { Command } from 'commander';
import type { AttemptView } from '@clawtank/contracts';
import type { Start } from '../../start.js';
import { cliOf, roomOption, type RoomOption } from '../options.js';
import { findTask } from './find-task.js';
import { taskLines } from './task-lines.js';

const attemptLine = ({ fence, claimant, claimed_at, ended_at, end_reason }: AttemptView): string =>
  `  claim ${String(fence)}: ${claimant.name}, ${claimed_at}${ended_at === null ? '' : ` to ${ended_at} (${end_reason ?? ''})`}`;

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
      cli.out.result(found, () => [...taskLines(found.task), ...found.attempts.map(attemptLine)]);
    });
}
