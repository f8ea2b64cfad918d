import { type Door, doorTo } from '@clawtank/database/testing';
import { newId } from '@clawtank/kernel';
import { RedisBus } from './redis-bus.js';

const redisUrl = process.env['CLAWTANK_TEST_REDIS_URL'];
const check = redisUrl ? it : it.skip;

describe('the bus over a Redis that is away', () => {
  let door: Door;
  let bus: RedisBus;
  beforeEach(async () => {
    door = await doorTo(redisUrl ?? '', 6379);
    door.shut();
    bus = new RedisBus(door.url);
  });
  afterEach(async () => {
    await bus.close();
    await door.close();
  });

  check('keeps nobody waiting, and carries text once Redis is back', async () => {
    const channel = newId();
    const heard: string[] = [];
    const first = bus.subscribe(channel, (text) => heard.push(text));
    const second = bus.subscribe(channel, (text) => heard.push(text));
    await Promise.all([first, second]);
    door.open();
    while (heard.length < 2) {
      await bus.publish(channel, 'back').catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(heard.slice(0, 2)).toEqual(['back', 'back']);
  });

  check(
    'notices a connection that was cut without a word',
    async () => {
      door.open();
      const channel = newId();
      const heard: string[] = [];
      await bus.subscribe(channel, (text) => heard.push(text));
      await until(() => heard.includes('before'), 'before');
      door.swallow();
      await expect(bus.publish(channel, 'lost')).rejects.toThrow();
      door.open();
      await until(() => heard.includes('after'), 'after');
      await bus.close();

      async function until(isHeard: () => boolean, text: string): Promise<void> {
        while (!isHeard()) {
          await bus.publish(channel, text).catch(() => undefined);
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      }
    },
    30_000,
  );

  check('closes', async () => {
    await bus.subscribe(newId(), () => undefined);
    await bus.close();
  });
});
