import type { Command } from 'commander';
import type { Start } from '../start.js';
import { cliOf, roomOption, type RoomOption } from './options.js';

export function addDecide(program: Command, start: Start): void {
  program
    .command('decide')
    .description('record a decision that people and agents of a room go by, or without a text list them')
    .argument('[text...]')
    .addOption(roomOption())
    .action(async (words: readonly string[], options: RoomOption, command: Command) => {
      const cli = cliOf(command, start);
      const room_id = cli.room(options.room);
      if (words.length > 0) {
        const done = await cli.rest.command('decision.add', { room_id, text: words.join(' ') }, cli);
        return cli.out.result(done, () => []);
      }
      const page = await cli.rest.query('decisions.list', { room_id }, cli);
      cli.out.result(page, () => page.items.map((decision) => `- ${decision.text} (${decision.by.name})`));
    });
}
