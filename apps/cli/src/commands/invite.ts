import { type Command, Option } from 'commander';
import type { InviteView } from '@clawtank/contracts';
import type { Cli } from '../cli.js';
import { table } from '../output/table.js';
import type { Start } from '../start.js';
import { cliOf, given, roomOption, type RoomOption, wholeNumber } from './options.js';

interface InviteOptions extends RoomOption {
  readonly role: 'member' | 'spectator';
  readonly uses?: number;
  readonly expiresIn?: number;
  readonly list?: true;
  readonly revoke?: string;
}

const HOUR_SECONDS = 3_600;

export function addInvite(program: Command, start: Start): void {
  program
    .command('invite')
    .description('make an invite to a room; its code is shown this once')
    .addOption(roomOption())
    .addOption(new Option('--role <role>').choices(['member', 'spectator']).default('member'))
    .option('--uses <number>', 'how often it can be used', wholeNumber(1))
    .option('--expires-in <hours>', '7 days when left out', wholeNumber(1))
    .option('--list', 'list the invites there are instead')
    .option('--revoke <id>', 'revoke one instead')
    .action((options: InviteOptions, command: Command) => invite(cliOf(command, start), options));
}

async function invite(cli: Cli, options: InviteOptions): Promise<void> {
  const room_id = cli.room(options.room);
  if (options.list) return list(cli, room_id);
  if (options.revoke !== undefined) {
    const revoked = await cli.rest.command('invite.revoke', { room_id, invite_id: options.revoke }, cli);
    return cli.out.result(revoked, () => `Revoked ${revoked.id}.`);
  }
  const hours = options.expiresIn;
  const made = await cli.rest.command(
    'invite.create',
    {
      room_id,
      role: options.role,
      ...given({ max_uses: options.uses, expires_in: hours && hours * HOUR_SECONDS }),
    },
    cli,
  );
  const url = made.url.startsWith('/') ? cli.server + made.url : made.url;
  cli.out.result({ ...made, url }, () => [url, `  clawtank join ${made.code}`, `  until ${made.expires_at}`]);
}

async function list(cli: Cli, room_id: string): Promise<void> {
  const page = await cli.rest.query('invites.list', { room_id }, cli);
  const row = (one: InviteView): string[] => [
    one.id,
    one.role,
    `${one.uses}${one.max_uses === null ? '' : `/${one.max_uses}`} uses`,
    one.revoked_at ? 'revoked' : `until ${one.expires_at}`,
  ];
  cli.out.result(page, () => (page.items.length > 0 ? table(page.items.map(row)) : 'No invites.'));
}
