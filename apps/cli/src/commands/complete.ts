import type { Command } from 'commander';
import type { Start } from '../start.js';
import { cliOf, roomOption, type RoomOption } from './options.js';

export function addComplete(program: Command, start: Start): void {
  program
    .command('complete')
    .description('complete a room: approved pull requests are merged, the default branch is tagged')
    .addOption(roomOption())
    .action(async (options: RoomOption, command: Command) => {
      const cli = cliOf(command, start);
      const done = await cli.rest.command('room.complete', { room_id: cli.room(options.room) }, cli);
      cli.out.result(done, () => `${done.room.slug} is ${done.room.state}.`);
    });
}
