import { mkdirSync, rmdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const STALE_MS = 60_000;
const RETRY_MS = 50;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Runs `work` while no other process holds the lock. A lock whose holder died is taken after a minute. */
export async function withFileLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  while (!take(path)) await pause(RETRY_MS);
  try {
    return await work();
  } finally {
    release(path);
  }
}

function take(path: string): boolean {
  try {
    mkdirSync(path);
    return true;
  } catch (error) {
    if (!isTaken(error)) throw error;
    if (isStale(path)) release(path);
    return false;
  }
}

const isTaken = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'EEXIST';

function isStale(path: string): boolean {
  try {
    return Date.now() - statSync(path).mtimeMs > STALE_MS;
  } catch {
    return false;
  }
}

function release(path: string): void {
  try {
    rmdirSync(path);
  } catch {
    // Somebody who took it for stale was faster.
  }
}
