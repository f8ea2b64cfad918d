'use client';

import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let seconds = 0;
let timer: ReturnType<typeof setInterval> | undefined;

function tick(): void {
  seconds = Math.floor(Date.now() / 1_000);
  for (const listener of listeners) listener();
}

/** One timer for every age on the page; it rests while nothing shows one. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(tick, 1_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function present(): number {
  if (timer === undefined || seconds === 0) seconds = Math.floor(Date.now() / 1_000);
  return seconds * 1_000;
}

/** Milliseconds since 1970, once a second. Until the page is alive it is `served`, the server's moment, so both render alike. */
export function useNow(served: number): number {
  return useSyncExternalStore(subscribe, present, () => served);
}

const MINUTE_MS = 60_000;
const minute = (moment: number): number => Math.floor(moment / MINUTE_MS) * MINUTE_MS;

/** The minute it is: what shows no seconds is drawn once a minute. */
export function useMinute(served: number): number {
  return useSyncExternalStore(
    subscribe,
    () => minute(present()),
    () => minute(served),
  );
}

const never = (): (() => void) => () => undefined;

/** False on the server and in the first render, true ever after: for what only the reader's machine knows. */
export function useAlive(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
