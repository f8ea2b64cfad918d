/** Lets a few pieces of work run at once; the others wait for their turn in the order they came. */
export class Turns {
  private running = 0;
  /** Made when something has to wait. */
  private waiting: (() => Promise<void>)[] | undefined;

  constructor(
    private readonly atOnce: number,
    private readonly mayWait: number,
  ) {}

  /** @returns false when too much waits already; the work is then not taken */
  take(work: () => Promise<void>): boolean {
    if (this.running < this.atOnce) {
      this.start(work);
      return true;
    }
    const waiting = (this.waiting ??= []);
    if (waiting.length >= this.mayWait) return false;
    waiting.push(work);
    return true;
  }

  private start(work: () => Promise<void>): void {
    this.running += 1;
    void work().finally(() => {
      this.running -= 1;
      const next = this.waiting?.shift();
      if (next) this.start(next);
    });
  }
}
