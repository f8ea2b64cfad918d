import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { CliError } from '../usage-error.js';
import { OWN_GROUP, signalGroup } from './process-group.js';

const KILL_AFTER_MS = 5_000;
const KEPT_LINES = 20;

export interface CommandCall {
  readonly command: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** What it reads from stdin. */
  readonly input: string;
  readonly timeoutMs: number;
  /** Aborted: the command is to end, its work is not wanted any more. */
  readonly signal: AbortSignal;
  readonly onLine: (line: string) => void;
  readonly onStart?: (pid: number) => void;
}

export interface CommandEnd {
  readonly how: 'exited' | 'timed_out' | 'stopped';
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly lastLines: readonly string[];
}

/**
 * Runs a command in a process group of its own and leaves nothing of it behind, whatever it started.
 * @throws CliError `agent.command_missing` when it can't be started
 */
export function runCommand(call: CommandCall): Promise<CommandEnd> {
  const [file = '', ...args] = call.command;
  const child = spawn(file, args, {
    cwd: call.cwd,
    env: { ...call.env },
    detached: OWN_GROUP,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  if (child.pid !== undefined) call.onStart?.(child.pid);
  const lastLines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      lastLines.push(line);
      if (lastLines.length > KEPT_LINES) lastLines.shift();
      call.onLine(line);
    });
  }
  // A command that does not read the task ends its stdin early.
  child.stdin.on('error', () => {});
  child.stdin.end(call.input);
  return new Promise((resolve, reject) => {
    let how: CommandEnd['how'] = 'exited';
    let killer: ReturnType<typeof setTimeout> | undefined;
    const end = (why: CommandEnd['how']): void => {
      if (how !== 'exited') return;
      how = why;
      signalGroup(child.pid, 'SIGTERM');
      killer = setTimeout(() => signalGroup(child.pid, 'SIGKILL'), KILL_AFTER_MS);
    };
    const onAbort = (): void => end('stopped');
    const deadline = setTimeout(() => end('timed_out'), call.timeoutMs);
    const settle = (): void => {
      clearTimeout(deadline);
      clearTimeout(killer);
      call.signal.removeEventListener('abort', onAbort);
    };
    child.on('error', (error) => {
      settle();
      reject(new CliError('agent.command_missing', `${file} can't be started: ${error.message}`));
    });
    // What it left running in the background would keep its output open for ever.
    child.on('exit', () => signalGroup(child.pid, 'SIGKILL'));
    child.on('close', (code) => {
      settle();
      resolve({ how, code, lastLines });
    });
    call.signal.addEventListener('abort', onAbort, { once: true });
    if (call.signal.aborted) onAbort();
  });
}
