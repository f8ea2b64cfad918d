import type { Stretch, StretchOrResync } from '../log/log-reader.js';
import { type Run, StreamRing } from './stream-ring.js';

const RING = { events: 512, bytes: 512 * 1024 };
const READS_AT_ONCE = 2;

/** Reads the log of one stream from a number on. */
export type ReadLog = (after: number) => Promise<StretchOrResync>;

interface Reading {
  /** The highest number known when it began. */
  readonly since: number;
  readonly page: Promise<StretchOrResync>;
}

/**
 * One stream's log with its last events at hand. Readers that come at once want much the same: what one of them has
 * read answers the others, and few read at the same time.
 */
export class RecentLog {
  private readonly ring = new StreamRing(RING);
  /**
   * A person's own stream is read by few, and the deletion of a room redacts in it without an event that would tell
   * the other nodes: it is always read from the log.
   */
  private readonly keeps: boolean;
  private readonly reads = new Map<number, Reading>();
  private newest = 0;

  constructor(
    private readonly stream: string,
    private readonly readLog: ReadLog,
    private readonly page: number,
  ) {
    this.keeps = !stream.startsWith('user:');
  }

  /** The highest number that is known to be in the log. */
  get head(): number {
    return this.newest;
  }

  /** News, in whatever order it comes. */
  add(run: Run): void {
    this.newest = Math.max(this.newest, run.to);
    if (this.keeps) this.ring.add(run);
  }

  /** What the database says the head is; a head that went back is another log's. */
  sawHead(head: number): void {
    if (head < this.ring.to) this.ring.clear();
    this.newest = Math.max(this.newest, head);
  }

  /**
   * A page of events after a number, from memory where it reaches.
   * @returns a resync when there is no such position
   */
  async after(cursor: number): Promise<StretchOrResync> {
    for (;;) {
      const near = this.atHand(cursor);
      if (near) return near;
      const same = this.reads.get(cursor);
      // A read that began before the latest news may end before it.
      if (same?.since === this.newest) return same.page;
      if (!same && this.reads.size < READS_AT_ONCE) return this.read(cursor);
      await Promise.race([...this.reads.values()].map(({ page }) => page)).catch(() => undefined);
    }
  }

  /** The page if memory has it. Where more is known to be in the log than is here, an empty page is no answer. */
  atHand(cursor: number, limit = this.page): Stretch | undefined {
    const run = this.ring.after(cursor, limit);
    if (!run || (run.events.length === 0 && this.ring.to < this.newest)) return undefined;
    return { stream: this.stream, head: this.newest, ...run };
  }

  private async read(cursor: number): Promise<StretchOrResync> {
    const reading = this.readLog(cursor);
    this.reads.set(cursor, { since: this.newest, page: reading });
    try {
      const stretch = await reading;
      if ('resync' in stretch) return stretch;
      this.newest = Math.max(this.newest, stretch.head);
      // A page from long ago is no one's next page.
      if (this.keeps && stretch.to === stretch.head) this.ring.add(stretch);
      return stretch;
    } finally {
      this.reads.delete(cursor);
    }
  }
}
