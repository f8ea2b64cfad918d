import { setTimeout as delay } from 'node:timers/promises';

const LIMIT_MS = 40_000;

/** Waits until `look` finds something; fails with what it waited for. */
export async function waitFor<T>(
  what: string,
  look: () => Promise<T | undefined> | T | undefined,
): Promise<T> {
  const deadline = Date.now() + LIMIT_MS;
  while (Date.now() < deadline) {
    const found = await look();
    if (found !== undefined) return found;
    await delay(40);
  }
  throw new Error(`waited ${LIMIT_MS / 1_000} s for ${what}`);
}
