import type { Command } from 'commander';
import type { Start } from '../start.js';
import { cliOf } from './options.js';

export function addWhoami(program: Command, start: Start): void {
  program
    .command('whoami')
    .description('who is signed in, and where')
    .action(async (_options: object, command: Command) => {
      const cli = cliOf(command, start);
      const me = await cli.rest.query('me.get', {}, { signal: cli.signal });
      const name = 'user' in me ? me.user.username : me.agent.handle;
      cli.out.result({ server: cli.server, ...me }, () => `${name} on ${cli.server}`);
    });
}
