import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { pause } from '../commands/pause.js';
import { signalGroup } from './process-group.js';

const LOOK_EVERY_MS = 20;
const LIMIT_MS = 5_000;

interface Noted {
  readonly pid: number;
  /** When it began, as the system counts it: another process may have the same id by now. */
  readonly started: string;
}

/** Notes which command works in a worktree, so that the next run can end it if this one is killed. */
export function noteCommand(file: string, pid: number): void {
  const started = startOf(pid);
  if (started !== undefined)
    writeFileSync(file, JSON.stringify({ pid, started } satisfies Noted), { mode: 0o600 });
}

export const forgetCommand = (file: string): void => rmSync(file, { force: true });

/**
 * Ends the command that a killed run has left in a worktree: two must not work in one. Known on Linux only, where the
 * system tells when a process began.
 */
export async function endLeftover(file: string, signal: AbortSignal): Promise<void> {
  const noted = readNote(file);
  if (!noted) return;
  const deadline = Date.now() + LIMIT_MS;
  while (startOf(noted.pid) === noted.started && Date.now() < deadline) {
    signalGroup(noted.pid, 'SIGKILL');
    await pause(LOOK_EVERY_MS, signal);
  }
  forgetCommand(file);
}

function readNote(file: string): Noted | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Noted;
  } catch {
    return undefined;
  }
}

/** Field 22 of proc(5)'s stat, counted behind the name, which may hold anything; undefined for one that has ended. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}
