import { type Envelope, roomStream } from '@clawtank/contracts';
import { newId } from '@clawtank/kernel';
import { type AnyFrame, AudienceProjector } from '../audience.js';
import { Bus, newsChannel } from '../bus/bus.js';
import type { LogTx } from '../log/log-tx.js';
import { SYSTEM_ACTOR, type StoredEvent } from '../log/stored-event.js';
import { createTestLog, type TestLog } from '../testing.js';
import { StreamHub } from './stream-hub.js';
import type { FeedSink } from './subscription.js';

/** Hides every third event from spectators. */
class EveryThirdHidden extends AudienceProjector {
  override project(event: StoredEvent, audience: 'member' | 'spectator'): Envelope | null {
    return audience === 'spectator' && event.seq % 3 === 0 ? null : event;
  }
}

/** Loses and swaps news as a bus between machines may. */
class UnreliableBus extends Bus {
  private held: (() => void) | undefined;
  private count = 0;
  constructor(private readonly inner: Bus) {
    super();
  }
  override async publish(channel: string, text: string): Promise<void> {
    this.count += 1;
    if (this.count % 5 === 0) return;
    if (this.count % 3 === 0) {
      this.held = () => void this.inner.publish(channel, text);
      return;
    }
    await this.inner.publish(channel, text);
    this.held?.();
    this.held = undefined;
  }
  override subscribe(channel: string, listener: (text: string) => void): ReturnType<Bus['subscribe']> {
    return this.inner.subscribe(channel, listener);
  }
  override close(): Promise<void> {
    return this.inner.close();
  }
}

class Recorder implements FeedSink {
  readonly frames: AnyFrame[] = [];
  readonly resyncs: string[] = [];
  allow: (events: readonly StoredEvent[]) => boolean = () => true;
  wasEnded = false;
  frame(frame: AnyFrame): void {
    this.frames.push(frame);
  }
  resync({ reason }: { reason: string }): void {
    this.resyncs.push(reason);
  }
  signal(): void {
    return;
  }
  mayContinue(events: readonly StoredEvent[]): boolean {
    return this.allow(events);
  }
  ended(): void {
    this.wasEnded = true;
  }
  get cursor(): number {
    return this.frames.at(-1)?.to ?? 0;
  }
}

let log: TestLog;
let hub: StreamHub;
beforeAll(async () => {
  log = await createTestLog();
  hub = new StreamHub(log.bus, log.reader, new EveryThirdHidden());
  hub.onModuleInit();
});
afterAll(async () => {
  await hub.onApplicationShutdown();
  await log.drop();
});

async function append(roomId: string, count: number): Promise<void> {
  await log.work.run(async (tx: LogTx) => {
    await tx.openStream(roomStream(roomId));
    await tx.lockRoom(roomId);
    for (let n = 0; n < count; n += 1) {
      const data = {
        message_id: newId(),
        text: `t${n}`,
        mentions: [],
        reply_to: null,
        origin: 'member',
      } as const;
      tx.appendToRoom(roomId, { type: 'chat.message', actor: SYSTEM_ACTOR, data });
    }
  });
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

function expectTiled(frames: readonly AnyFrame[], from: number, to: number): void {
  let cursor = from - 1;
  for (const frame of frames) {
    expect(frame.from).toBe(cursor + 1);
    expect(frame.to).toBeGreaterThanOrEqual(frame.from);
    cursor = frame.to;
  }
  expect(cursor).toBe(to);
}

/** One more event that no news tells of. */
async function appendInSilence(roomId: string, seq: number): Promise<void> {
  await log.database.query(
    `WITH event AS (
       INSERT INTO stream_events (stream, seq, id, type, at, actor, data)
       VALUES ($1, $2, gen_random_uuid(), 'chat.deleted', now(), '{}', '{}')
     )
     UPDATE streams SET head = $2 WHERE id = $1`,
    [roomStream(roomId), seq],
  );
}

describe('a feed', () => {
  it('joins the live tail to what is in the log without hole or double, while others write', async () => {
    const roomId = newId();
    await append(roomId, 700);
    const recorders = await Promise.all(
      [0, 100, 699, 700].map(async (cursor) => {
        const recorder = new Recorder();
        await hub.subscribe(roomStream(roomId), 'member', cursor, recorder);
        return { cursor, recorder };
      }),
    );
    await Promise.all(Array.from({ length: 40 }, () => append(roomId, 2)));
    for (const { cursor, recorder } of recorders) {
      await until(() => recorder.cursor === 780);
      expectTiled(recorder.frames, cursor + 1, 780);
      expect(recorder.frames.flatMap((frame) => frame.events)).toHaveLength(780 - cursor);
    }
  });

  it('shows hidden events to spectators as a range without an envelope', async () => {
    const roomId = newId();
    const recorder = new Recorder();
    await append(roomId, 1);
    await hub.subscribe(roomStream(roomId), 'spectator', 0, recorder);
    await append(roomId, 5);
    await until(() => recorder.cursor === 6);
    expectTiled(recorder.frames, 1, 6);
    expect(recorder.frames.flatMap((frame) => frame.events.map((event) => event.seq))).toEqual([1, 2, 4, 5]);
  });

  it('heals news that was swapped or lost', async () => {
    const bus = new UnreliableBus(log.bus);
    const lossy = new StreamHub(bus, log.reader, new EveryThirdHidden());
    lossy.onModuleInit();
    const roomId = newId();
    await append(roomId, 1);
    const recorder = new Recorder();
    await lossy.subscribe(roomStream(roomId), 'member', 1, recorder);
    for (let round = 0; round < 30; round += 1) {
      const before = await log.reader.heads([roomStream(roomId)]);
      await append(roomId, 1);
      const head = before.get(roomStream(roomId)) ?? 0;
      const stretch = await log.reader.read(roomStream(roomId), head, 1);
      await bus.publish(newsChannel(roomStream(roomId)), JSON.stringify(stretch));
    }
    await until(() => recorder.cursor === 31);
    expectTiled(recorder.frames, 2, 31);
    await lossy.onApplicationShutdown();
  });

  it('finds by the head check what no news told of', async () => {
    const roomId = newId();
    await append(roomId, 1);
    const recorder = new Recorder();
    await hub.subscribe(roomStream(roomId), 'member', 1, recorder);
    // The first of these may still be found by the read that every reader begins with; no later one can.
    for (let seq = 2; hub.gapsHealed === 0; seq += 1) {
      await appendInSilence(roomId, seq);
      await until(() => recorder.cursor === seq);
    }
    expectTiled(recorder.frames, 2, recorder.cursor);
  });

  it('ends at the event that takes the right away, and shows not one more', async () => {
    const roomId = newId();
    await append(roomId, 1);
    const recorder = new Recorder();
    recorder.allow = (events) => events.every((event) => event.seq < 3);
    await hub.subscribe(roomStream(roomId), 'member', 1, recorder);
    await append(roomId, 1);
    await append(roomId, 1);
    await append(roomId, 1);
    await until(() => recorder.wasEnded);
    expect(recorder.cursor).toBe(2);
  });

  it('asks a reader from the future to start over', async () => {
    const roomId = newId();
    await append(roomId, 1);
    const recorder = new Recorder();
    await hub.subscribe(roomStream(roomId), 'member', 9, recorder);
    await until(() => recorder.resyncs.length > 0);
    expect(recorder.resyncs).toEqual(['future']);
  });
});
