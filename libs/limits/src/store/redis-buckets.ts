import { Logger } from '@nestjs/common';
import type { RedisAddress } from '@clawtank/config';
import { Cluster, Redis } from 'ioredis';
import { fillMs, type Rate } from '../domain/bucket.js';
import { BucketStore } from './bucket-store.js';

const PREFIX = 'clawtank:limit:';
/** No command waits longer for a Redis that is away or slow. */
const PATIENCE_MS = 250;
/** Between two looks whether Redis is back. */
const LOOK_AGAIN_MS = 1_000;

/** `take` of domain/bucket.ts, on the clock of Redis: the nodes' own differ. */
const TAKE = `
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local fill, token = tonumber(ARGV[1]), tonumber(ARGV[2])
local full_at = tonumber(redis.call('GET', KEYS[1]) or '0')
local after = math.min(math.max(full_at, now), now + fill) + token
local wait = after - now - fill
if wait > 0.01 then return math.ceil(wait) end
redis.call('SET', KEYS[1], string.format('%.3f', after), 'PX', math.ceil(after - now))
return 0
`;

/** Buckets that all nodes share. While Redis is away each node counts for itself. */
export class RedisBuckets extends BucketStore {
  private readonly log = new Logger('limits');
  private readonly redis: Redis | Cluster;
  private away = false;
  private lookAgainAt = 0;

  /**
   * @param meanwhile counts while Redis is away
   * @param patienceMs how long one call waits for Redis
   */
  constructor(
    address: RedisAddress,
    private readonly meanwhile: BucketStore,
    private readonly patienceMs = PATIENCE_MS,
  ) {
    super();
    this.redis = connect(address, patienceMs);
    // A failure is told where a bucket is wanted; an unheard event would end the process.
    this.redis.on('error', () => undefined);
  }

  override async take(key: string, rate: Rate): Promise<number> {
    if (!this.shouldAsk()) return this.meanwhile.take(key, rate);
    try {
      const wait = await this.ask(key, rate);
      this.isBack();
      return wait;
    } catch (error) {
      this.isAway(error);
      return this.meanwhile.take(key, rate);
    }
  }

  override async close(): Promise<void> {
    await this.meanwhile.close();
    // A polite goodbye would wait for a Redis that is away.
    this.redis.disconnect();
  }

  /** A bucket is one key, so that a cluster runs the script where the key is. */
  private async ask(key: string, rate: Rate): Promise<number> {
    const isReady = this.redis.status === 'ready';
    const wait = this.redis.eval(TAKE, 1, PREFIX + key, fillMs(rate), 1_000 / rate.perSecond);
    // A cluster that is away keeps what it is asked for as long as it takes.
    return Number(await (isReady ? wait : this.inTime(wait)));
  }

  private async inTime<T>(answer: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error('Redis did not answer')), this.patienceMs);
    });
    try {
      return await Promise.race([answer, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** While Redis is away, one caller a second finds out whether it still is; nobody else waits. */
  private shouldAsk(): boolean {
    if (!this.away) return true;
    const now = performance.now();
    if (now < this.lookAgainAt) return false;
    this.lookAgainAt = now + LOOK_AGAIN_MS;
    return true;
  }

  private isAway(error: unknown): void {
    this.lookAgainAt = performance.now() + LOOK_AGAIN_MS;
    if (this.away) return;
    this.away = true;
    this.log.warn(`without Redis, each node limits for itself: ${String(error)}`);
  }

  private isBack(): void {
    if (!this.away) return;
    this.away = false;
    this.log.log('Redis is back, the nodes limit together');
  }
}

function connect({ url, nodes, isCluster, options }: RedisAddress, commandTimeout: number): Redis | Cluster {
  // A connection that was cut without a word still looks open: only its silence tells, and a late
  // command alone would leave it in use until the system gives it up, many minutes on.
  const patience = { maxRetriesPerRequest: 1, commandTimeout, socketTimeout: commandTimeout };
  if (!isCluster) return new Redis(url, patience);
  return new Cluster([...nodes], { maxRedirections: 4, redisOptions: { ...options, ...patience } });
}
