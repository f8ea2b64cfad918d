import { type Command, Option } from 'commander';
import type { Start } from '../../start.js';
import { UsageError } from '../../usage-error.js';
import { cliOf, given, roomOption, type RoomOption } from '../options.js';
import { findTask } from './find-task.js';

export interface VerdictOptions extends RoomOption {
  readonly approve?: true;
  readonly requestChanges?: true;
  readonly message?: string;
}

export const approveOption = (): Option => new Option('--approve').conflicts('requestChanges');
export const requestChangesOption = (): Option => new Option('--request-changes');

/** @throws UsageError when neither was said */
export function verdictOf(options: VerdictOptions): 'approve' | 'request_changes' {
  if (options.approve) return 'approve';
  if (options.requestChanges) return 'request_changes';
  throw new UsageError('Say --approve or --request-changes');
}

export function addReviewTask(tasks: Command, start: Start): void {
  tasks
    .command('review')
    .description('review work that has no pull request')
    .argument('<task>', 'key or id')
    .addOption(roomOption())
    .addOption(approveOption())
    .addOption(requestChangesOption())
    .option('-m, --message <text>')
    .action(async (text: string, options: VerdictOptions, command: Command) => {
      const cli = cliOf(command, start);
      const verdict = verdictOf(options);
      const { id } = await findTask(cli, cli.room(options.room), text);
      const done = await cli.rest.command(
        'task.review',
        { task_id: id, verdict, ...given({ comment: options.message }) },
        cli,
      );
      cli.out.result(done, () => `${done.task.key} is ${done.task.status}.`);
    });
}
