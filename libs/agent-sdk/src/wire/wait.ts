import { clientError } from '../errors.js';

/** What every waiting call of this SDK takes. */
export interface WaitOptions {
  /** Ends the wait; the call rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** Waits for a time in milliseconds; rejects with the signal's reason as soon as it is aborted. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(reasonOf(signal));
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(reasonOf(signal));
    };
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

export interface Limits extends WaitOptions {
  /** Milliseconds; unlimited when left out. */
  readonly timeoutMs?: number | undefined;
  /** For the message of the timeout: `task.claim was not answered`. */
  readonly what?: string;
}

/** The promise, or a rejection once the signal is aborted or the time is over, whichever comes first. */
export function within<T>(promise: Promise<T>, limits: Limits): Promise<T> {
  const { signal, timeoutMs } = limits;
  if (!signal && timeoutMs === undefined) return promise;
  return new Promise<T>((resolve, reject) => {
    if (signal?.aborted) {
      // Nobody waits for it any more; how it ends is no news.
      promise.catch(() => undefined);
      return reject(reasonOf(signal));
    }
    const onAbort = (): void => settle(() => reject(reasonOf(signal)));
    const timer =
      timeoutMs === undefined
        ? undefined
        : setTimeout(() => settle(() => reject(timedOut(limits))), timeoutMs);
    const settle = (finish: () => void): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      finish();
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    promise.then(
      (value) => settle(() => resolve(value)),
      (error: unknown) => settle(() => reject(asError(error))),
    );
  });
}

const timedOut = ({ what = 'no answer', timeoutMs = 0 }: Limits): Error =>
  clientError('timeout', `${what} within ${Math.round(timeoutMs / 100) / 10} s`);

/** The reason of an aborted signal as an Error. */
export const reasonOf = (signal: AbortSignal | undefined): Error => asError(signal?.reason);

const asError = (value: unknown): Error =>
  value instanceof Error ? value : clientError('closed', typeof value === 'string' ? value : 'aborted');
