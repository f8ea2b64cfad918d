/** The time of this process. Deadlines that several nodes compare are computed in SQL instead. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };
