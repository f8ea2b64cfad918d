import { redisAddress } from '@clawtank/config';
import { type Door, doorTo } from '@clawtank/database/testing';
import { newId } from '@clawtank/kernel';
import type { Rate } from '../domain/bucket.js';
import { LocalBuckets } from './local-buckets.js';
import { RedisBuckets } from './redis-buckets.js';

const redisUrl = process.env['CLAWTANK_TEST_REDIS_URL'];
const check = redisUrl ? it : it.skip;
// A busy machine is not a Redis that is away.
const PATIENCE_MS = 3_000;
const RATE: Rate = { perSecond: 1 / 60, burst: 3 };

describe('buckets over Redis', () => {
  const open: RedisBuckets[] = [];
  let door: Door;
  beforeEach(async () => {
    door = await doorTo(redisUrl ?? '', 6379);
  });
  afterEach(async () => {
    for (const buckets of open.splice(0)) await buckets.close();
    await door.close();
  });

  const aNode = (url: string): RedisBuckets => {
    const buckets = new RedisBuckets(redisAddress(url), new LocalBuckets(), PATIENCE_MS);
    open.push(buckets);
    return buckets;
  };
  const granted = async (buckets: RedisBuckets, key: string): Promise<number> => {
    const waits = await Promise.all(Array.from({ length: 4 }, () => buckets.take(key, RATE)));
    return waits.filter((wait) => wait === 0).length;
  };

  const untilShared = async (node: RedisBuckets, other: RedisBuckets): Promise<void> => {
    for (let left = 3; left === 3; ) {
      const key = newId();
      await node.take(key, RATE);
      left = await granted(other, key);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };

  check('are shared by all nodes', async () => {
    const key = newId();
    expect(await granted(aNode(door.url), key)).toBe(3);
    expect(await granted(aNode(door.url), key)).toBe(0);
  });

  check('are each node’s own while Redis is away, and shared again afterwards', async () => {
    door.shut();
    const node = aNode(door.url);
    expect(await granted(node, newId())).toBe(3);
    expect(await granted(node, newId())).toBe(3);
    door.open();
    await untilShared(node, aNode(redisUrl ?? ''));
  });

  check('are shared again after a connection that was cut without a word', async () => {
    const node = aNode(door.url);
    expect(await granted(node, newId())).toBe(3);
    door.swallow();
    expect(await granted(node, newId())).toBe(3);
    door.open();
    await untilShared(node, aNode(redisUrl ?? ''));
  });
});
