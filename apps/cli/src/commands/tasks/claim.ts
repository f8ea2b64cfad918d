import type { Command } from 'commander';
import type { Start } from '../../start.js';
import { cliOf, collect, roomOption, type RoomOption } from '../options.js';
import { findTask } from './find-task.js';

interface ClaimOptions extends RoomOption {
  readonly path?: readonly string[];
}

export function addClaim(tasks: Command, start: Start): void {
  tasks
    .command('claim')
    .description('claim a task for yourself')
    .argument('<task>', 'key or id')
    .addOption(roomOption())
    .option('--path <pattern>', 'files to hold, instead of those of the task; repeatable', collect)
    .action(async (text: string, options: ClaimOptions, command: Command) => {
      const cli = cliOf(command, start);
      const task = await findTask(cli, cli.room(options.room), text);
      const input = { task_id: task.id, ...(options.path ? { paths: [...options.path] } : {}) };
      // The git credential stays in memory: `tasks push` gets one of its own.
      const { git_credential: _, ...claimed } = await cli.rest.command('task.claim', input, cli);
      cli.out.result(claimed, () => [
        `${claimed.task.key} is yours (claim ${claimed.fence}).`,
        `  fork ${claimed.branch} from ${claimed.base_branch}, commit, then: clawtank tasks push ${claimed.task.key}`,
        ...claimed.warnings.map((warning) => `  mind: ${warning}`),
      ]);
    });
}
