import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** When the process began, so that a number reused by another process is not taken for the first one. */
function startOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    if (process.platform === 'linux' || process.platform === 'win32') return '';
    try {
      return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    } catch {
      return '';
    }
  }
}

function isLive({ pid, start }) {
  if (!pid) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code === 'ESRCH') return false;
  }
  return startOf(pid) === start;
}

/** The newest generation of the lock: its number and whether a living process holds it. */
function newest(path) {
  const prefix = `${basename(path)}.`;
  const numbers = readdirSync(dirname(path))
    .filter((name) => name.startsWith(prefix) && /^\d+$/.test(name.slice(prefix.length)))
    .map((name) => Number(name.slice(prefix.length)))
    .sort((a, b) => a - b);
  const number = numbers.at(-1) ?? 0;
  let holder = {};
  try {
    holder = JSON.parse(readFileSync(`${path}.${number}`, 'utf8'));
  } catch {
    // Removed or half written by a crash: nobody holds it.
  }
  return { number, numbers, holder: isLive(holder) ? holder : undefined };
}

/**
 * One try at the lock. Every owner makes a file with a higher number than the last, so a slow contender
 * who judged an old owner dead can never remove the lock of a newer one. A released or dead generation
 * stays until the next owner removes it.
 */
function tryLock(path) {
  const before = newest(path);
  if (before.holder) return { held: before.holder };
  const mine = before.number + 1;
  const draft = `${path}.draft-${process.pid}`;
  writeFileSync(draft, JSON.stringify({ pid: process.pid, start: startOf(process.pid) }));
  try {
    linkSync(draft, `${path}.${mine}`);
  } catch (error) {
    if (error.code === 'EEXIST') return {};
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  if (newest(path).number !== mine) {
    rmSync(`${path}.${mine}`, { force: true });
    return {};
  }
  for (const old of before.numbers) rmSync(`${path}.${old}`, { force: true });
  return { release: () => writeFileSync(`${path}.${mine}`, '{}') };
}

/**
 * Runs `work` while no other living process runs its own under the same path. A lock whose owner has died
 * is taken over. `onWait(pid)` is called once when somebody else is at work.
 */
export async function withLock(path, work, onWait = () => {}) {
  mkdirSync(dirname(path), { recursive: true });
  let told = false;
  for (;;) {
    const { release, held } = tryLock(path);
    if (release) {
      try {
        return await work();
      } finally {
        release();
      }
    }
    if (held && !told) {
      told = true;
      onWait(held.pid);
    }
    await delay(100);
  }
}
