import { roomStream } from '@clawtank/contracts';
import { newId } from '@clawtank/kernel';
import { createTestLog, type TestLog } from '../testing.js';
import { SYSTEM_ACTOR } from './stored-event.js';
import type { LogTx } from './log-tx.js';

let log: TestLog;
beforeAll(async () => {
  log = await createTestLog();
});
afterAll(() => log.drop());

async function aStream(): Promise<string> {
  const roomId = newId();
  await log.work.run((tx) => tx.openStream(roomStream(roomId)));
  return roomId;
}

async function say(tx: LogTx, roomId: string, text: string): Promise<number> {
  await tx.lockRoom(roomId);
  const data = { message_id: newId(), text, mentions: [], reply_to: null, origin: 'member' } as const;
  return tx.appendToRoom(roomId, { type: 'chat.message', actor: SYSTEM_ACTOR, data }).seq;
}

async function readAll(roomId: string): Promise<{ seqs: number[]; texts: unknown[] }> {
  const stretch = await log.reader.read(roomStream(roomId), 0, 1_000);
  if ('resync' in stretch) throw new Error('unexpected resync');
  return {
    seqs: stretch.events.map((event) => event.seq),
    texts: stretch.events.map((event) => 'text' in event.data && event.data.text),
  };
}

describe('the log', () => {
  it('numbers 50 concurrent writers without gap or double, in the order of their commits', async () => {
    const roomId = await aStream();
    const acked = await Promise.all(
      Array.from({ length: 50 }, (_, n) => log.work.run((tx) => say(tx, roomId, `line ${n}`))),
    );
    const { seqs, texts } = await readAll(roomId);
    expect(seqs).toEqual(Array.from({ length: 50 }, (_, n) => n + 1));
    expect([...acked].sort((a, b) => a - b)).toEqual(seqs);
    acked.forEach((seq, n) => expect(texts[seq - 1]).toBe(`line ${n}`));
  });

  it('leaves no number behind when a command fails after appending', async () => {
    const roomId = await aStream();
    await log.work.run((tx) => say(tx, roomId, 'first'));
    const failing = log.work.run(async (tx) => {
      await say(tx, roomId, 'never');
      throw new Error('decided against it');
    });
    await expect(failing).rejects.toThrow('decided against it');
    await log.work.run((tx) => say(tx, roomId, 'second'));
    expect(await readAll(roomId)).toEqual({ seqs: [1, 2], texts: ['first', 'second'] });
  });

  it('announces only what was committed, with the numbers it has', async () => {
    const roomId = await aStream();
    const news: string[] = [];
    await log.bus.subscribe(`clawtank:${roomStream(roomId)}`, (text) => news.push(text));
    await log.work.run((tx) => say(tx, roomId, 'heard'));
    await log.work
      .run(async (tx) => say(tx, roomId, 'x').then(() => Promise.reject(new Error('no'))))
      .catch(() => null);
    await new Promise((resolve) => setImmediate(resolve));
    expect(news).toHaveLength(1);
    expect(JSON.parse(news[0] ?? '')).toMatchObject({
      from: 1,
      to: 1,
      events: [{ seq: 1, type: 'chat.message' }],
    });
  });

  it.each([
    ['from the future', 7, undefined, 'future'],
    ['before the beginning', -1, undefined, 'invalid'],
    ['from another epoch', 0, newId(), 'epoch'],
  ])('answers a position %s with a resync', async (_name, after, epoch, reason) => {
    const stream = roomStream(await aStream());
    expect(await log.reader.read(stream, after, 10, epoch)).toEqual({ resync: { stream, reason } });
  });

  it('refuses to append to a room that is not locked', async () => {
    const roomId = await aStream();
    const data = { message_id: newId(), text: 'x', mentions: [], reply_to: null, origin: 'member' } as const;
    const attempt = log.work.run((tx) =>
      Promise.resolve(tx.appendToRoom(roomId, { type: 'chat.message', actor: SYSTEM_ACTOR, data })),
    );
    await expect(attempt).rejects.toThrow('without its lock');
  });
});
