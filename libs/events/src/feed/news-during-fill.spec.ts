import { type Envelope, roomStream } from '@clawtank/contracts';
import { newId } from '@clawtank/kernel';
import { AudienceProjector, type AnyFrame } from '../audience.js';
import { LogReader, type StretchOrResync } from '../log/log-reader.js';
import { SYSTEM_ACTOR, type StoredEvent } from '../log/stored-event.js';
import { createTestLog, type TestLog } from '../testing.js';
import { StreamFeed } from './stream-feed.js';

class Open extends AudienceProjector {
  override project(event: StoredEvent): Envelope {
    return event;
  }
}

const deferred = () => {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
};

/** Holds back what it read first until it is let go, as a slow connection would. */
class HeldReader extends LogReader {
  readonly hasRead = deferred();
  readonly letGo = deferred();
  private first = true;
  override async read(...args: Parameters<LogReader['read']>): Promise<StretchOrResync> {
    const stretch = await super.read(...args);
    if (this.first) {
      this.first = false;
      this.hasRead.resolve();
      await this.letGo.promise;
    }
    return stretch;
  }
}

describe('news that comes while a reader is being filled', () => {
  let log: TestLog;
  beforeAll(async () => {
    log = await createTestLog();
  });
  afterAll(() => log.drop());

  it('is read at once, not at the next head check', async () => {
    const roomId = newId();
    const stream = roomStream(roomId);
    await log.work.run((tx) => tx.openStream(stream));
    const reader = new HeldReader(log.database);
    const feed = new StreamFeed(stream, reader, new Open(), () => undefined);
    const shown = new Promise<AnyFrame>((resolve) => {
      feed.add('member', 0, {
        frame: resolve,
        resync: () => undefined,
        signal: () => undefined,
        mayContinue: () => true,
        ended: () => undefined,
      });
    });
    await reader.hasRead.promise;
    const { appended } = await log.work.commit(async (tx) => {
      await tx.lockRoom(roomId);
      tx.appendToRoom(roomId, { type: 'chat.deleted', actor: SYSTEM_ACTOR, data: { message_id: newId() } });
    });
    for (const news of appended) feed.news(news);
    reader.letGo.resolve();
    expect(await shown).toMatchObject({ from: 1, to: 1 });
    feed.dispose();
  }, 5_000);
});

describe('news that does not follow', () => {
  let log: TestLog;
  beforeAll(async () => {
    log = await createTestLog();
  });
  afterAll(() => log.drop());

  it('is not shown before what is missing, which is read from the log', async () => {
    const roomId = newId();
    const stream = roomStream(roomId);
    await log.work.run((tx) => tx.openStream(stream));
    const append = async () => {
      const { appended } = await log.work.commit(async (tx) => {
        await tx.lockRoom(roomId);
        tx.appendToRoom(roomId, { type: 'chat.deleted', actor: SYSTEM_ACTOR, data: { message_id: newId() } });
      });
      return appended;
    };
    const feed = new StreamFeed(stream, new LogReader(log.database), new Open(), () => undefined);
    const frames: AnyFrame[] = [];
    const shown = (to: number) =>
      new Promise<void>((resolve) => {
        waiting = () => (frames.at(-1)?.to ?? 0) >= to && resolve();
        waiting();
      });
    let waiting: () => unknown = () => undefined;
    feed.add('member', 0, {
      frame: (frame) => {
        frames.push(frame);
        waiting();
      },
      resync: () => undefined,
      signal: () => undefined,
      mayContinue: () => true,
      ended: () => undefined,
    });
    for (const news of await append()) feed.news(news);
    await shown(1);
    // Nothing tells of the second; the third is all that comes.
    await append();
    for (const news of await append()) feed.news(news);
    await shown(3);
    expect(frames.map(({ from }) => from)).toEqual([1, ...frames.slice(0, -1).map(({ to }) => to + 1)]);
    expect(frames.flatMap(({ events }) => events.map(({ seq }) => seq))).toEqual([1, 2, 3]);
    feed.dispose();
  }, 5_000);
});
