import type { Signal } from '@clawtank/contracts';
import type { AudienceProjector, AnyFrame, Audience } from '../audience.js';
import { toFrame } from '../audience.js';
import type { Appended } from '../log/log-tx.js';
import type { LogReader } from '../log/log-reader.js';
import type { FeedSink, Subscription } from './subscription.js';

const PAGE = 500;

class Reader implements Subscription {
  cursor: number;
  filling = false;
  open = true;

  constructor(
    readonly stream: string,
    readonly audience: Audience,
    readonly sink: FeedSink,
    cursor: number,
    private readonly onClose: (reader: Reader) => void,
  ) {
    this.cursor = cursor;
  }

  close(): void {
    if (!this.open) return;
    this.open = false;
    this.onClose(this);
  }
}

/** One stream on this node: hands news to its readers and fills every gap from the log. */
export class StreamFeed {
  private readonly readers = new Set<Reader>();
  private head = 0;
  private disposed = false;

  constructor(
    readonly stream: string,
    private readonly log: LogReader,
    private readonly projector: AudienceProjector,
    private readonly onEmpty: () => void,
  ) {}

  add(audience: Audience, cursor: number, sink: FeedSink): Subscription {
    const reader = new Reader(this.stream, audience, sink, cursor, (closed) => this.remove(closed));
    this.readers.add(reader);
    // What was committed between the reader's snapshot and this subscription is in the log only.
    void this.fill(reader, true);
    return reader;
  }

  /** News from the bus. Its order is not trusted: what does not follow on a reader's cursor is read from the log. */
  news(news: Appended): void {
    this.head = Math.max(this.head, news.to);
    const frames = new Map<Audience, AnyFrame>();
    for (const reader of [...this.readers]) {
      if (reader.filling || news.to <= reader.cursor) continue;
      if (news.from !== reader.cursor + 1) {
        void this.fill(reader);
        continue;
      }
      const frame = frames.get(reader.audience) ?? toFrame(news, reader.audience, this.projector);
      frames.set(reader.audience, frame);
      this.deliver(reader, frame, news);
    }
  }

  signal(signal: Signal): void {
    for (const reader of [...this.readers]) reader.sink.signal(signal);
  }

  /** What the head check found; whoever is behind it missed news. Returns how many readers that were. */
  checkHead(head: number): number {
    this.head = Math.max(this.head, head);
    const behind = [...this.readers].filter((reader) => !reader.filling && reader.cursor < head);
    for (const reader of behind) void this.fill(reader);
    return behind.length;
  }

  dispose(): void {
    this.disposed = true;
    this.readers.clear();
  }

  private deliver(reader: Reader, frame: AnyFrame, stretch: Pick<Appended, 'events'>): boolean {
    if (!reader.sink.mayContinue(stretch.events)) {
      reader.close();
      reader.sink.ended();
      return false;
    }
    reader.cursor = frame.to;
    reader.sink.frame(frame);
    return true;
  }

  private async fill(reader: Reader, once = false): Promise<void> {
    if (reader.filling) return;
    reader.filling = true;
    try {
      let first = once;
      while (reader.open && !this.disposed && (first || reader.cursor < this.head)) {
        first = false;
        if (!(await this.fillPage(reader))) return;
      }
    } catch {
      // The database is away: the next news or head check tries again from the same cursor.
      return;
    } finally {
      reader.filling = false;
    }
  }

  private async fillPage(reader: Reader): Promise<boolean> {
    const known = this.head;
    const stretch = await this.log.read(this.stream, reader.cursor, PAGE);
    if (!reader.open) return false;
    if ('resync' in stretch) {
      reader.close();
      reader.sink.resync(stretch.resync);
      return false;
    }
    this.head = Math.max(this.head, stretch.head);
    // News that came during the read was left to this fill, which may have read before its commit.
    if (stretch.events.length === 0) return this.head > Math.max(known, stretch.head);
    return this.deliver(reader, toFrame(stretch, reader.audience, this.projector), stretch);
  }

  private remove(reader: Reader): void {
    this.readers.delete(reader);
    if (this.readers.size === 0) this.onEmpty();
  }
}
