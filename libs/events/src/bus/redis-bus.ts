import { Logger } from '@nestjs/common';
import { Redis } from 'ioredis';
import { Bus, type Unsubscribe } from './bus.js';

type Listener = (text: string) => void;

/** Redis pub/sub: one connection to publish, one that listens, a channel subscribed once per process. */
export class RedisBus extends Bus {
  private readonly log = new Logger(RedisBus.name);
  private readonly publisher: Redis;
  private readonly subscriber: Redis;
  private readonly listeners = new Map<string, Set<Listener>>();

  constructor(url: string) {
    super();
    // Without Redis, news is refused at once and readers poll; nothing may queue up behind it.
    this.publisher = new Redis(url, {
      enableOfflineQueue: true,
      maxRetriesPerRequest: 1,
      commandTimeout: 2_000,
    });
    this.subscriber = new Redis(url, { maxRetriesPerRequest: null, autoResubscribe: true });
    for (const client of [this.publisher, this.subscriber]) {
      client.on('error', (error: Error) => this.log.warn(`redis: ${error.message}`));
    }
    this.subscriber.on('message', (channel: string, text: string) => {
      for (const listener of this.listeners.get(channel) ?? []) listener(text);
    });
  }

  override async publish(channel: string, text: string): Promise<void> {
    await this.publisher.publish(channel, text);
  }

  override async subscribe(channel: string, listener: Listener): Promise<Unsubscribe> {
    const known = this.listeners.get(channel);
    const set = known ?? new Set<Listener>();
    this.listeners.set(channel, set.add(listener));
    if (!known) await this.subscriber.subscribe(channel);
    return () => this.unsubscribe(channel, listener);
  }

  override async close(): Promise<void> {
    this.listeners.clear();
    await Promise.allSettled([this.publisher.quit(), this.subscriber.quit()]);
  }

  private async unsubscribe(channel: string, listener: Listener): Promise<void> {
    const set = this.listeners.get(channel);
    set?.delete(listener);
    if (set?.size !== 0) return;
    this.listeners.delete(channel);
    if (this.subscriber.status === 'ready') await this.subscriber.unsubscribe(channel);
  }
}
