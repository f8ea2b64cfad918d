import { roomStream } from '@clawtank/contracts';
import { newId } from '@clawtank/kernel';
import type { LogTx } from '../log/log-tx.js';
import { SYSTEM_ACTOR, type StoredEvent } from '../log/stored-event.js';
import { createTestLog, type TestLog } from '../testing.js';
import { EventConsumer } from './consumer.js';
import { ConsumerRunner } from './consumer-runner.js';

class Counter extends EventConsumer {
  readonly consumer = 'counter';
  readonly streams = 'room';
  failOnce = new Set<number>();
  override async handle(tx: LogTx, event: StoredEvent): Promise<void> {
    await tx.execute('INSERT INTO counted (stream, seq) VALUES ($1, $2)', [event.stream, event.seq]);
    if (this.failOnce.delete(event.seq)) throw new Error('killed after its effect');
  }
}

let log: TestLog;
const counter = new Counter();
beforeAll(async () => {
  log = await createTestLog();
  await log.database.query('CREATE TABLE counted (stream text, seq bigint, n bigserial)');
});
afterAll(() => log.drop());

async function append(roomId: string, count: number): Promise<void> {
  await log.work.run(async (tx) => {
    await tx.openStream(roomStream(roomId));
    await tx.lockRoom(roomId);
    for (let n = 0; n < count; n += 1) {
      tx.appendToRoom(roomId, { type: 'chat.deleted', actor: SYSTEM_ACTOR, data: { message_id: newId() } });
    }
  });
}

const counted = (roomId: string): Promise<{ seq: number }[]> =>
  log.database.query('SELECT seq FROM counted WHERE stream = $1 ORDER BY n', [roomStream(roomId)]);

describe('consumers', () => {
  it('give each event its effect once, on two nodes at the same time, over a failure in the middle', async () => {
    const rooms = [newId(), newId(), newId()];
    counter.failOnce.add(7);
    const nodes = [log.runner, new ConsumerRunner(log.database, log.work, log.bus)];
    await Promise.all(nodes.map((node) => node.start([counter])));
    await Promise.all(rooms.flatMap((roomId) => Array.from({ length: 10 }, () => append(roomId, 15))));
    for (const roomId of rooms) {
      while ((await counted(roomId)).length < 150) await new Promise((resolve) => setTimeout(resolve, 20));
      expect((await counted(roomId)).map((row) => row.seq)).toEqual(
        Array.from({ length: 150 }, (_, n) => n + 1),
      );
    }
    await Promise.all(nodes.map((node) => node.onApplicationShutdown()));
  });

  it('finds after a restart what was appended while nobody ran', async () => {
    const roomId = newId();
    await append(roomId, 3);
    const restarted = new ConsumerRunner(log.database, log.work, log.bus);
    await restarted.start([counter]);
    await restarted.drain();
    expect(await counted(roomId)).toHaveLength(3);
    expect(
      await log.database.query('SELECT 1 FROM dirty_streams WHERE stream = $1', [roomStream(roomId)]),
    ).toEqual([]);
    await restarted.onApplicationShutdown();
  });
});
