import { setTimeout as delay } from 'node:timers/promises';
import { roomStream } from '@clawtank/contracts';
import { newId } from '@clawtank/kernel';
import { createTestLog, type TestLog } from '../testing.js';
import { SYSTEM_ACTOR } from './stored-event.js';

const WRITERS = 50;
const EACH = 4;
const TOTAL = WRITERS * EACH;

let log: TestLog;
beforeAll(async () => {
  log = await createTestLog();
});
afterAll(() => log.drop());

/** Appends and then keeps the transaction open: numbers exist long before anybody may see them. */
async function write(roomId: string, text: string): Promise<void> {
  await log.work.commit(
    async (tx) => {
      await delay(Math.random() * 5);
      await tx.lockRoom(roomId);
      const data = { message_id: newId(), text, mentions: [], reply_to: null, origin: 'member' } as const;
      tx.appendToRoom(roomId, { type: 'chat.message', actor: SYSTEM_ACTOR, data });
    },
    () => delay(Math.random() * 5).then(() => undefined),
  );
}

/** Reads page after page of a random size until everything was seen. */
async function readAll(stream: string): Promise<number[]> {
  const seen: number[] = [];
  while (seen.length < TOTAL) {
    const limit = 1 + Math.floor(Math.random() * 20);
    const stretch = await log.reader.read(stream, seen.at(-1) ?? 0, limit);
    if ('resync' in stretch) throw new Error('unexpected resync');
    seen.push(...stretch.events.map((event) => event.seq));
  }
  return seen;
}

it('no reader that pages skips a number while 50 writers commit after random delays', async () => {
  const roomId = newId();
  const stream = roomStream(roomId);
  await log.work.run((tx) => tx.openStream(stream));
  const reading = Promise.all(Array.from({ length: 3 }, () => readAll(stream)));
  await Promise.all(
    Array.from({ length: WRITERS }, async (_, writer) => {
      for (let n = 0; n < EACH; n += 1) await write(roomId, `${writer} ${n}`);
    }),
  );
  const everything = Array.from({ length: TOTAL }, (_, n) => n + 1);
  for (const seen of await reading) expect(seen).toEqual(everything);
});
