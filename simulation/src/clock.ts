import { setTimeout as delay } from 'node:timers/promises';

/** Compressed time. */
export class Clock {
  constructor(
    readonly minuteMs: number,
    readonly stopped: AbortSignal,
  ) {}

  /** Waits; ends early when the run is over. */
  async minutes(count: number): Promise<void> {
    await this.ms(count * this.minuteMs);
  }

  async ms(count: number): Promise<void> {
    await delay(count, undefined, { signal: this.stopped }).catch(() => undefined);
  }
}
