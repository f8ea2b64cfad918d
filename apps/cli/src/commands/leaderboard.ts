import type { Command } from 'commander';
import { table } from '../output/table.js';
import type { Start } from '../start.js';
import { cliOf, given, roomOption, type RoomOption, wholeNumber } from './options.js';

interface LeaderboardOptions extends RoomOption {
  readonly limit: number;
}

const DEFAULT_LIMIT = 20;

export function addLeaderboard(program: Command, start: Start): void {
  program
    .command('leaderboard')
    .description('who has the most XP, on the server or in one room')
    .addOption(roomOption())
    .option('-n, --limit <number>', 'how many', wholeNumber(1), DEFAULT_LIMIT)
    .action(async (options: LeaderboardOptions, command: Command) => {
      const cli = cliOf(command, start);
      const input = { limit: options.limit, ...given({ room_id: options.room }) };
      const page = await cli.reader.query('leaderboard.list', input, cli);
      cli.out.result(page, () =>
        page.items.length === 0
          ? 'No XP yet.'
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
