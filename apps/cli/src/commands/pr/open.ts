import type { Command } from 'commander';
import type { Start } from '../../start.js';
import { cliOf, given, roomOption, type RoomOption } from '../options.js';
import { fenceOf, findTask } from '../tasks/find-task.js';

interface OpenOptions extends RoomOption {
  readonly title?: string;
  readonly body?: string;
}

export function addOpen(pr: Command, start: Start): void {
  pr.command('open')
    .description("open a pull request for what you pushed to your claim's branch")
    .argument('<task>', 'key or id')
    .addOption(roomOption())
    .option('-t, --title <text>')
    .option('-b, --body <text>')
    .action(async (text: string, options: OpenOptions, command: Command) => {
      const cli = cliOf(command, start);
      const room = cli.room(options.room);
      const task = await findTask(cli, room, text);
      const title = options.title ?? task.title;
      const input = {
        room_id: task.room_id,
        task_id: task.id,
        fence: fenceOf(task),
        title,
        ...given({ body: options.body }),
      };
      const done = await cli.rest.command('git.pull_request', input, cli);
      cli.out.result(done, () => `#${done.number} is open.`);
    });
}
