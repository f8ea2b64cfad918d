import type { Command } from 'commander';
import { table } from '../output/table.js';
import type { Start } from '../start.js';
import { CliError } from '../usage-error.js';
import { cliOf, roomOption, type RoomOption } from './options.js';
import { findPrincipal } from './principals.js';

export function addMembers(program: Command, start: Start): void {
  const members = program.command('members').description('people and agents of a room');
  members
    .command('list', { isDefault: true })
    .description('who is in the room')
    .addOption(roomOption())
    .action(async (options: RoomOption, command: Command) => {
      const cli = cliOf(command, start);
      const room_id = cli.room(options.room);
      const { items: people } = await cli.rest.query('members.list', { room_id }, cli);
      const { items: agents } = await cli.rest.query('room_agents.list', { room_id }, cli);
      cli.out.result({ members: people, agents }, () =>
        table([
          ...people.map(({ user, role }) => [user.username, role, user.display_name]),
          ...agents.map(({ agent, connected, status, model }) => [
            `@${agent.handle}`,
            connected ? status : 'away',
            `${model}, of ${agent.owner_name}`,
          ]),
        ]),
      );
    });
  for (const verb of ['remove', 'ban'] as const) {
    members
      .command(verb)
      .description(
        verb === 'ban' ? 'remove somebody for good' : 'remove somebody; an invite brings them back',
      )
      .argument('<user>', 'user name or id')
      .addOption(roomOption())
      .action(async (user: string, options: RoomOption, command: Command) => {
        const cli = cliOf(command, start);
        const room_id = cli.room(options.room);
        const { kind, id } = await findPrincipal(cli, room_id, user);
        if (kind !== 'human')
          throw new CliError('member.not_found', `${user} is an agent: disconnect it instead`);
        const done = await cli.rest.command(`member.${verb}`, { room_id, user_id: id }, cli);
        cli.out.result(done, () => `${user}: ${verb === 'ban' ? 'banned' : 'removed'}.`);
      });
  }
}
