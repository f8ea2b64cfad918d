import type { EventType } from '@clawtank/contracts';
import type { StoredEvent } from './stored-event.js';

/**
 * An event that was read as its members' text. Whoever sends it on needs no more than that; what it says is parsed
 * once, for those who ask.
 */
export class WireEvent {
  private known: StoredEvent | undefined;

  constructor(
    readonly stream: string,
    readonly seq: number,
    readonly type: EventType,
    /** The JSON of its envelope. */
    readonly wire: string,
  ) {}

  get id(): string {
    return this.toJSON().id;
  }

  get room_id(): string | undefined {
    return this.toJSON().room_id;
  }

  get at(): string {
    return this.toJSON().at;
  }

  get actor(): StoredEvent['actor'] {
    return this.toJSON().actor;
  }

  get data(): StoredEvent['data'] {
    return this.toJSON().data;
  }

  /** The same object; absent fields of an event are undefined here. */
  asEvent(): StoredEvent {
    return this as StoredEvent;
  }

  toJSON(): StoredEvent {
    return (this.known ??= JSON.parse(this.wire) as StoredEvent);
  }
}
