const FIRST_SECONDS = 5;
const FACTOR = 4;
const LONGEST_SECONDS = 3_600;

/** What is wrong with a webhook as its host lists it, in words for the room; null for one that works. */
export function hookTrouble(host: string, found: { readonly active: boolean } | undefined): string | null {
  if (found?.active) return null;
  const what = found ? `${host} has switched our webhook off` : `Our webhook is gone from ${host}`;
  return `${what}: news arrives late, by a regular look, until it is set up again.`;
}

/** What is wrong where a webhook can't be set up. @param why ends as a sentence */
export const setupTrouble = (host: string, why: string): string =>
  `The webhook at ${host} can’t be set up, so news arrives late, by a regular look. ${why}`;

/** Seconds until a webhook is set up again that could not be, or that its host took away again. */
export function hookRetrySeconds(attempts: number, retryAfterMs = 0): number {
  if (attempts === 0) return 0;
  const backoff = Math.min(FIRST_SECONDS * FACTOR ** (attempts - 1), LONGEST_SECONDS);
  return Math.max(backoff, Math.ceil(retryAfterMs / 1_000));
}
