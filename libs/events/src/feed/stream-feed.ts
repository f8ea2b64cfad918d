import type { Signal } from '@clawtank/contracts';
import type { AnyFrame, Audience, AudienceProjector } from '../audience.js';
import type { LogReader, Stretch } from '../log/log-reader.js';
import type { Appended } from '../log/log-tx.js';
import { Frames } from './frames.js';
import { NewsWindow } from './news-window.js';
import { RecentLog } from './recent-log.js';
import type { FeedSink, Subscription } from './subscription.js';

const PAGE = 500;
/** How long news is gathered behind the first of it, in milliseconds. */
const WINDOW_MS: Readonly<Record<Audience, number>> = { member: 15, spectator: 100 };
const AUDIENCES: readonly Audience[] = ['member', 'spectator'];

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

/** One stream on this node: hands news to its readers and fills every gap from memory or the log. */
export class StreamFeed {
  private readonly readers: Readonly<Record<Audience, Set<Reader>>> = {
    member: new Set(),
    spectator: new Set(),
  };
  private readonly log: RecentLog;
  private readonly frames: Readonly<Record<Audience, Frames>>;
  private readonly windows: readonly NewsWindow[];
  private disposed = false;

  constructor(
    readonly stream: string,
    log: LogReader,
    projector: AudienceProjector,
    private readonly onEmpty: () => void,
  ) {
    this.log = new RecentLog(stream, (after) => log.read(stream, after, PAGE), PAGE);
    this.frames = { member: new Frames('member', projector), spectator: new Frames('spectator', projector) };
    this.windows = AUDIENCES.map(
      (audience) => new NewsWindow(WINDOW_MS[audience], (news) => this.hand(audience, news)),
    );
  }

  add(audience: Audience, cursor: number, sink: FeedSink): Subscription {
    const reader = new Reader(this.stream, audience, sink, cursor, (closed) => this.remove(closed));
    this.readers[audience].add(reader);
    // What was committed between the reader's snapshot and this subscription is in the log only.
    void this.fill(reader, true);
    return reader;
  }

  /** News from the bus. Its order is not trusted: what does not follow on a reader's cursor is read from the log. */
  news(news: Appended): void {
    this.log.add(news);
    for (const window of this.windows) window.add(news);
  }

  /** A page after a number if memory has it. */
  atHand(after: number, limit: number): Stretch | undefined {
    return this.log.atHand(after, limit);
  }

  signal(signal: Signal): void {
    for (const reader of this.all()) reader.sink.signal(signal);
  }

  /** What the head check found; whoever is behind it missed news. Returns how many readers that were. */
  checkHead(head: number): number {
    this.log.sawHead(head);
    const behind = this.all().filter((reader) => !reader.filling && reader.cursor < head);
    for (const reader of behind) void this.fill(reader);
    return behind.length;
  }

  dispose(): void {
    this.disposed = true;
    for (const window of this.windows) window.stop();
    for (const audience of AUDIENCES) this.readers[audience].clear();
  }

  private hand(audience: Audience, news: Appended): void {
    let frame: AnyFrame | undefined;
    for (const reader of this.readers[audience]) {
      if (reader.filling || news.to <= reader.cursor) continue;
      if (news.from !== reader.cursor + 1) void this.fill(reader);
      else this.deliver(reader, news, (frame ??= this.frames[audience].of(news)));
    }
  }

  private deliver(reader: Reader, { events, to }: Pick<Stretch, 'events' | 'to'>, frame: AnyFrame): boolean {
    if (!reader.sink.mayContinue(events)) {
      reader.close();
      reader.sink.ended();
      return false;
    }
    reader.cursor = to;
    reader.sink.frame(frame);
    return true;
  }

  private all(): readonly Reader[] {
    return AUDIENCES.flatMap((audience) => [...this.readers[audience]]);
  }

  private async fill(reader: Reader, once = false): Promise<void> {
    if (reader.filling) return;
    reader.filling = true;
    try {
      let first = once;
      while (reader.open && !this.disposed && (first || reader.cursor < this.log.head)) {
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
    const known = this.log.head;
    const stretch = await this.log.after(reader.cursor);
    if (!reader.open) return false;
    if ('resync' in stretch) {
      reader.close();
      reader.sink.resync(stretch.resync);
      return false;
    }
    // News that came during the read was left to this fill, which may have read before its commit.
    if (stretch.events.length === 0) return this.log.head > Math.max(known, stretch.head);
    return this.deliver(reader, stretch, this.frames[reader.audience].of(stretch));
  }

  private remove(reader: Reader): void {
    this.readers[reader.audience].delete(reader);
    if (AUDIENCES.every((audience) => this.readers[audience].size === 0)) this.onEmpty();
  }
}
