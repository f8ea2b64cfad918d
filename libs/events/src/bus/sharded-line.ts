import { Cluster } from 'ioredis';
import type { RedisAddress } from '@clawtank/config';
import type { NewsLine } from './news-line.js';

const PATIENCE_MS = 2_000;
/** A connection that carries nothing for so long is tried by the system, which gives it up ten seconds later. */
const KEEP_ALIVE_MS = 5_000;

/**
 * A Redis Cluster's sharded news: a channel lives on the node that has its slot, so each node carries only its share,
 * where plain news would go to all of them.
 */
export class ShardedLine implements NewsLine {
  private readonly cluster: Cluster;

  constructor({ nodes, options }: RedisAddress) {
    this.cluster = new Cluster([...nodes], {
      shardedSubscribers: true,
      // A node that is gone is found out by the next few commands; news does not wait for its return.
      maxRedirections: 4,
      clusterRetryStrategy: (times) => Math.min(100 * times, 1_000),
      redisOptions: {
        ...options,
        maxRetriesPerRequest: 1,
        commandTimeout: PATIENCE_MS,
        // One that was cut without a word still looks open. Where commands go, their silence tells; where only news
        // comes, the system has to ask. The next look at the slots then makes a new subscriber.
        socketTimeout: PATIENCE_MS,
        keepAlive: KEEP_ALIVE_MS,
      },
    });
  }

  async publish(channel: string, text: string): Promise<void> {
    await this.ready();
    await this.cluster.spublish(channel, text);
  }

  async subscribe(channel: string): Promise<void> {
    await this.ready();
    await this.cluster.ssubscribe(channel);
  }

  async unsubscribe(channel: string): Promise<void> {
    if (this.cluster.status === 'ready') await this.cluster.sunsubscribe(channel);
  }

  onText(listener: (channel: string, text: string) => void): void {
    this.cluster.on('smessage', listener);
  }

  onError(listener: (error: Error) => void): void {
    this.cluster.on('error', listener);
  }

  async close(): Promise<void> {
    this.cluster.disconnect();
  }

  /** The cluster's own queue would keep commands for as long as it is away. */
  private async ready(): Promise<void> {
    if (this.cluster.status === 'ready') return;
    await new Promise<void>((resolve, reject) => {
      const end = (error?: Error): void => {
        clearTimeout(timer);
        this.cluster.off('ready', come);
        if (error) reject(error);
        else resolve();
      };
      const come = (): void => end();
      const timer = setTimeout(() => end(new Error('the Redis Cluster is away')), PATIENCE_MS);
      this.cluster.once('ready', come);
    });
  }
}
