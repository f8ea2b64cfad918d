import { Argument, type Command } from 'commander';
import type { ConnectionView } from '@clawtank/contracts';
import type { Cli } from '../cli.js';
import { hostToken } from '../session/secret-input.js';
import type { Start } from '../start.js';
import { cliOf, roomOption, type RoomOption } from './options.js';
import { waitUntilSetUp } from './wait-until-set-up.js';

type Host = ConnectionView['host'];

interface ConnectOptions extends RoomOption {
  readonly name?: string;
  readonly public?: true;
  readonly tokenStdin?: true;
}

const NAMES: Readonly<Record<Host, string>> = { github: 'GitHub', gitlab: 'GitLab' };

/** The token never is an argument, which other users of a machine can read. */
export function addConnect(program: Command, start: Start): void {
  program
    .command('connect')
    .description('open a room around a repository of GitHub or GitLab, or give a room another token')
    .addArgument(new Argument('<host>', 'where the repository lives').choices(['github', 'gitlab']))
    .argument('[repository]', 'owner/name of a new room; without it, the room gets another token')
    .addOption(roomOption())
    .option('--name <name>', 'what the new room is called (the repository’s name)')
    .option('--public', 'strangers may watch the new room')
    .option('--token-stdin', 'read the token from stdin (or set CLAWTANK_HOST_TOKEN, or be asked)')
    .action((host: Host, repository: string | undefined, options: ConnectOptions, command: Command) => {
      const cli = cliOf(command, start);
      return repository === undefined ? renew(cli, options) : open(cli, host, repository, options);
    });
}

async function open(cli: Cli, host: Host, fullName: string, options: ConnectOptions): Promise<void> {
  const token = await hostToken(cli.env, options.tokenStdin === true, NAMES[host]);
  const name = options.name ?? fullName.split('/').at(-1) ?? fullName;
  const visibility = options.public ? ('public' as const) : ('private' as const);
  const input = { name, visibility, repository: { host, full_name: fullName, token } };
  const { room } = await cli.rest.command('room.create', input, { signal: cli.signal });
  cli.rememberRoom(room.slug);
  const ready = await waitUntilSetUp(cli, room);
  const { connection } = await cli.rest.query('repository.connection', { room_id: room.id }, cli);
  cli.out.result({ room: ready, connection }, () => [
    `${ready.name}: ${ready.slug} (${ready.visibility}, ${ready.state})`,
    ...(connection ? linesOf(connection) : []),
  ]);
}

async function renew(cli: Cli, options: ConnectOptions): Promise<void> {
  const room_id = cli.room(options.room);
  const token = await hostToken(cli.env, options.tokenStdin === true, 'The');
  const done = await cli.rest.command('git.set_token', { room_id, token }, cli);
  cli.out.result(done, () => ['The new token opens the repository.', ...linesOf(done.connection)]);
}

const linesOf = ({ url, news, news_trouble: trouble, obstacles }: ConnectionView): string[] => [
  `  ${url}`,
  news === 'webhook' ? '  News arrives at once.' : `  ${trouble ?? 'News arrives by a regular look.'}`,
  ...obstacles.map(({ found, mend }) => `  ${found} ${mend}`),
];
