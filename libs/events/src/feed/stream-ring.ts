import type { Stretch } from '../log/log-reader.js';
import { WireEvent } from '../log/wire-event.js';
import { isEvent, type StoredEvent } from '../log/stored-event.js';

export interface RingLimits {
  readonly events: number;
  readonly bytes: number;
}

/** A stretch as it is added: any run of numbers without a hole. */
export type Run = Pick<Stretch, 'epoch' | 'from' | 'to' | 'events'>;

/** What an event weighs besides its data. */
const ENVELOPE_BYTES = 300;

interface Entry {
  readonly event: StoredEvent;
  readonly bytes: number;
}

/** The last events of a stream, without a hole, as they stand in the log. */
export class StreamRing {
  private entries: Entry[] = [];
  private bytes = 0;
  private last = 0;
  private epoch: string | undefined;

  constructor(private readonly limits: RingLimits) {}

  /** The last number it knows of. */
  get to(): number {
    return this.last;
  }

  get size(): number {
    return this.entries.length;
  }

  /** The events after a number, or undefined where they go back further than this does. */
  after(cursor: number, limit: number): Run | undefined {
    if (this.epoch === undefined || cursor < this.first - 1 || cursor > this.last) return undefined;
    const begin = cursor - this.first + 1;
    const events = this.entries.slice(begin, begin + limit).map(({ event }) => event);
    return { epoch: this.epoch, from: cursor + 1, to: cursor + events.length, events };
  }

  /** Takes a run of events at either end; one that leaves a hole replaces everything if it is newer. */
  add(run: Run): void {
    if (run.epoch !== this.epoch || run.from > this.last + 1) this.restart(run);
    else if (run.to > this.last) this.append(run.events.filter(({ seq }) => seq > this.last));
    if (run.from < this.first && run.to >= this.first - 1) this.prepend(run.events);
    this.redact(run.events);
    this.trim();
  }

  /** Forgets everything. */
  clear(): void {
    this.entries = [];
    this.bytes = 0;
    this.last = 0;
    this.epoch = undefined;
  }

  private get first(): number {
    return this.last - this.entries.length + 1;
  }

  private restart(run: Run): void {
    if (run.epoch === this.epoch && run.to <= this.last) return;
    this.clear();
    this.epoch = run.epoch;
    this.last = run.from - 1;
    this.append(run.events);
  }

  private append(events: readonly StoredEvent[]): void {
    for (const event of events) {
      const entry = toEntry(event);
      this.entries.push(entry);
      this.bytes += entry.bytes;
      this.last = event.seq;
    }
  }

  /** Older events may have been read before a redaction that is here already. */
  private prepend(events: readonly StoredEvent[]): void {
    const older = events.filter(({ seq }) => seq < this.first).map(toEntry);
    this.entries = [...older, ...this.entries];
    this.bytes += older.reduce((sum, { bytes }) => sum + bytes, 0);
    this.redact(this.entries.map(({ event }) => event));
  }

  private redact(events: readonly StoredEvent[]): void {
    for (const event of events) {
      if (!isEvent(event, 'redaction') || event.data.stream !== event.stream) continue;
      const index = event.data.seq - this.first;
      const entry = this.entries[index];
      if (entry) this.entries[index] = { ...entry, event: redacted(entry.event) };
    }
  }

  private trim(): void {
    let count = 0;
    while (this.entries.length - count > this.limits.events || this.bytes > this.limits.bytes) {
      const oldest = this.entries[count];
      if (!oldest) break;
      this.bytes -= oldest.bytes;
      count += 1;
    }
    if (count > 0) this.entries.splice(0, count);
  }
}

const toEntry = (event: StoredEvent): Entry => ({
  event,
  bytes: event instanceof WireEvent ? event.wire.length : JSON.stringify(event.data).length + ENVELOPE_BYTES,
});

const redacted = (event: StoredEvent): StoredEvent => ({
  ...(event instanceof WireEvent ? event.toJSON() : event),
  data: { redacted: true },
});
