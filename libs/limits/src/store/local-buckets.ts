import { type Rate, take } from '../domain/bucket.js';
import { BucketStore } from './bucket-store.js';

const SWEEP_MS = 5_000;

/** Buckets of this process. A full one is forgotten: it is like one that was never used. */
export class LocalBuckets extends BucketStore {
  private readonly fullAt = new Map<string, number>();
  private sweptAt = 0;

  /** @param now milliseconds on a clock that only goes forward */
  constructor(private readonly now: () => number = () => performance.now()) {
    super();
  }

  override async take(key: string, rate: Rate): Promise<number> {
    const now = this.now();
    this.sweep(now);
    const taken = take(this.fullAt.get(key) ?? 0, rate, now);
    this.fullAt.set(key, taken.fullAt);
    return taken.waitMs;
  }

  override async close(): Promise<void> {
    this.fullAt.clear();
  }

  /** Buckets that are not full. */
  get size(): number {
    this.sweptAt = -SWEEP_MS;
    this.sweep(this.now());
    return this.fullAt.size;
  }

  private sweep(now: number): void {
    if (now - this.sweptAt < SWEEP_MS) return;
    this.sweptAt = now;
    for (const [key, fullAt] of this.fullAt) if (fullAt <= now) this.fullAt.delete(key);
  }
}
