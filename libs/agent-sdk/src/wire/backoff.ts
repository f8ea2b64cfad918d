export interface BackoffOptions {
  /** Milliseconds before the first retry, at most. */
  readonly firstMs: number;
  /** Milliseconds between retries, at most. */
  readonly capMs: number;
}

export const RECONNECT_BACKOFF: BackoffOptions = { firstMs: 500, capMs: 15_000 };

/**
 * How long to wait before retry number `attempt` (0 is the first), in milliseconds: equal jitter, half of an
 * exponentially growing delay fixed and half random, so that a thousand clients of a restarted server spread out
 * but none returns at once.
 * @param random 0 up to 1
 */
export function backoffDelay(attempt: number, random: number, options: BackoffOptions): number {
  const ceiling = Math.min(options.capMs, options.firstMs * 2 ** Math.min(attempt, 30));
  return Math.round(ceiling / 2 + (ceiling / 2) * random);
}
