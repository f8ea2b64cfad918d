import { type RedisCluster, startRedisCluster } from '@clawtank/database/testing';
import { newId } from '@clawtank/kernel';
import type { Bus } from './bus.js';
import { InProcessBus } from './in-process-bus.js';
import { RedisBus } from './redis-bus.js';

const redisUrl = process.env['CLAWTANK_TEST_REDIS_URL'];
const redisServer = process.env['CLAWTANK_TEST_REDIS_SERVER'];

let cluster: RedisCluster | undefined;
beforeAll(async () => {
  if (redisServer) cluster = await startRedisCluster(redisServer);
});
afterAll(() => cluster?.stop());

const buses: [string, (() => Bus) | null][] = [
  ['in this process', () => new InProcessBus()],
  ['over Redis', redisUrl ? () => new RedisBus(redisUrl) : null],
  ['over a Redis Cluster', redisServer ? () => new RedisBus(cluster?.url ?? '') : null],
  [
    'over a Redis Cluster of which one node is named',
    redisServer ? () => new RedisBus(cluster?.url.split(',')[0] ?? '', true) : null,
  ],
];

describe.each(buses)('the bus %s', (_name, make) => {
  // Where no Redis can be reached, the run says so when it starts; the checks of a release demand one.
  const check = make ? it : it.skip;
  let bus: Bus;
  beforeEach(() => {
    if (make) bus = make();
  });
  afterEach(async () => {
    if (make) await bus.close();
  });

  async function received(texts: string[], count: number): Promise<void> {
    while (texts.length < count) await new Promise((resolve) => setTimeout(resolve, 2));
  }

  check('carries text to every listener of the channel, in order of publishing', async () => {
    const channel = newId();
    const heard: string[][] = [[], []];
    for (const texts of heard) await bus.subscribe(channel, (text) => texts.push(text));
    for (const text of ['a', 'b', 'c']) await bus.publish(channel, text);
    for (const texts of heard) {
      await received(texts, 3);
      expect(texts).toEqual(['a', 'b', 'c']);
    }
  });

  check('keeps channels apart', async () => {
    const [one, two] = [newId(), newId()];
    const heard: string[] = [];
    await bus.subscribe(one, (text) => heard.push(text));
    await bus.publish(two, 'not for one');
    await bus.publish(one, 'for one');
    await received(heard, 1);
    expect(heard).toEqual(['for one']);
  });

  check('is quiet after unsubscribing, while another listener goes on', async () => {
    const channel = newId();
    const [gone, stays]: [string[], string[]] = [[], []];
    const leave = await bus.subscribe(channel, (text) => gone.push(text));
    await bus.subscribe(channel, (text) => stays.push(text));
    await leave();
    await bus.publish(channel, 'after');
    await received(stays, 1);
    expect(gone).toEqual([]);
  });

  check('carries 200 KB and any Unicode', async () => {
    const channel = newId();
    const heard: string[] = [];
    await bus.subscribe(channel, (text) => heard.push(text));
    const text = `ä😀\n"${'x'.repeat(200_000)}`;
    await bus.publish(channel, text);
    await received(heard, 1);
    expect(heard[0]).toBe(text);
  });
});
