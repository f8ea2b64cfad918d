const EVERY_MS = 700;

interface Deliveries {
  release(order: <T>(held: readonly T[]) => readonly T[]): Promise<void>;
}

/** Lets what a host holds back go after a while, the latest first, so that it comes out of order too. */
export class LateDeliveries {
  private readonly timer: NodeJS.Timeout;
  private releasing: Promise<void> = Promise.resolve();

  constructor(private readonly deliveries: Deliveries) {
    this.timer = setInterval(() => void this.release(), EVERY_MS);
  }

  release(): Promise<void> {
    this.releasing = this.releasing.then(() => this.deliveries.release((held) => held.toReversed()));
    return this.releasing;
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.releasing;
  }
}
