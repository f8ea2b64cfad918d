/** Serves what has gathered for a key, all at once; returns those that it left for later. */
export type Serve<T> = (items: readonly T[]) => Promise<readonly T[]>;

/**
 * The first item of a key is served at once; what arrives while it is served is served together after it. Nothing
 * waits for company.
 */
export class Gatherer<T> {
  private readonly queues = new Map<string, T[]>();

  constructor(
    private readonly most: number,
    private readonly serve: Serve<T>,
    /** Two items with the same mark are never served together. */
    private readonly mark: (item: T) => string | undefined,
  ) {}

  add(key: string, item: T): void {
    const queue = this.queues.get(key);
    if (queue) queue.push(item);
    else void this.work(key, [item]);
  }

  /** Keys that are being served. */
  get size(): number {
    return this.queues.size;
  }

  private async work(key: string, queue: T[]): Promise<void> {
    this.queues.set(key, queue);
    while (queue.length > 0) {
      const left = await this.serve(this.take(queue));
      queue.unshift(...left);
    }
    this.queues.delete(key);
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
