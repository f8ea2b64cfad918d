import type { AnyFrame } from '@clawtank/events';

/** One frame that says what both said; they follow on each other. */
export function joinFrames(first: AnyFrame, second: AnyFrame): AnyFrame {
  return { ...first, to: second.to, events: [...first.events, ...second.events] };
}

/**
 * Sends the first frame at once and what follows within the window as one. The cost of delivery is per frame,
 * and a quiet room waits for nothing.
 */
export class FrameCoalescer {
  private timer: NodeJS.Timeout | undefined;
  private held: AnyFrame | undefined;

  constructor(
    private readonly windowMs: number,
    private readonly send: (frame: AnyFrame) => void,
  ) {}

  add(frame: AnyFrame): void {
    if (!this.timer) {
      this.send(frame);
      this.timer = setTimeout(() => this.flush(), this.windowMs);
      return;
    }
    this.held = this.held ? joinFrames(this.held, frame) : frame;
  }

  /** Sends what is held at once. */
  release(): void {
    const frame = this.held;
    this.held = undefined;
    if (frame) this.send(frame);
  }

  /** Drops what is held and sends nothing any more. */
  stop(): void {
    clearTimeout(this.timer);
    this.held = undefined;
  }

  private flush(): void {
    this.timer = undefined;
    const frame = this.held;
    this.held = undefined;
    if (frame) this.add(frame);
  }
}
