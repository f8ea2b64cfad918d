import type { Resync, Signal } from '@clawtank/contracts';
import type { AnyFrame, Audience } from '../audience.js';
import type { StoredEvent } from '../log/stored-event.js';

/** Where a subscription's frames go; implemented by the transports. */
export interface FeedSink {
  frame(frame: AnyFrame): void;
  resync(resync: Resync): void;
  signal(signal: Signal): void;
  /**
   * Asked with each stretch before it is shown. False ends the subscription there: the reader was removed,
   * or the room turned private.
   */
  mayContinue(events: readonly StoredEvent[]): boolean;
  /** The subscription ended because `mayContinue` said so. */
  ended(): void;
}

export interface Subscription {
  readonly stream: string;
  readonly audience: Audience;
  /** The last number handed to the sink. */
  readonly cursor: number;
  close(): void;
}
