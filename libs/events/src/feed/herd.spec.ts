import { type Envelope, roomStream } from '@clawtank/contracts';
import { newId } from '@clawtank/kernel';
import { type AnyFrame, AudienceProjector } from '../audience.js';
import { LogReader, type StretchOrResync } from '../log/log-reader.js';
import { redactRoomEvents } from '../log/redact.js';
import { SYSTEM_ACTOR, type StoredEvent } from '../log/stored-event.js';
import { createTestLog, type TestLog } from '../testing.js';
import { StreamHub } from './stream-hub.js';
import type { FeedSink } from './subscription.js';

class Whole extends AudienceProjector {
  projected = 0;
  override project(event: StoredEvent): Envelope {
    this.projected += 1;
    return event;
  }
}

class CountingReader extends LogReader {
  reads = 0;
  override read(...given: Parameters<LogReader['read']>): Promise<StretchOrResync> {
    this.reads += 1;
    return super.read(...given);
  }
}

class Herdling implements FeedSink {
  readonly frames: AnyFrame[] = [];
  readonly mayContinue = () => true;
  constructor(readonly start: number) {}
  frame(frame: AnyFrame): void {
    this.frames.push(frame);
  }
  readonly resync = (): void => undefined;
  readonly signal = (): void => undefined;
  readonly ended = (): void => undefined;
  get cursor(): number {
    return this.frames.at(-1)?.to ?? this.start;
  }
  get isTiled(): boolean {
    return this.frames.every((frame, index) => frame.from === (this.frames[index - 1]?.to ?? this.start) + 1);
  }
}

let log: TestLog;
let reader: CountingReader;
let projector: Whole;
let hubs: StreamHub[];
let roomId: string;
beforeAll(async () => {
  log = await createTestLog();
});
afterAll(() => log.drop());
beforeEach(async () => {
  reader = new CountingReader(log.database);
  projector = new Whole();
  hubs = [1, 2].map(() => new StreamHub(log.bus, reader, projector));
  roomId = newId();
  await log.work.run((tx) => tx.openStream(roomStream(roomId)));
});
afterEach(() => Promise.all(hubs.map((hub) => hub.onApplicationShutdown())));

const append = (count: number): Promise<void> =>
  log.work.run(async (tx) => {
    await tx.lockRoom(roomId);
    for (let n = 0; n < count; n += 1) {
      const data = { decision_id: newId(), text: `secret ${String(n)}` };
      tx.appendToRoom(roomId, { type: 'room.decision', actor: SYSTEM_ACTOR, data });
    }
  });

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

async function resume(hub: StreamHub | undefined, cursors: readonly number[]): Promise<Herdling[]> {
  return Promise.all(
    cursors.map(async (cursor) => {
      const sink = new Herdling(cursor);
      await hub?.subscribe(roomStream(roomId), 'spectator', cursor, sink);
      return sink;
    }),
  );
}

describe('a herd that comes back at once', () => {
  it('is answered by a handful of reads, complete and in order, while others write', async () => {
    await append(300);
    const cursors = Array.from({ length: 5_000 }, (_, n) => 200 + ((n * 37) % 101));
    const [herd] = await Promise.all([resume(hubs[0], cursors), append(3), append(2)]);
    await until(() => herd.every(({ cursor }) => cursor === 305));
    expect(herd.every(({ isTiled }) => isTiled)).toBe(true);
    expect(reader.reads).toBeLessThanOrEqual(12);
    // Each event is put into its form once, not once for each of them.
    expect(projector.projected).toBeLessThan(305 + 12 * 105);
  });

  it('is answered from memory once somebody reads the stream', async () => {
    await append(50);
    const [watcher] = await resume(hubs[0], [0]);
    await until(() => watcher?.cursor === 50);
    const before = reader.reads;
    const herd = await resume(
      hubs[0],
      Array.from({ length: 500 }, (_, n) => n % 51),
    );
    await until(() => herd.every(({ cursor }) => cursor === 50));
    expect(reader.reads).toBe(before);
  });

  it('never sees a text again that was redacted, on any node', async () => {
    await append(20);
    const watchers = (await Promise.all(hubs.map((hub) => resume(hub, [0])))).flat();
    await until(() => watchers.every(({ cursor }) => cursor === 20));
    await log.work.run(async (tx) => {
      await tx.lockRoom(roomId);
      await redactRoomEvents(tx, roomId, [7], SYSTEM_ACTOR);
    });
    await until(() => watchers.every(({ cursor }) => cursor === 21));
    const before = reader.reads;
    const late = (await Promise.all(hubs.map((hub) => resume(hub, [0])))).flat();
    await until(() => late.every(({ cursor }) => cursor === 21));
    expect(reader.reads).toBe(before);
    for (const sink of late) {
      const events = sink.frames.flatMap((frame) => frame.events);
      expect(events[6]).toMatchObject({ seq: 7, data: { redacted: true } });
      expect(JSON.stringify(events)).not.toContain('"secret 6"');
    }
  });
});
