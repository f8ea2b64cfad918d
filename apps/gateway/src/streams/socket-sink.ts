import type { Resync, Signal } from '@clawtank/contracts';
import type { AnyFrame, FeedSink, StoredEvent } from '@clawtank/events';

/** Where one stream's news goes on one socket. */
export interface StreamOutlet {
  frame(frame: AnyFrame): void;
  resync(resync: Resync): void;
  signal(signal: Signal): void;
  replayDone(cursor: number): void;
  /** The subscription is over; `lost` when the reader may read no more. */
  over(lost: boolean): void;
}

export interface SinkOptions {
  readonly mayContinue: (events: readonly StoredEvent[]) => boolean;
  /** The head at the time of a resume: reaching it ends the replay. Left out, nothing is replayed. */
  readonly replayTo?: number;
}

/** The end of a feed at a socket. */
export class SocketSink implements FeedSink {
  private replayTo: number | undefined;
  readonly mayContinue: FeedSink['mayContinue'];

  constructor(
    private readonly outlet: StreamOutlet,
    options: SinkOptions,
  ) {
    this.mayContinue = options.mayContinue;
    this.replayTo = options.replayTo;
  }

  frame(frame: AnyFrame): void {
    this.outlet.frame(frame);
    this.reached(frame.to);
  }

  /** Tells the end of the replay once its last number is behind the reader. */
  reached(cursor: number): void {
    if (this.replayTo === undefined || cursor < this.replayTo) return;
    this.replayTo = undefined;
    this.outlet.replayDone(cursor);
  }

  resync(resync: Resync): void {
    this.outlet.over(false);
    this.outlet.resync(resync);
  }

  signal(signal: Signal): void {
    this.outlet.signal(signal);
  }

  ended(): void {
    this.outlet.over(true);
  }
}
