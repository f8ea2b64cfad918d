import { chmod, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from './postgres.js';
import { startRedis } from './redis.js';
import type { ClusterCommand } from './options.js';

export interface Premises {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly gitRoot: string;
  close(): Promise<void>;
}

/** A data folder and the database files that had to lie elsewhere. */
export async function removeFolder(folder: string): Promise<void> {
  const location = await readFile(join(folder, 'postgres-location'), 'utf8').catch(() => '');
  if (location.trim()) await rm(location.trim(), { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
}

const PREFIX = 'clawtank-cluster-';

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code !== 'ESRCH';
  }
}

/** A temporary folder with our number in its name; those of processes that were killed go at the same time. */
export async function temporaryFolder(): Promise<string> {
  for (const name of await readdir(tmpdir())) {
    if (name.startsWith(PREFIX) && !isAlive(Number(name.slice(PREFIX.length).split('-')[0]))) {
      await removeFolder(join(tmpdir(), name));
    }
  }
  return mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`));
}

/** What the nodes stand on: what was named, else instances of our own in a folder that goes with them. */
export async function openPremises(command: ClusterCommand, log: (line: string) => void): Promise<Premises> {
  const closers: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const closer of closers.reverse()) await closer();
  };
  try {
    const folder = command.dataDir ?? (await temporaryFolder());
    await mkdir(folder, { recursive: true });
    // PostgreSQL of a server run by root is another account, which must get through.
    if (process.getuid?.() === 0) await chmod(folder, 0o711);
    if (!command.dataDir) closers.push(() => removeFolder(folder));
    const postgres = command.databaseUrl ? undefined : await startPostgres(folder, log);
    if (postgres) closers.push(() => postgres.stop());
    const redis = command.redisUrl ? undefined : await startRedis(folder);
    if (redis) closers.push(() => redis.kill());
    return {
      databaseUrl: command.databaseUrl ?? postgres?.url ?? '',
      redisUrl: command.redisUrl ?? redis?.url ?? '',
      gitRoot: join(folder, 'git'),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
