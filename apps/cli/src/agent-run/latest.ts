/** Hands on the latest of many values: the first at once, then at most one in a while, never an old one. */
export class Latest<T> {
  private waiting: { readonly value: T } | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private sending: Promise<void> = Promise.resolve();

  /** @param send what it rejects with is dropped: the next value tells more */
  constructor(
    private readonly everyMs: number,
    private readonly send: (value: T) => Promise<void>,
  ) {}

  tell(value: T): void {
    this.waiting = { value };
    if (!this.timer) this.pass();
  }

  /** Hands on what waits, and waits until it is sent. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.handOn();
    await this.sending;
  }

  /** Forgets what waits. */
  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.waiting = undefined;
  }

  private pass(): void {
    this.handOn();
    this.timer = setTimeout(() => {
      this.timer = undefined;
      if (this.waiting) this.pass();
    }, this.everyMs);
  }

  private handOn(): void {
    const { waiting } = this;
    if (!waiting) return;
    this.waiting = undefined;
    this.sending = this.sending.then(() => this.send(waiting.value)).catch(() => {});
  }
}
