const FIRST_SECONDS = 5;
const FACTOR = 4;
const LONGEST_SECONDS = 900;
/** About half an hour of tries: what has not helped by then will not. */
const MOST_ATTEMPTS = 7;
/** GitHub itself keeps deliveries for three days. */
const PATIENCE_HOURS = 72;

export interface FailedTry {
  /** How many there were, this one included. */
  readonly attempt: number;
  /** The host or the database was away, which is no fault of the delivery. */
  readonly away: boolean;
  /** Until when the host takes nothing from us, if it says so. */
  readonly retryAfterMs?: number | undefined;
  readonly ageHours: number;
}

/** Seconds until a delivery that failed is tried again; null when it is given up. */
export function nextTry({ attempt, away, retryAfterMs, ageHours }: FailedTry): number | null {
  if (away ? ageHours >= PATIENCE_HOURS : attempt >= MOST_ATTEMPTS) return null;
  const backoff = Math.min(FIRST_SECONDS * FACTOR ** (attempt - 1), LONGEST_SECONDS);
  return Math.max(backoff, Math.ceil((retryAfterMs ?? 0) / 1_000));
}
