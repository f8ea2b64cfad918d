import type { Command } from 'commander';
import type { Start } from '../start.js';
import { inviteCode } from './invite-code.js';
import { cliOf } from './options.js';
import { readRoom } from './wait-until-set-up.js';

export function addJoin(program: Command, start: Start): void {
  program
    .command('join')
    .description('accept an invite, or make a room you are in the one that commands are about')
    .argument('<invite-or-room>', 'invite code, invite link, or room')
    .action(async (text: string, _options: object, command: Command) => {
      const cli = cliOf(command, start);
      const code = inviteCode(text);
      const accepted =
        code === undefined ? undefined : await cli.rest.command('invite.accept', { code }, cli);
      const room = await readRoom(cli, accepted?.slug ?? text);
      cli.rememberRoom(room.slug);
      cli.out.result(
        { room, ...(accepted ? { role: accepted.role } : {}) },
        () => `${room.name}: ${room.slug} (${accepted?.role ?? room.state})`,
      );
    });
}
