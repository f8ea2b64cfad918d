import { Redis } from 'ioredis';
import type { NewsLine } from './news-line.js';

/** How often it is looked whether the connections are still there. */
const LOOK_MS = 5_000;
const ANSWER_MS = 2_000;

/** One Redis: a connection that publishes and one that listens. */
export class SingleLine implements NewsLine {
  private readonly publisher: Redis;
  private readonly subscriber: Redis;
  private readonly timer: NodeJS.Timeout;

  constructor(url: string) {
    // Without Redis, news is refused at once and readers poll; nothing may queue up behind it.
    this.publisher = new Redis(url, {
      enableOfflineQueue: true,
      maxRetriesPerRequest: 1,
      commandTimeout: 2_000,
    });
    this.subscriber = new Redis(url, { maxRetriesPerRequest: null, autoResubscribe: true });
    this.timer = setInterval(() => {
      for (const client of [this.publisher, this.subscriber]) void renewIfDead(client);
    }, LOOK_MS);
  }

  publish(channel: string, text: string): Promise<unknown> {
    return this.publisher.publish(channel, text);
  }

  subscribe(channel: string): Promise<unknown> {
    return this.subscriber.subscribe(channel);
  }

  async unsubscribe(channel: string): Promise<void> {
    if (this.subscriber.status === 'ready') await this.subscriber.unsubscribe(channel);
  }

  onText(listener: (channel: string, text: string) => void): void {
    this.subscriber.on('message', listener);
  }

  onError(listener: (error: Error) => void): void {
    for (const client of [this.publisher, this.subscriber]) client.on('error', listener);
  }

  close(): Promise<unknown> {
    clearInterval(this.timer);
    return Promise.allSettled([leave(this.publisher), leave(this.subscriber)]);
  }
}

/** A polite goodbye would wait for a Redis that is away. */
async function leave(client: Redis): Promise<void> {
  if (client.status === 'ready') await client.quit();
  else client.disconnect();
}

/** Nothing is heard of a connection that was cut without a word: news would stay away for good. */
async function renewIfDead(client: Redis): Promise<void> {
  if (client.status !== 'ready') return;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ANSWER_MS);
  });
  const answers = client.ping().then(
    () => true,
    () => false,
  );
  const isThere = await Promise.race([answers, late]);
  clearTimeout(timer);
  if (!isThere && client.status === 'ready') client.disconnect(true);
}
