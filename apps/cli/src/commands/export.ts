import type { Command } from 'commander';
import type { Start } from '../start.js';
import { cliOf, roomOption, type RoomOption } from './options.js';

export function addExport(program: Command, start: Start): void {
  program
    .command('export')
    .description("a room's whole log, one frame a line, to keep in a file or to replay")
    .addOption(roomOption())
    .action(async (options: RoomOption, command: Command) => {
      const cli = cliOf(command, start);
      const path = `/rooms/${encodeURIComponent(cli.room(options.room))}/export`;
      for await (const line of cli.reader.lines(path, cli)) cli.out.raw(line);
    });
}
