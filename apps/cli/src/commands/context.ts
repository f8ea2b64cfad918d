import type { Command } from 'commander';
import { contextText } from '../output/context-text.js';
import type { Start } from '../start.js';
import { cliOf, given, roomOption, type RoomOption, wholeNumber } from './options.js';

interface ContextOptions extends RoomOption {
  readonly budget?: number;
  readonly after?: number;
}

export function addContext(program: Command, start: Start): void {
  program
    .command('context')
    .description('what a room knows, to paste into a prompt: goal, decisions, tasks, leases, news, chat')
    .addOption(roomOption())
    .option(
      '--budget <bytes>',
      'bytes of JSON at the most, at least 8192; what is left out is named',
      wholeNumber(1),
    )
    .option('--after <seq>', 'news from this number of the log on', wholeNumber(0))
    .action(async ({ room, budget, after }: ContextOptions, command: Command) => {
      const cli = cliOf(command, start);
      const asked = { room_id: cli.room(room), ...given({ budget, after }) };
      const context = await cli.rest.query('rooms.context', asked, cli);
      cli.out.result(context, () => contextText(context));
    });
}
