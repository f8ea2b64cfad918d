import { roomStream, userStream } from '@clawtank/contracts';
import { newId } from '@clawtank/kernel';
import { createTestLog, type TestLog } from '../testing.js';
import { readStretch, type Stretch, type StretchOrResync } from './log-reader.js';
import { redactRoomEvents } from './redact.js';
import type { StoredEvent } from './stored-event.js';
import { WireEvent } from './wire-event.js';

const ACTOR = { kind: 'human', id: newId(), name: 'Ä "quoted" \\ 😀' } as const;

let log: TestLog;
beforeAll(async () => {
  log = await createTestLog();
});
afterAll(() => log.drop());

const whole = (stretch: StretchOrResync): Stretch => {
  if ('resync' in stretch) throw new Error('resync');
  return stretch;
};
const asRows = async (stream: string): Promise<readonly StoredEvent[]> =>
  whole(await log.database.transaction((tx) => readStretch(tx, stream, 0, 100))).events;
const asTexts = async (stream: string): Promise<readonly WireEvent[]> =>
  whole(await log.reader.read(stream, 0)).events.flatMap((event) =>
    event instanceof WireEvent ? [event] : [],
  );
const stored = async (stream: string): Promise<readonly boolean[]> => {
  const rows = await log.database.query<{ stored: boolean }>(
    'SELECT wire IS NOT NULL AS stored FROM stream_events WHERE stream = $1 ORDER BY seq',
    [stream],
  );
  return rows.map((row) => row.stored);
};
const parsed = (events: readonly WireEvent[]): readonly unknown[] =>
  events.map(({ wire }) => JSON.parse(wire) as unknown);

async function append(texts: readonly string[]): Promise<string> {
  const roomId = newId();
  await log.work.run(async (tx) => {
    await tx.openStream(roomStream(roomId));
    await tx.lockRoom(roomId);
    for (const text of texts) {
      // More than an actor is not written, and so not told.
      const actor = { ...ACTOR, secret: 'of the caller' };
      const data = { message_id: newId(), text, mentions: [], reply_to: null, origin: 'member' } as const;
      tx.appendToRoom(roomId, { type: 'chat.message', actor, data });
    }
  });
  return roomId;
}

describe('the text of events', () => {
  it('is stored as it was written and says what the row says', async () => {
    const stream = roomStream(await append(['a', '"ä"\n\u2028😀']));
    const texts = await asTexts(stream);
    expect(await stored(stream)).toEqual([true, true]);
    expect(parsed(texts)).toEqual(await asRows(stream));
    expect(texts.map((text) => text.wire).join()).not.toContain('secret');
    expect(texts.map(({ id, at, actor, data }) => ({ id, at, actor, data }))).toEqual(
      (await asRows(stream)).map(({ id, at, actor, data }) => ({ id, at, actor, data })),
    );
  });

  it('is gone with what was redacted, by whatever statement', async () => {
    const roomId = await append(['secret one', 'stays', 'secret two']);
    const stream = roomStream(roomId);
    await log.work.run(async (tx) => {
      await tx.lockRoom(roomId);
      await redactRoomEvents(tx, roomId, [1], ACTOR);
    });
    await log.database.query(
      `UPDATE stream_events SET data = '{"redacted": true}' WHERE stream = $1 AND seq = 3`,
      [stream],
    );
    expect(await stored(stream)).toEqual([false, true, false, true]);
    const texts = await asTexts(stream);
    expect(texts.map((text) => text.wire).join()).not.toContain('secret');
    expect(parsed(texts)).toEqual(await asRows(stream));
  });

  it('is put together for events that have none', async () => {
    const stream = userStream(newId());
    const at = new Date().toISOString();
    await log.database.query('INSERT INTO streams (id, head) VALUES ($1, 2)', [stream]);
    for (const [seq, roomId] of [newId(), null].entries()) {
      await log.database.query(
        `INSERT INTO stream_events (stream, seq, id, type, room_id, at, actor, data)
         VALUES ($1, $2, $3, 'chat.message', $4, $5, $6, '{"reply_to": null, "n": 1}')`,
        [stream, seq + 1, newId(), roomId, at, JSON.stringify(ACTOR)],
      );
    }
    expect(parsed(await asTexts(stream))).toEqual(await asRows(stream));
    expect(await stored(stream)).toEqual([false, false]);
  });
});
