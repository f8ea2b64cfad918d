/** What came of one push: it is done, it is to be tried later, or the subscription has ended. */
export type PushOutcome = 'done' | 'later' | 'gone';

const FIRST_WAIT_SECONDS = 5;
const LONGEST_WAIT_SECONDS = 3_600;

/** Tries of one push before it is given up. */
export const MAX_PUSH_TRIES = 8;

/** What a push service's answer means; null is no answer at all. What it refuses is not sent again. */
export function outcomeOf(status: number | null): PushOutcome {
  if (status === 404 || status === 410) return 'gone';
  return status === null || status === 429 || status >= 500 ? 'later' : 'done';
}

/** Seconds until the next try: doubling, and never sooner than the push service asked for. */
export function waitSeconds(tries: number, retryAfter: number | null): number {
  const doubled = FIRST_WAIT_SECONDS * 2 ** Math.max(0, tries - 1);
  return Math.min(LONGEST_WAIT_SECONDS, Math.max(doubled, retryAfter ?? 0));
}
