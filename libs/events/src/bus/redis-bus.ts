import { Logger } from '@nestjs/common';
import { Redis } from 'ioredis';
import { Bus, type Unsubscribe } from './bus.js';

type Listener = (text: string) => void;

/** Nobody waits longer for a Redis that is away: the subscription comes into force with its return. */
const PATIENCE_MS = 1_000;

/** Redis pub/sub: one connection to publish, one that listens, a channel subscribed once per process. */
export class RedisBus extends Bus {
  private readonly log = new Logger(RedisBus.name);
  private readonly publisher: Redis;
  private readonly subscriber: Redis;
  private readonly listeners = new Map<string, Set<Listener>>();
  private readonly asked = new Map<string, Promise<unknown>>();

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
    if (!known) this.ask(channel);
    await this.patiently(this.asked.get(channel));
    return () => this.unsubscribe(channel, listener);
  }

  override async close(): Promise<void> {
    this.listeners.clear();
    await Promise.allSettled([leave(this.publisher), leave(this.subscriber)]);
  }

  private ask(channel: string): void {
    const asked = this.subscriber.subscribe(channel).catch((error: unknown) => {
      this.log.warn(`no subscription to ${channel}: ${String(error)}`);
    });
    this.asked.set(channel, asked);
  }

  private async patiently(asked: Promise<unknown> | undefined): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise((resolve) => (timer = setTimeout(resolve, PATIENCE_MS)));
    await Promise.race([asked, late]);
    clearTimeout(timer);
  }

  private async unsubscribe(channel: string, listener: Listener): Promise<void> {
    const set = this.listeners.get(channel);
    set?.delete(listener);
    if (set?.size !== 0) return;
    this.listeners.delete(channel);
    this.asked.delete(channel);
    if (this.subscriber.status === 'ready') await this.subscriber.unsubscribe(channel);
  }
}

/** A polite goodbye would wait for a Redis that is away. */
async function leave(client: Redis): Promise<void> {
  if (client.status === 'ready') await client.quit();
  else client.disconnect();
}
