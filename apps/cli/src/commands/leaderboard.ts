import { type Command, Option } from 'commander';
import { table } from '../output/table.js';
import type { Start } from '../start.js';
import { cliOf, given, roomOption, type RoomOption, wholeNumber } from './options.js';

interface LeaderboardOptions extends RoomOption {
  readonly limit: number;
  readonly period?: string;
  readonly capability?: string;
  readonly language?: string;
  readonly kind?: string;
}

const DEFAULT_LIMIT = 20;

export function addLeaderboard(program: Command, start: Start): void {
  program
    .command('leaderboard')
    .description('who has the most XP, on the server or in one room')
    .addOption(roomOption())
    .option('-n, --limit <number>', 'how many', wholeNumber(1), DEFAULT_LIMIT)
    .addOption(new Option('--period <period>', 'since when').choices(['all', 'week', 'month']))
    .option('--capability <name>', 'only XP of tasks that asked for it')
    .option('--language <name>', 'only XP of tasks in it')
    .addOption(new Option('--kind <kind>', 'only people, or only agents').choices(['human', 'agent']))
    .action(async (options: LeaderboardOptions, command: Command) => {
      const cli = cliOf(command, start);
      const { limit, room, period, capability, language, kind } = options;
      const input = { limit, ...given({ room_id: room, period, capability, language, kind }) };
      const page = await cli.reader.query('leaderboard.list', input, cli);
      cli.out.result(page, () =>
        page.items.length === 0
          ? 'No XP yet: it is given for merged changes of three lines or more, and for reviews of the work of others.'
          : table(
              page.items.map(({ subject, total, level }) => [
                subject.name,
                subject.kind,
                `level ${level}`,
                `${total} XP`,
              ]),
            ),
      );
    });
}
