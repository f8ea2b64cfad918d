import { fail } from '../domain/failures.js';

export interface GateSettings {
  readonly host: string;
  /** A limit that ends within this time is waited for; a longer one is told. */
  readonly patienceMs: number;
  /** Requests under way at once. */
  readonly concurrency: number;
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<void>;
}

/** Hours and minutes, as people read them. */
export const clockTime = (at: Date): string => at.toISOString().slice(11, 16);

/** Queues the requests of one account and holds them while its host limits it. */
export class HostGate {
  private running = 0;
  private readonly queue: (() => void)[] = [];
  private limited: Date | undefined;

  constructor(private readonly settings: GateSettings) {}

  get limitedUntil(): Date | undefined {
    const { limited } = this;
    return limited && limited.getTime() > this.settings.now() ? limited : undefined;
  }

  /** Runs a request when its turn has come. @throws host.limited when that would be too long from now */
  async pass<T>(request: () => Promise<T>): Promise<T> {
    await this.enter();
    try {
      await this.outlast();
      return await request();
    } finally {
      this.running -= 1;
      this.queue.shift()?.();
    }
  }

  /** The host takes nothing before `until`. */
  limit(until: Date): void {
    if (this.limitedUntil && this.limitedUntil >= until) return;
    this.limited = until;
  }

  private async enter(): Promise<void> {
    while (this.running >= this.settings.concurrency) await new Promise<void>((go) => this.queue.push(go));
    this.running += 1;
  }

  private async outlast(): Promise<void> {
    const { now, wait, patienceMs, host } = this.settings;
    for (let until = this.limitedUntil; until; until = this.limitedUntil) {
      const ms = until.getTime() - now();
      if (ms > patienceMs)
        throw fail('host.limited', { host, until: clockTime(until) }, { retryAfterMs: ms });
      await wait(ms);
    }
  }
}
