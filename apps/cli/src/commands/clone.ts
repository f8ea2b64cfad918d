import { spawn } from 'node:child_process';
import type { Command } from 'commander';
import type { Cli } from '../cli.js';
import { credentialEnv, repositoryUrl } from '../git/credential-env.js';
import { git } from '../git/git.js';
import type { Start } from '../start.js';
import { SessionTokens } from '../session/session-tokens.js';
import { CliError } from '../usage-error.js';
import { cliOf } from './options.js';
import { readRoom } from './wait-until-set-up.js';

export function addClone(program: Command, start: Start): void {
  program
    .command('clone')
    .description('clone the repository of a room you are in')
    .argument('[room]', 'id or slug')
    .argument('[folder]')
    .action(
      async (ref: string | undefined, folder: string | undefined, _options: object, command: Command) => {
        const cli = cliOf(command, start);
        const room = await readRoom(cli, cli.room(ref));
        const into = folder ?? room.slug;
        const url = repositoryUrl(cli.server, room.repository.clone_url);
        await git(['clone', '--quiet', '--', url, into], {
          cwd: '.',
          env: await ownCredential(cli),
          signal: cli.signal,
        });
        cli.out.result(
          { room_id: room.id, folder: into },
          () => `${room.slug} is in ${into}. Later: clawtank git pull`,
        );
      },
    );
  program
    .command('git')
    .description(
      'run git with your sign-in as its credential: clawtank git pull, clawtank git -- fetch --all',
    )
    .argument('<args...>')
    .action(async (args: readonly string[], _options: object, command: Command) => {
      const cli = cliOf(command, start);
      const code = await runAtTerminal(args, { ...process.env, ...(await ownCredential(cli)) });
      if (code !== 0) throw new CliError('git.failed', `git ended with exit code ${code}`);
    });
}

/** Members read with their access token; to push, a claim has its own credential. */
async function ownCredential(cli: Cli): Promise<Readonly<Record<string, string>>> {
  const { token } = await new SessionTokens(cli.credentials).access();
  return credentialEnv({ username: 'token', password: token });
}

function runAtTerminal(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', args, { env, stdio: 'inherit' });
    child.on('error', (error) =>
      reject(new CliError('git.missing', `git can't be started: ${error.message}`)),
    );
    child.on('exit', (code) => resolve(code ?? 1));
  });
}
