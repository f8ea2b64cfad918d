import type { Command } from 'commander';
import type { Start } from '../start.js';
import { cliOf, roomOption, type RoomOption } from './options.js';

interface HoldOptions extends RoomOption {
  readonly off?: true;
}

export function addHold(program: Command, start: Start): void {
  program
    .command('hold')
    .description('hold all work in a room: no claims, pushes and merges')
    .addOption(roomOption())
    .option('--off', 'let it go on')
    .action(async (options: HoldOptions, command: Command) => {
      const cli = cliOf(command, start);
      const input = { room_id: cli.room(options.room), hold: options.off !== true };
      const done = await cli.rest.command('room.hold', input, cli);
      cli.out.result(done, () =>
        done.room.hold ? `${done.room.slug} is on hold.` : `${done.room.slug} goes on.`,
      );
    });
}
