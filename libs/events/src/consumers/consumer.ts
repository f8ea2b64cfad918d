import type { LogTx } from '../log/log-tx.js';
import type { StoredEvent } from '../log/stored-event.js';

/**
 * A durable reader of the log. `handle` runs in the transaction that also moves the consumer's position, with
 * the event's room locked, so each event has its effect once. Effects outside the database belong behind an intent row.
 */
export abstract class EventConsumer {
  /** Names the position; never changes. */
  abstract readonly consumer: string;
  /** Streams it reads. */
  abstract readonly streams: 'room' | 'user' | 'all';
  abstract handle(tx: LogTx, event: StoredEvent): Promise<void>;
}
