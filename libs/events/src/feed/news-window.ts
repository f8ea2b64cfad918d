import type { Appended } from '../log/log-tx.js';

/** A window that holds this many events is closed before its time. */
const MOST_HELD = 500;

/**
 * Hands the first news on at once and what follows within the window as one. The cost of delivery is per frame, and
 * a quiet stream waits for nothing.
 */
export class NewsWindow {
  private timer: NodeJS.Timeout | undefined;
  private held: Appended | undefined;

  constructor(
    private readonly windowMs: number,
    private readonly deliver: (news: Appended) => void,
  ) {}

  add(news: Appended): void {
    if (!this.timer) {
      // Counted from the news itself: handing it to thousands takes a while.
      this.timer = setTimeout(() => this.close(), this.windowMs);
      this.deliver(news);
      return;
    }
    if (this.held && news.from !== this.held.to + 1) this.release();
    this.held = this.held ? joinNews(this.held, news) : news;
    if (this.held.events.length >= MOST_HELD) this.release();
  }

  /** Drops what is held and delivers nothing any more. */
  stop(): void {
    clearTimeout(this.timer);
    this.held = undefined;
  }

  private release(): void {
    const news = this.held;
    this.held = undefined;
    if (news) this.deliver(news);
  }

  private close(): void {
    this.timer = undefined;
    const news = this.held;
    this.held = undefined;
    if (news) this.add(news);
  }
}

/** One piece of news that says what both said; they follow on each other. */
const joinNews = (first: Appended, second: Appended): Appended => ({
  ...first,
  to: second.to,
  events: [...first.events, ...second.events],
});
