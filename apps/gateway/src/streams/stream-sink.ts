import type { Resync, Signal } from '@clawtank/contracts';
import type { AnyFrame, FeedSink, StoredEvent, Subscription } from '@clawtank/events';
import type { Access } from './access-policy.js';
import type { Intents } from './intents.js';

/** How a stream is to be followed. */
export interface Following {
  readonly cursor: number;
  /** Left out where access can't be lost while the connection lasts. */
  readonly access?: Access | undefined;
  /** The head when a resume was asked for; reaching it is told as `replay.done`. */
  readonly replayTo?: number | undefined;
  /** Left out, everything is told. */
  readonly intents?: Intents | undefined;
  /** Called once, when the following is over. */
  readonly onEnd?: (() => void) | undefined;
}

/** The socket's side of the streams that it follows. */
export interface Follower {
  frame(frame: AnyFrame, isReplay: boolean): void;
  signal(signal: Signal): void;
  resync(stream: string, reason: Resync['reason']): void;
  replayDone(stream: string, cursor: number): void;
  /** Nothing more comes; `lost` when the reader may read no more. */
  over(sink: StreamSink, lost: boolean): void;
}

/** One stream's way to one socket. There is one for each reader, so it is a single small object. */
export class StreamSink implements FeedSink {
  subscription: Subscription | undefined;
  /** False once the socket follows the stream no more, or anew. */
  current = true;
  private replayTo: number | undefined;
  private readonly access: Access | undefined;
  private readonly intents: Intents | undefined;
  private readonly onEnd: (() => void) | undefined;

  constructor(
    private readonly follower: Follower,
    readonly stream: string,
    following: Following,
  ) {
    this.access = following.access;
    this.replayTo = following.replayTo;
    this.intents = following.intents;
    this.onEnd = following.onEnd;
  }

  mayContinue(events: readonly StoredEvent[]): boolean {
    return this.access?.mayReadOn(events) ?? true;
  }

  frame(frame: AnyFrame): void {
    if (!this.current) return;
    this.follower.frame(this.intents?.of(frame) ?? frame, this.replayTo !== undefined);
    this.reached(frame.to);
  }

  /** Tells the end of the replay once its last number is behind the reader. */
  reached(cursor: number): void {
    if (this.replayTo === undefined || cursor < this.replayTo) return;
    this.replayTo = undefined;
    this.follower.replayDone(this.stream, cursor);
  }

  resync({ stream, reason }: Resync): void {
    if (!this.current) return;
    this.follower.over(this, false);
    this.follower.resync(stream, reason);
  }

  signal(signal: Signal): void {
    if (this.current) this.follower.signal(signal);
  }

  ended(): void {
    if (this.current) this.follower.over(this, true);
  }

  /** Leaves the feed. */
  end(): void {
    if (!this.current) return;
    this.current = false;
    this.subscription?.close();
    this.onEnd?.();
  }
}
