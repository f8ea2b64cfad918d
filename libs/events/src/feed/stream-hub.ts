import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Signal } from '@clawtank/contracts';
import { AudienceProjector, type Audience } from '../audience.js';
import { Bus, newsChannel, signalChannel, type Unsubscribe } from '../bus/bus.js';
import type { Appended } from '../log/log-tx.js';
import { LogReader, type Stretch, type StretchOrResync } from '../log/log-reader.js';
import { StreamFeed } from './stream-feed.js';
import type { FeedSink, Subscription } from './subscription.js';

/** How often heads are compared: lost news is healed well within 5 seconds. */
const HEAD_CHECK_MS = 2_500;

interface Entry {
  readonly feed: StreamFeed;
  readonly subscribed: Promise<Unsubscribe[]>;
}

/** Which page of a stream is wanted. */
interface PageAt {
  readonly after: number;
  readonly limit: number;
  readonly epoch?: string | undefined;
  /** The head that the reader knows of: memory that does not reach it does not answer. */
  readonly head: number;
}

/** All streams that somebody on this node reads; a channel is subscribed only while somebody does. */
@Injectable()
export class StreamHub implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(StreamHub.name);
  private readonly entries = new Map<string, Entry>();
  private readonly pages = new Map<string, Promise<StretchOrResync>>();
  private timer: NodeJS.Timeout | undefined;
  private healed = 0;

  constructor(
    private readonly bus: Bus,
    private readonly log: LogReader,
    private readonly projector: AudienceProjector,
  ) {}

  onModuleInit(): void {
    this.timer = setInterval(() => void this.checkHeads(), HEAD_CHECK_MS);
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await Promise.all([...this.entries.keys()].map((stream) => this.drop(stream)));
  }

  /** Readers that were found behind and brought up to date by the head check since the start. */
  get gapsHealed(): number {
    return this.healed;
  }

  /**
   * Delivers everything after `cursor`, first from the log, then live, without hole or double.
   * The caller has checked that the reader may see the stream.
   */
  async subscribe(stream: string, audience: Audience, cursor: number, sink: FeedSink): Promise<Subscription> {
    for (;;) {
      const entry = this.entries.get(stream) ?? this.open(stream);
      await entry.subscribed;
      // The last reader may have left meanwhile and taken the entry with it.
      if (this.entries.get(stream) === entry) return entry.feed.add(audience, cursor, sink);
    }
  }

  /**
   * One page after a position for a reader who may see the stream, from memory where somebody follows it here. Readers
   * who want the same page at the same time share it.
   */
  async page(stream: string, at: PageAt): Promise<StretchOrResync> {
    const near = this.atHand(stream, at);
    if (near) return near;
    const key = `${stream} ${String(at.after)} ${String(at.limit)} ${at.epoch ?? ''} ${String(at.head)}`;
    const same = this.pages.get(key);
    if (same) return same;
    const page = this.log.read(stream, at.after, at.limit, at.epoch).finally(() => this.pages.delete(key));
    this.pages.set(key, page);
    return page;
  }

  /** As `page`, but only from memory: for whoever has a transaction, and would wait in it for another connection. */
  atHand(stream: string, { after, limit, epoch, head }: PageAt): Stretch | undefined {
    const near = this.entries.get(stream)?.feed.atHand(after, limit);
    return near && near.head >= head && (epoch ?? near.epoch) === near.epoch ? near : undefined;
  }

  /** Sends an ephemeral signal to everyone who reads the stream, on every node; it may be lost. */
  async signal(stream: string, signal: Signal): Promise<void> {
    await this.bus.publish(signalChannel(stream), JSON.stringify(signal));
  }

  private open(stream: string): Entry {
    const feed = new StreamFeed(stream, this.log, this.projector, () => void this.drop(stream));
    const subscribed = Promise.all([
      this.bus.subscribe(newsChannel(stream), (text) => feed.news(JSON.parse(text) as Appended)),
      this.bus.subscribe(signalChannel(stream), (text) => feed.signal(JSON.parse(text) as Signal)),
    ]).catch((error: unknown) => {
      this.logger.warn(`no news of ${stream}, polling: ${String(error)}`);
      return [];
    });
    const entry = { feed, subscribed };
    this.entries.set(stream, entry);
    return entry;
  }

  private async drop(stream: string): Promise<void> {
    const entry = this.entries.get(stream);
    if (!entry) return;
    this.entries.delete(stream);
    entry.feed.dispose();
    const unsubscribes = await entry.subscribed;
    await Promise.allSettled(unsubscribes.map((unsubscribe) => unsubscribe()));
  }

  private async checkHeads(): Promise<void> {
    if (this.entries.size === 0) return;
    try {
      const heads = await this.log.heads([...this.entries.keys()]);
      for (const [stream, head] of heads) this.healed += this.entries.get(stream)?.feed.checkHead(head) ?? 0;
    } catch (error) {
      this.logger.warn(`head check: ${String(error)}`);
    }
  }
}
