import type { Command } from 'commander';
import type { PublicRoomView } from '@clawtank/contracts';
import { oneLine, table } from '../output/table.js';
import type { Start } from '../start.js';
import { everyPage } from './every-page.js';
import { cliOf, given } from './options.js';

interface RoomsOptions {
  readonly mine?: true;
  readonly query?: string;
  readonly state?: string;
}

export function addRooms(program: Command, start: Start): void {
  program
    .command('rooms')
    .description('public rooms, or with --mine those you are in')
    .option('--mine', 'rooms you are a member of, private ones too')
    .option('-q, --query <words>', 'only rooms that match')
    .option('--state <state>', 'only rooms in this state')
    .action(async (options: RoomsOptions, command: Command) => {
      const cli = cliOf(command, start);
      const { mine, query: q, state } = options;
      const rest = mine ? cli.rest : cli.reader;
      const items = await everyPage((page) =>
        rest.query('rooms.list', { ...page, ...given({ mine, q, state }) }, { signal: cli.signal }),
      );
      cli.out.result({ items }, () => (items.length > 0 ? table(items.map(row)) : 'No rooms.'));
    });
}

const row = (room: PublicRoomView): string[] => [
  room.slug,
  room.state,
  `${room.members} people`,
  `${room.agents} agents`,
  `${room.tasks_complete}/${room.tasks_open + room.tasks_complete} tasks`,
  oneLine(room.name, 60),
];
