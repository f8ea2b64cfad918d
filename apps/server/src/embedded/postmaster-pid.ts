import { readFileSync, readlinkSync, realpathSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { isMissing } from './errno.js';

const pidFile = (cluster: string): string => join(cluster, 'postmaster.pid');

function lines(cluster: string): string[] {
  try {
    return readFileSync(pidFile(cluster), 'utf8').split('\n');
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** The process that the cluster's `postmaster.pid` names, if there is such a file. */
export function namedPostmaster(cluster: string): number | undefined {
  const pid = Number(lines(cluster)[0]);
  return Number.isInteger(pid) && pid > 0 ? pid : undefined;
}

/** Whether the postmaster of `cluster` says that it takes connections (line 8 of the file since version 10). */
export const isReady = (cluster: string): boolean => lines(cluster)[7]?.trim() === 'ready';

/** Whether `pid` is alive and PostgreSQL on this very cluster, not a process that got the number later. */
function servesCluster(pid: number, cluster: string): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (isMissing(error)) return false;
  }
  try {
    // A postmaster works inside its data directory.
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster);
  } catch {
    const command = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout;
    return command.includes('postgres') && command.includes(cluster);
  }
}

/** Larger than any process number of Linux or macOS. */
const NOBODYS_PID = 4_194_305;

/**
 * PostgreSQL refuses to start while the process named in the file lives, though after a reboot that may be a
 * stranger. The file itself must stay: its other lines let PostgreSQL find orphans of a killed postmaster.
 */
function disownStranger(cluster: string): void {
  const [, ...rest] = lines(cluster);
  writeFileSync(pidFile(cluster), [NOBODYS_PID, ...rest].join('\n'));
}

const PATIENCE_MS = 30_000;

async function gone(pid: number, cluster: string): Promise<boolean> {
  const deadline = Date.now() + PATIENCE_MS;
  while (servesCluster(pid, cluster)) {
    if (Date.now() > deadline) return false;
    await delay(20);
  }
  return true;
}

function signal(pid: number, name: 'SIGINT' | 'SIGQUIT'): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

/**
 * Stops what an earlier, killed server left running on `cluster`, so that there are never two. Only called
 * under the folder lock. SIGINT is PostgreSQL's fast shutdown; SIGQUIT its immediate one, healed at the next
 * start from its own log.
 */
export async function stopOrphan(cluster: string, log: (line: string) => void): Promise<void> {
  const pid = namedPostmaster(cluster);
  if (pid === undefined) return;
  if (!servesCluster(pid, cluster)) {
    disownStranger(cluster);
    return;
  }
  log(`stopping PostgreSQL (process ${pid}) that an earlier server left behind`);
  signal(pid, 'SIGINT');
  if (await gone(pid, cluster)) return;
  signal(pid, 'SIGQUIT');
  if (await gone(pid, cluster)) return;
  throw new EmbeddedPostgresError(`PostgreSQL (process ${pid}) of an earlier server does not stop`);
}
