import type { Command } from 'commander';
import type { Start } from '../start.js';
import { cliOf } from './options.js';

export function addLogout(program: Command, start: Start): void {
  program
    .command('logout')
    .description('end the session on the server and forget it here')
    .action(async (_options: object, command: Command) => {
      const cli = cliOf(command, start);
      const session = cli.credentials.session();
      try {
        if (session) await cli.stranger.post('/auth/logout', { refresh_token: session.refresh_token });
      } finally {
        // Even when the server can't be reached, nothing is left on this machine.
        cli.credentials.removeSession();
      }
      const { server } = cli;
      cli.out.result({ server, signed_out: session !== undefined }, () =>
        session ? `Signed out of ${server}.` : `Not signed in to ${server}.`,
      );
    });
}
