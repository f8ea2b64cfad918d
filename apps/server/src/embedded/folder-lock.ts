import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { link, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { isMissing, isTaken } from './errno.js';

export interface FolderLock {
  release(): Promise<void>;
}

interface Holder {
  readonly pid: number;
  /** When that process began: its number alone may be another process's today. */
  readonly start: string;
}

function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''}`;
  } catch {
    if (process.platform === 'linux') return '';
  }
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}

function isLive(holder: Holder): boolean {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if (isMissing(error)) return false;
  }
  return startOf(holder.pid) === holder.start;
}

async function holderIn(file: string): Promise<Holder | undefined> {
  try {
    const read: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (!(read instanceof Object) || !('pid' in read) || !('start' in read)) return undefined;
    return { pid: Number(read.pid), start: String(read.start) };
  } catch {
    return undefined;
  }
}

async function generations(path: string): Promise<number[]> {
  const prefix = `${basename(path)}.`;
  return (await readdir(dirname(path)))
    .filter((name) => name.startsWith(prefix) && /^\d+$/.test(name.slice(prefix.length)))
    .map((name) => Number(name.slice(prefix.length)))
    .sort((a, b) => a - b);
}

async function tryGeneration(path: string, generation: number): Promise<boolean> {
  const draft = join(dirname(path), `.${basename(path)}-draft-${randomUUID()}`);
  await writeFile(draft, JSON.stringify({ pid: process.pid, start: startOf(process.pid) }), { mode: 0o600 });
  try {
    await link(draft, `${path}.${generation}`);
    return true;
  } catch (error) {
    if (isTaken(error)) return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/**
 * Takes the lock `path`, or takes it over from a process that has died.
 *
 * Each owner makes a file with a higher number than the last one's, so a slow contender who judged an old
 * owner dead can never remove a newer owner's lock. The newest file stays after release, marked free.
 *
 * @throws EmbeddedPostgresError while another living process holds it.
 */
export async function lockFolder(path: string): Promise<FolderLock> {
  for (;;) {
    const before = await generations(path);
    const newest = before.at(-1) ?? 0;
    const holder = await holderIn(`${path}.${newest}`);
    if (holder && isLive(holder)) {
      throw new EmbeddedPostgresError(
        `the data folder is in use by another ClawTank server (process ${holder.pid}): stop it, or give --data another folder`,
      );
    }
    const mine = newest + 1;
    if (!(await tryGeneration(path, mine))) continue;
    if ((await generations(path)).at(-1) !== mine) {
      await rm(`${path}.${mine}`, { force: true });
      continue;
    }
    await Promise.all(before.map((old) => rm(`${path}.${old}`, { force: true })));
    return { release: () => writeFile(`${path}.${mine}`, '{}') };
  }
}
