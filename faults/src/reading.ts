import type { Envelope, Frame } from '@clawtank/contracts';
import { fingerprint } from './ledger.js';

export type Audience = 'member' | 'spectator';

/** What one reader got of one stream: which numbers it was told about, and what they were. */
export class Reading {
  readonly seen = new Map<number, string>();
  /** Stretches that the server said it could not serve: from, to. */
  readonly skipped: (readonly [number, number])[] = [];
  /** Frames that began beyond the cursor: a loss that the reader could see. */
  holes = 0;
  /** Frames that contradict themselves. */
  broken = 0;
  resyncs = 0;
  connections = 0;
  cursor: number;
  epoch: string | undefined;

  constructor(
    readonly name: string,
    readonly stream: string,
    readonly audience: Audience,
    readonly start: number,
  ) {
    this.cursor = start;
  }

  /** @returns false when the frame does not follow on what was read: the reader must ask again */
  take(frame: Frame<Envelope>): boolean {
    this.epoch ??= frame.epoch;
    if (frame.to <= this.cursor) return true;
    if (frame.from !== this.cursor + 1) {
      this.holes += 1;
      return false;
    }
    for (const event of frame.events) {
      if (event.seq < frame.from || event.seq > frame.to || this.seen.has(event.seq)) this.broken += 1;
      this.seen.set(event.seq, fingerprint(event));
    }
    this.cursor = frame.to;
    return true;
  }

  /** The server told to begin anew, and a snapshot stands at `cursor`. */
  beginAnew(cursor: number, epoch: string): void {
    this.resyncs += 1;
    this.skipped.push([this.cursor + 1, cursor]);
    this.cursor = cursor;
    this.epoch = epoch;
  }

  wasSkipped(seq: number): boolean {
    return this.skipped.some(([from, to]) => seq >= from && seq <= to);
  }
}
