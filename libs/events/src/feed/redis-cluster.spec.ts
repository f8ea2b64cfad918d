import { type RedisCluster, startRedisCluster } from '@clawtank/database/testing';
import { roomStream, type Envelope } from '@clawtank/contracts';
import { newId } from '@clawtank/kernel';
import { AudienceProjector } from '../audience.js';
import { newsChannel } from '../bus/bus.js';
import { RedisBus } from '../bus/redis-bus.js';
import { SYSTEM_ACTOR, type StoredEvent } from '../log/stored-event.js';
import { UnitOfWork } from '../log/unit-of-work.js';
import { createTestLog, type TestLog } from '../testing.js';
import { StreamHub } from './stream-hub.js';
import type { FeedSink } from './subscription.js';

const redisServer = process.env['CLAWTANK_TEST_REDIS_SERVER'];
const check = redisServer ? it : it.skip;

class Whole extends AudienceProjector {
  override project(event: StoredEvent): Envelope {
    return event;
  }
}

const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
};

/** A process of its own, as far as Redis can tell. */
interface Node {
  readonly bus: RedisBus;
  readonly work: UnitOfWork;
  readonly hub: StreamHub;
}

describe('nodes on a Redis Cluster', () => {
  let log: TestLog;
  let cluster: RedisCluster;
  const nodes: Node[] = [];
  beforeAll(async () => {
    if (!redisServer) return;
    [log, cluster] = await Promise.all([createTestLog(), startRedisCluster(redisServer)]);
    for (let n = 0; n < 2; n += 1) {
      const bus = new RedisBus(cluster.url);
      const hub = new StreamHub(bus, log.reader, new Whole());
      hub.onModuleInit();
      nodes.push({ bus, hub, work: new UnitOfWork(log.database, bus) });
    }
  });
  afterAll(async () => {
    for (const { hub } of nodes) await hub.onApplicationShutdown();
    for (const { bus } of nodes) await bus.close();
    await cluster?.stop();
    await log?.drop();
  });

  const append = (node: Node | undefined, roomId: string): Promise<void> | undefined =>
    node?.work.run(async (tx) => {
      await tx.openStream(roomStream(roomId));
      await tx.lockRoom(roomId);
      tx.appendToRoom(roomId, { type: 'chat.deleted', actor: SYSTEM_ACTOR, data: { message_id: newId() } });
    });

  check('hear of each other, lose nothing while one of its nodes is down, and hear again', async () => {
    const [here, there] = nodes;
    const roomId = newId();
    await append(there, roomId);
    const seen: number[] = [];
    const sink: FeedSink = {
      frame: ({ events }) => void seen.push(...events.map(({ seq }) => seq)),
      resync: () => undefined,
      signal: () => undefined,
      mayContinue: () => true,
      ended: () => undefined,
    };
    await here?.hub.subscribe(roomStream(roomId), 'member', 1, sink);
    await append(there, roomId);
    await until(() => seen.length === 1);
    expect(here?.hub.gapsHealed).toBe(0);

    const channel = newsChannel(roomStream(roomId));
    const carrier = await cluster.nodeOf(channel);
    const carried = await Promise.all([0, 1, 2].map((node) => cluster.ask(node, 'pubsub', 'shardchannels')));
    expect(carried.map((channels) => channels.includes(channel))).toEqual(
      [0, 1, 2].map((node) => node === carrier),
    );
    await cluster.kill(carrier);
    await append(there, roomId);
    await until(() => seen.length === 2);
    expect(here?.hub.gapsHealed).toBe(1);

    await cluster.revive(carrier);
    await newsIsBack();
    for (const node of [0, 1, 2]) await cluster.ask(node, 'client', 'kill', 'type', 'pubsub');
    await newsIsBack();
    expect(seen).toEqual(seen.map((_seq, index) => index + 2));

    /** News is back once an event comes that no head check had to find. */
    async function newsIsBack(): Promise<void> {
      const healed = (): number => here?.hub.gapsHealed ?? 0;
      for (let before = -1; before !== healed(); ) {
        before = healed();
        const count = seen.length + 1;
        await append(there, roomId);
        await until(() => seen.length === count);
      }
    }
  });
});
