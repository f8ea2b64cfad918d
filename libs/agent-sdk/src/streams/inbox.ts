/** A queue with one reader. Once full it drops what comes, and says so: a stream can be asked for it again. */
export class Inbox<T> {
  private readonly items: T[] = [];
  private wake: (() => void) | undefined;
  private ending: { readonly error: Error | undefined } | undefined;
  private dropped = false;

  constructor(private readonly limit: number) {}

  push(item: T): void {
    if (this.ending) return;
    if (this.items.length >= this.limit) this.dropped = true;
    else this.items.push(item);
    this.wake?.();
  }

  /** True, once, when something was dropped and everything before it has been taken. */
  takeDropped(): boolean {
    if (!this.dropped || this.items.length > 0) return false;
    this.dropped = false;
    return true;
  }

  clear(): void {
    this.items.length = 0;
    this.dropped = false;
  }

  /** The reader gets what is in the queue, then `error`, or the plain end. */
  end(error?: Error): void {
    this.ending ??= { error };
    this.wake?.();
  }

  /** The next item; undefined at the plain end. */
  async take(): Promise<T | undefined> {
    for (;;) {
      const item = this.items.shift();
      if (item !== undefined) return item;
      if (this.ending?.error) throw this.ending.error;
      if (this.ending) return undefined;
      await new Promise<void>((resolve) => (this.wake = resolve));
      this.wake = undefined;
    }
  }
}
