import { spawn } from 'node:child_process';
import { CliError } from '../usage-error.js';

export interface GitAnswer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface GitCall {
  readonly cwd: string;
  /** Added to the environment; this is how a credential gets to git: never in arguments, never on the disk. */
  readonly env?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

/** Variables by which a surrounding git (a hook, an alias) would redirect ours. */
const REDIRECTING =
  /^(GIT_(DIR|WORK_TREE|INDEX_FILE|COMMON_DIR|OBJECT_DIRECTORY|NAMESPACE|PREFIX|CONFIG_.*)|CLAWTANK_.*)$/;

function environment(extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !REDIRECTING.test(name));
  return { ...Object.fromEntries(inherited), LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0', ...extra };
}

/** Runs git and tells how it ended. Rejects only when it can't be started or is aborted. */
export function runGit(args: readonly string[], call: GitCall): Promise<GitAnswer> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', args, {
      cwd: call.cwd,
      env: environment(call.env),
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(call.signal ? { signal: call.signal } : {}),
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.on('error', (error) => reject(call.signal?.aborted ? error : cannotStart(error)));
    child.on('close', (code) =>
      resolve({
        code: code ?? -1,
        stdout: Buffer.concat(out).toString(),
        stderr: Buffer.concat(err).toString(),
      }),
    );
  });
}

const cannotStart = (error: Error): CliError =>
  new CliError('git.missing', `git can't be started: ${error.message}`);

/**
 * Runs git for what must work.
 * @returns what it printed, without the line break at the end
 * @throws CliError `git.failed` with git's own last words
 */
export async function git(args: readonly string[], call: GitCall): Promise<string> {
  const { code, stdout, stderr } = await runGit(args, call);
  if (code === 0) return stdout.replace(/\n$/, '');
  throw new CliError('git.failed', `git ${args[0] ?? ''}: ${lastWords(stderr || stdout)}`);
}

/** What git says at its end, without the noise before it. */
export function lastWords(text: string, lines = 4): string {
  const said = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('hint:'));
  return said.slice(-lines).join(' ') || 'failed without a word';
}
