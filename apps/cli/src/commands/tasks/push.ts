import type { Command } from 'commander';
import type { Cli } from '../../cli.js';
import { credentialEnv, repositoryUrl } from '../../git/credential-env.js';
import { git } from '../../git/git.js';
import type { Start } from '../../start.js';
import { cliOf, roomOption, type RoomOption } from '../options.js';
import { findTask } from './find-task.js';

interface PushOptions extends RoomOption {
  readonly dir: string;
}

export function addPush(tasks: Command, start: Start): void {
  tasks
    .command('push')
    .description("push the commit you are on to your claim's branch")
    .argument('<task>', 'key or id')
    .addOption(roomOption())
    .option('-C, --dir <path>', 'the clone', '.')
    .action((text: string, options: PushOptions, command: Command) =>
      push(cliOf(command, start), text, options),
    );
}

async function push(cli: Cli, text: string, options: PushOptions): Promise<void> {
  const task = await findTask(cli, cli.room(options.room), text);
  // Claiming again what one holds gives a fresh credential, which ends with the claim.
  const {
    git_credential: credential,
    branch,
    fence,
  } = await cli.rest.command('task.claim', { task_id: task.id }, cli);
  const call = { cwd: options.dir, env: credentialEnv(credential), signal: cli.signal };
  await git(
    ['push', '--quiet', repositoryUrl(cli.server, credential.url), `HEAD:refs/heads/${branch}`],
    call,
  );
  const sha = await git(['rev-parse', 'HEAD'], { cwd: options.dir });
  cli.out.result(
    { task_id: task.id, key: task.key, branch, fence, sha },
    () => `${sha.slice(0, 8)} is on ${branch}.`,
  );
}
