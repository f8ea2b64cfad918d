/** Does the work of one lane in the order it came; lanes do not wait for each other. */
export class Lanes {
  private readonly tails = new Map<string, Promise<unknown>>();

  run<T>(lane: string, work: () => Promise<T>): Promise<T> {
    const before = this.tails.get(lane) ?? Promise.resolve();
    const mine = before.then(work, work);
    this.tails.set(lane, mine);
    const forget = (): void => {
      if (this.tails.get(lane) === mine) this.tails.delete(lane);
    };
    mine.then(forget, forget);
    return mine;
  }

  /** Lanes that still have work. */
  get size(): number {
    return this.tails.size;
  }
}
