import { type Limits, within } from './wait.js';

/** A door that many wait at: open, closed for now, or closed for ever with the error that shut it. */
export class Gate {
  private waiting = newPromise();
  private shut: Error | undefined;
  private isOpen = false;

  get opened(): boolean {
    return this.isOpen;
  }

  open(): void {
    if (this.shut || this.isOpen) return;
    this.isOpen = true;
    this.waiting.resolve();
  }

  close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.waiting = newPromise();
  }

  /** Everyone who waits now or later is refused with `error`. */
  shutWith(error: Error): void {
    if (this.shut) return;
    this.close();
    this.shut = error;
    this.waiting.reject(error);
  }

  pass(limits: Limits): Promise<void> {
    return this.isOpen ? Promise.resolve() : within(this.waiting.promise, limits);
  }
}

interface Settled {
  readonly promise: Promise<void>;
  resolve(): void;
  reject(error: Error): void;
}

function newPromise(): Settled {
  let resolve = (): void => {};
  let reject = (_: Error): void => {};
  const promise = new Promise<void>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  // Nobody may be waiting when the door is shut for ever.
  promise.catch(() => {});
  return { promise, resolve, reject };
}
