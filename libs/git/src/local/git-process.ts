import { fail } from '../domain/failures.js';
import { type ProcessOutput, runProcess } from './run-process.js';
import type { Spawner } from './spawner.js';

export interface GitSettings {
  /** An empty folder of the server's own: no user's configuration, hooks or credentials are ever read. */
  readonly home: string;
  /** The git program; found on PATH when left out. */
  readonly program?: string;
  /** Starts git in the place of this process. */
  readonly spawner?: Pick<Spawner, 'run'>;
}

export interface GitRun {
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
  /** Bytes of stdout that are kept; more ends the process and marks the output as truncated. */
  readonly maxBytes?: number;
}

export interface GitOutput {
  readonly exitCode: number;
  readonly stdout: Buffer;
  readonly stderr: string;
  readonly truncated: boolean;
}

const DEFAULT_TIMEOUT_MS = 30_000;
const DEFAULT_MAX_BYTES = 16 * 1024 * 1024;

/** Holds in every git process of the server, above whatever a repository's own configuration says. */
const SERVER_CONFIG: Readonly<Record<string, string>> = {
  // The folder may be shared by nodes that run under different users.
  'safe.directory': '*',
  'core.hooksPath': '/dev/null',
  'core.protectHFS': 'true',
  'core.protectNTFS': 'true',
  // Objects of an unfinished command are unreachable for a moment; maintenance is the server's own timer.
  'gc.auto': '0',
  'maintenance.auto': 'false',
};

/** git's way of passing configuration in the environment, which child processes inherit. */
export function configEnvironment(config: Readonly<Record<string, string>>): Record<string, string> {
  const environment: Record<string, string> = {};
  let count = 0;
  for (const [key, value] of Object.entries({ ...SERVER_CONFIG, ...config })) {
    environment[`GIT_CONFIG_KEY_${String(count)}`] = key;
    environment[`GIT_CONFIG_VALUE_${String(count)}`] = value;
    count += 1;
  }
  return { ...environment, GIT_CONFIG_COUNT: String(count) };
}

/** The environment of every git process, built from nothing but PATH. */
export function gitEnvironment(
  settings: GitSettings,
  config: Readonly<Record<string, string>> = {},
): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '/usr/local/bin:/usr/bin:/bin',
    HOME: settings.home,
    XDG_CONFIG_HOME: settings.home,
    LC_ALL: 'C',
    TZ: 'UTC',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ALLOW_PROTOCOL: 'none',
    // Replacement refs could make an object read as another one.
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_LITERAL_PATHSPECS: '1',
    ...configEnvironment(config),
  };
}

/**
 * Runs git with an argument array and returns whatever its exit code was. Throws `git.timeout` when it took
 * longer than `timeoutMs` and `git.unavailable` when it could not be started.
 */
export async function runGit(
  settings: GitSettings,
  args: readonly string[],
  run: GitRun = {},
): Promise<GitOutput> {
  const { input } = run;
  const signal = AbortSignal.timeout(run.timeoutMs ?? DEFAULT_TIMEOUT_MS);
  const output = await startGit(settings, args, {
    cwd: settings.home,
    env: { ...gitEnvironment(settings), ...run.env },
    maxBytes: run.maxBytes ?? DEFAULT_MAX_BYTES,
    signal,
    ...(input === undefined ? {} : { input }),
  });
  const { exitCode } = output;
  if (exitCode === null && signal.aborted) {
    throw fail('git.timeout', { what: args.find((arg) => !arg.startsWith('-')) ?? 'git' });
  }
  if (exitCode === null && !output.truncated) throw fail('git.unavailable', { why: 'it was ended' });
  // Git that was ended because its output had reached the cap has done nothing wrong.
  return { ...output, exitCode: output.truncated ? 0 : (exitCode ?? 0) };
}

/** Runs git and turns a program that can't be started into `git.unavailable`. */
export function startGit(
  settings: GitSettings,
  args: readonly string[],
  run: Parameters<typeof runProcess>[2],
): Promise<ProcessOutput> {
  const program = settings.program ?? 'git';
  const started = settings.spawner?.run(program, args, run) ?? runProcess(program, args, run);
  return started.catch((error: NodeJS.ErrnoException) => {
    throw fail('git.unavailable', { why: error.code ?? 'it did not start' });
  });
}

/** An exit code that no use case foresees. Its text stays in the server's log. */
export class GitCommandError extends Error {
  readonly exitCode: number;
  readonly stderr: string;

  constructor(args: readonly string[], output: GitOutput) {
    super(`git ${args.join(' ')} ended with ${output.exitCode}: ${output.stderr.slice(0, 2_000)}`);
    this.name = 'GitCommandError';
    this.exitCode = output.exitCode;
    this.stderr = output.stderr;
  }
}
