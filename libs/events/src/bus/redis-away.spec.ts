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
  afterEach(() => door.close());

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
    await bus.close();
  });

  check('closes', async () => {
    await bus.subscribe(newId(), () => undefined);
    await bus.close();
  });
});
