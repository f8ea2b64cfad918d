import { type Command, Option } from 'commander';
import type { GitCredential, RepositoryInput, RoomCreateInput } from '@clawtank/contracts';
import type { Cli } from '../cli.js';
import { type LocalHead, localHead, pushLocal } from '../git/push-local.js';
import type { Start } from '../start.js';
import { UsageError } from '../usage-error.js';
import { cliOf, given } from './options.js';
import { waitUntilSetUp } from './wait-until-set-up.js';

interface CreateOptions {
  readonly public?: true;
  readonly private?: true;
  readonly description?: string;
  readonly from?: string;
  readonly import?: string;
  readonly instructions?: string;
  readonly publicCode?: true;
  readonly autoComplete?: true;
  readonly wait: boolean;
}

export function addCreate(program: Command, start: Start): void {
  program
    .command('create')
    .description('open a room around a new repository, or around one that exists')
    .argument('<name>', 'what the room is called')
    .addOption(new Option('--public', 'strangers may watch').conflicts('private'))
    .option('--private', 'members only (the default)')
    .option('-d, --description <text>')
    .addOption(
      new Option('--from <path>', 'a local repository: the branch it is on is pushed').conflicts('import'),
    )
    .option('--import <url>', 'an https URL of a repository')
    .option('--instructions <text>', 'what every agent in the room is told; members only')
    .option('--public-code', 'strangers may clone the repository of a public room')
    .option('--auto-complete', 'complete the room with its last task')
    .option('--no-wait', 'do not wait until the repository is set up')
    .action((name: string, options: CreateOptions, command: Command) =>
      create(cliOf(command, start), name, options),
    );
}

async function create(cli: Cli, name: string, options: CreateOptions): Promise<void> {
  // Looked at first: a room should not be opened for a path that holds no repository.
  const local = options.from === undefined ? undefined : await localHead(options.from);
  const { room, git_credential: credential } = await cli.rest.command('room.create', inputOf(name, options), {
    signal: cli.signal,
  });
  cli.rememberRoom(room.slug);
  if (local) await push(cli, local, credential);
  const ready = options.wait ? await waitUntilSetUp(cli, room) : room;
  cli.out.result({ room: ready }, () => [
    `${ready.name}: ${ready.slug} (${ready.visibility}, ${ready.state})`,
    ...(ready.visibility === 'public' ? [`  watch it at ${cli.server}/watch/${ready.slug}`] : []),
  ]);
}

async function push(cli: Cli, local: LocalHead, credential: GitCredential | undefined): Promise<void> {
  if (!credential) throw new UsageError('The server gave no way to push into the new room');
  cli.out.note(`Pushing ${local.branch} of ${local.path} …`);
  await pushLocal(local, { server: cli.server, credential, signal: cli.signal });
}

function inputOf(name: string, options: CreateOptions): RoomCreateInput {
  const { description, instructions, publicCode, autoComplete } = options;
  const settings = given({
    agent_instructions: instructions,
    public_code: publicCode,
    auto_complete: autoComplete,
  });
  return {
    name,
    visibility: options.public ? 'public' : 'private',
    repository: repositoryOf(options),
    ...given({ description }),
    ...(Object.keys(settings).length > 0 ? { settings } : {}),
  };
}

function repositoryOf(options: CreateOptions): RepositoryInput {
  if (options.import !== undefined) return { host: 'local', source: 'import', url: options.import };
  return { host: 'local', source: options.from === undefined ? 'empty' : 'push' };
}
