import { execa } from 'execa';
import { gitFailures } from '../domain/git-failures.js';

export interface GitSettings {
  /** An empty folder of the server's own: no user's configuration, hooks or credentials are ever read. */
  readonly home: string;
  /** The git program; found on PATH when left out. */
  readonly program?: string;
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
  const entries = Object.entries({ ...SERVER_CONFIG, ...config });
  return Object.fromEntries([
    ['GIT_CONFIG_COUNT', String(entries.length)],
    ...entries.flatMap(([key, value], index) => [
      [`GIT_CONFIG_KEY_${index}`, key],
      [`GIT_CONFIG_VALUE_${index}`, value],
    ]),
  ]);
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
  const result = await execa(settings.program ?? 'git', [...args], {
    reject: false,
    extendEnv: false,
    env: { ...gitEnvironment(settings), ...run.env },
    cwd: settings.home,
    encoding: 'buffer',
    stripFinalNewline: false,
    timeout: run.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    forceKillAfterDelay: 2_000,
    maxBuffer: { stdout: run.maxBytes ?? DEFAULT_MAX_BYTES, stderr: 64 * 1024 },
    ...(run.input === undefined ? { stdin: 'ignore' as const } : { input: run.input }),
  });
  if (result.timedOut)
    throw gitFailures.fail('git.timeout', { what: args.find((arg) => !arg.startsWith('-')) ?? 'git' });
  if (result.exitCode === undefined && !result.isMaxBuffer) {
    throw gitFailures.fail('git.unavailable', { why: result.code ?? result.signal ?? 'it did not start' });
  }
  return {
    exitCode: result.exitCode ?? 0,
    stdout: Buffer.from(result.stdout),
    stderr: Buffer.from(result.stderr).toString(),
    truncated: result.isMaxBuffer,
  };
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
