import { redisAddress } from '@clawtank/config';
import { type RedisCluster, startRedisCluster } from '@clawtank/database/testing';
import { newId } from '@clawtank/kernel';
import type { Rate } from '../domain/bucket.js';
import type { BucketStore } from './bucket-store.js';
import { LocalBuckets } from './local-buckets.js';
import { RedisBuckets } from './redis-buckets.js';

const redisUrl = process.env['CLAWTANK_TEST_REDIS_URL'];
const redisServer = process.env['CLAWTANK_TEST_REDIS_SERVER'];

let cluster: RedisCluster | undefined;
beforeAll(async () => {
  if (redisServer) cluster = await startRedisCluster(redisServer);
});
afterAll(() => cluster?.stop());

const overRedis = (url: string): BucketStore => new RedisBuckets(redisAddress(url), new NoFallback(), 3_000);

/** Fails where it is asked: the contract is then that of Redis alone. */
class NoFallback extends LocalBuckets {
  override async take(): Promise<number> {
    throw new Error('Redis did not answer');
  }
}

const stores: [string, (() => BucketStore) | null][] = [
  ['in this process', () => new LocalBuckets()],
  ['over Redis', redisUrl ? () => overRedis(redisUrl) : null],
  ['over a Redis Cluster', redisServer ? () => overRedis(cluster?.url ?? '') : null],
];

const SLOW: Rate = { perSecond: 1 / 60, burst: 5 };

describe.each(stores)('buckets %s', (_name, make) => {
  // Where no Redis can be reached, the run says so when it starts; the checks of a release demand one.
  const check = make ? it : it.skip;
  let store: BucketStore;
  beforeEach(() => {
    if (make) store = make();
  });
  afterEach(async () => {
    if (make) await store.close();
  });

  const takes = (key: string, count: number, rate: Rate): Promise<number[]> =>
    Promise.all(Array.from({ length: count }, () => store.take(key, rate)));

  check('grant the burst to takers at once, and tell the others when to come back', async () => {
    const waits = await takes(newId(), 9, SLOW);
    expect(waits.filter((wait) => wait === 0)).toHaveLength(5);
    for (const wait of waits.slice(5)) {
      expect(Number.isInteger(wait)).toBe(true);
      expect(wait).toBeGreaterThan(30_000);
      expect(wait).toBeLessThanOrEqual(60_000);
    }
  });

  check('are independent of each other', async () => {
    await takes(newId(), 6, SLOW);
    expect(await store.take(newId(), SLOW)).toBe(0);
  });

  check('fill again', async () => {
    const key = newId();
    const rate: Rate = { perSecond: 50, burst: 1 };
    expect(await store.take(key, rate)).toBe(0);
    while ((await store.take(key, rate)) > 0) await new Promise((resolve) => setTimeout(resolve, 1));
  });

  check('take any name', async () => {
    expect(await store.take(`ä😀\n${'x'.repeat(1_000)}`, { perSecond: 1_000, burst: 1_000 })).toBe(0);
  });
});
