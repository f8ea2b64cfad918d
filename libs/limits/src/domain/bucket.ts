/** How often something may happen: steadily, and at once after a quiet time. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

export interface Taken {
  /** The bucket afterwards, as the moment in milliseconds at which it is full again. */
  readonly fullAt: number;
  /** Milliseconds until a token can be had; 0 when one was taken. */
  readonly waitMs: number;
}

/** Milliseconds in which an empty bucket fills. */
export const fillMs = ({ perSecond, burst }: Rate): number => (burst * 1_000) / perSecond;

/**
 * Takes one token of a bucket. What is in a bucket follows from when it will be full, so that this one number
 * is its whole state; any moment that has passed is a full one.
 * @param fullAt the bucket, as an earlier call left it
 * @param now milliseconds on the same clock; one that was set back never makes the wait longer than one token's
 */
export function take(fullAt: number, rate: Rate, now: number): Taken {
  const emptyAt = now + fillMs(rate);
  const before = Math.min(Math.max(fullAt, now), emptyAt);
  const after = before + 1_000 / rate.perSecond;
  // Rounding must not refuse the token that has just come to be.
  const waitMs = after - emptyAt;
  return waitMs > ROUNDING_MS ? { fullAt: before, waitMs: Math.ceil(waitMs) } : { fullAt: after, waitMs: 0 };
}

const ROUNDING_MS = 0.01;
