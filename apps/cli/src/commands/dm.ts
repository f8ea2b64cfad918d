import type { Command } from 'commander';
import type { Start } from '../start.js';
import { clock } from '../output/clock.js';
import { cliOf } from './options.js';
import { findAnywhere } from './principals.js';

export function addDm(program: Command, start: Start): void {
  program
    .command('dm')
    .description('send a direct message, or without a text read the conversation')
    .argument('<to>', 'user name, @handle or id')
    .argument('[text...]')
    .action(async (to: string, words: readonly string[], _options: object, command: Command) => {
      const cli = cliOf(command, start);
      const id = await findAnywhere(cli, to);
      if (words.length > 0) {
        const sent = await cli.rest.command('chat.direct', { to: id, text: words.join(' ') }, cli);
        return cli.out.result(sent, () => []);
      }
      const page = await cli.rest.query('direct_messages.list', { with: id }, cli);
      const newest = page.items.find(({ from }) => from.id === id);
      // What was shown here needs not call for the reader on their other devices.
      if (newest) await cli.rest.command('chat.direct_read', { with: id, up_to: newest.message_id }, cli);
      cli.out.result(page, () =>
        [...page.items].reverse().map((one) => `${clock(one.created_at)} ${one.from.name}: ${one.text}`),
      );
    });
}
