/** Serves what has gathered for a key, all at once; returns those that it left for later. */
export type Serve<T> = (key: string, items: readonly T[]) => Promise<readonly T[]>;

/** How long the next of those who have just been served together are waited for, of the time that serving took. */
const COMPANY_SHARE = 0.25;
const LONGEST_COMPANY_MS = 3;

interface Company {
  readonly count: number;
  readonly complete: () => void;
}

/**
 * The first item of a key is served at once; what arrives while it is served is served together after it. Those who
 * were served together mostly come back together: the first of them waits for the others a moment, a small part of
 * what it gains. One that is alone never waits.
 */
export class Gatherer<T> {
  private readonly queues = new Map<string, T[]>();
  /** Keys whose next round waits for company. */
  private readonly awaited = new Map<string, Company>();

  constructor(
    private readonly most: number,
    private readonly serve: Serve<T>,
    /** Two items with the same mark are never served together. */
    private readonly mark: (item: T) => string | undefined,
  ) {}

  add(key: string, item: T): void {
    const queue = this.queues.get(key);
    if (!queue) return void this.work(key, [item]);
    queue.push(item);
    const company = this.awaited.get(key);
    if (company && queue.length >= company.count) company.complete();
  }

  /** Keys that are being served. */
  get size(): number {
    return this.queues.size;
  }

  private async work(key: string, queue: T[]): Promise<void> {
    this.queues.set(key, queue);
    while (queue.length > 0) {
      const taken = this.take(queue);
      const begun = performance.now();
      const left = await this.serve(key, taken);
      queue.unshift(...left);
      const patience = Math.min((performance.now() - begun) * COMPANY_SHARE, LONGEST_COMPANY_MS);
      if (taken.length > 1 && queue.length < taken.length) await this.company(key, taken.length, patience);
    }
    this.queues.delete(key);
  }

  /** Resolves once so many have come, or the time is up. */
  private company(key: string, count: number, withinMs: number): Promise<void> {
    return new Promise((resolve) => {
      const complete = (): void => {
        clearTimeout(timer);
        this.awaited.delete(key);
        resolve();
      };
      const timer = setTimeout(complete, withinMs);
      this.awaited.set(key, { count, complete });
    });
  }

  private take(queue: T[]): readonly T[] {
    const marks = new Set<string>();
    const taken: T[] = [];
    const passed: T[] = [];
    while (taken.length < this.most) {
      const item = queue.shift();
      if (item === undefined) break;
      const mark = this.mark(item);
      if (mark !== undefined && marks.has(mark)) passed.push(item);
      else taken.push(item);
      if (mark !== undefined) marks.add(mark);
    }
    queue.unshift(...passed);
    return taken;
  }
}
