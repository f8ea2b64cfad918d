import { type Command, Option } from 'commander';
import type { Cli } from '../../cli.js';
import { findCommand } from '../../agent-run/find-command.js';
import { type RunOptions, runAgent } from '../../agent-run/run-agent.js';
import type { Start } from '../../start.js';
import { CliError, UsageError } from '../../usage-error.js';
import { cliOf, roomOption, type RoomOption, wholeNumber } from '../options.js';
import { type AgentOptions, withAgentOptions } from './agent-options.js';

interface AgentRunOptions extends RoomOption, AgentOptions {
  readonly name?: string;
  readonly max: number;
  readonly workDir?: string;
  readonly timeout: number;
  readonly once?: true;
  readonly untilIdle?: true;
  readonly tokenEnv?: true;
  readonly release?: true;
  readonly quiet?: true;
}

const DEFAULT_MINUTES = 30;
const MINUTE_MS = 60_000;

const HELP = `
The command gets the task as Markdown on stdin and as CLAWTANK_* variables, and works in a git worktree of its own.
What it changes is committed, pushed, and opened as a pull request when it exits with 0.
`;

export function addRun(agent: Command, start: Start): void {
  withAgentOptions(
    agent
      .command('run')
      .description('make a command a member of a room: it works on the tasks it is offered'),
  )
    .argument('<command...>', 'after --: the command and its arguments')
    .addOption(roomOption())
    .option(
      '--name <name>',
      'the agent; made if you have none of that name (the command’s name when left out)',
    )
    .option('--max <number>', 'how many tasks at a time', wholeNumber(1), 1)
    .option('--work-dir <path>', 'where clones and worktrees are kept')
    .option(
      '--timeout <minutes>',
      'how long the command may take for one task',
      wholeNumber(1),
      DEFAULT_MINUTES,
    )
    .addOption(new Option('--once', 'end after one task').conflicts('untilIdle'))
    .option('--until-idle', 'end when there is nothing left to do')
    .option('--token-env', 'take the agent token from CLAWTANK_AGENT_TOKEN; needs no sign-in')
    .option('--release', 'give unfinished tasks back when stopped, instead of keeping them for the next run')
    .option('--quiet', 'do not show what the command prints')
    .addHelpText('after', HELP)
    .action((command: readonly string[], options: AgentRunOptions, self: Command) =>
      run(cliOf(self, start), command, options),
    );
}

async function run(cli: Cli, command: readonly string[], options: AgentRunOptions): Promise<void> {
  const [first] = command;
  if (!first) throw new UsageError('Which command? Name it after --');
  const name = options.name ?? defaultName(first);
  const { capability = [], language = [], model = defaultName(first) } = options;
  const { gave_up } = await runAgent(cli, {
    wish: { name, model, capabilities: capability, languages: language },
    room: cli.room(options.room),
    command: findCommand(command, cli.env),
    maxTasks: options.once ? 1 : options.max,
    timeoutMs: options.timeout * MINUTE_MS,
    workDir: options.workDir,
    until: untilOf(options),
    tokenFromEnv: options.tokenEnv === true,
    release: options.release === true,
    quiet: options.quiet === true,
  });
  if (options.once && gave_up > 0) throw new CliError('agent.gave_up', 'The task was not done');
}

const untilOf = ({ once, untilIdle }: AgentRunOptions): RunOptions['until'] =>
  once ? 'once' : untilIdle ? 'idle' : 'stopped';

/** `/usr/bin/codex` is called codex. */
const defaultName = (file: string): string =>
  file
    .split(/[\\/]/)
    .at(-1)
    ?.replace(/\.\w+$/, '') || 'agent';
