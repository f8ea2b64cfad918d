/** A peer's own time: real, and moved on by tests that do not want to wait. */
export class PeerClock {
  private offset = 0;

  now(): Date {
    return new Date(Date.now() + this.offset);
  }

  advance(ms: number): void {
    this.offset += ms;
  }

  /** Whole seconds, as hosts write times. */
  iso(date = this.now()): string {
    return date.toISOString().replace(/\.\d+Z$/, 'Z');
  }
}
