import type { Caller } from '@clawtank/commands';
import { roomStream } from '@clawtank/contracts';
import { type StatementWatch, watchStatements } from '@clawtank/database/testing';
import { newId } from '@clawtank/kernel';
import { createTestPlatform, type TestPlatform } from './testing.js';

let platform: TestPlatform;
let host: Caller;
let member: Caller;
let roomId: string;

beforeAll(async () => {
  platform = await createTestPlatform();
  host = await platform.aUser('ada');
  member = await platform.aUser('bob');
});
afterAll(() => platform.close());
beforeEach(async () => {
  const made = await platform.run<{ room: { id: string } }>('room.create', host, {
    name: 'Trips',
    visibility: 'private',
  });
  roomId = made.room.id;
  await platform.run('member.add', host, { room_id: roomId, user_id: member.id, role: 'member' });
  // Who was let in before shares a transaction with others; the first time is on its own.
  for (const caller of [host, member]) await send(caller, 'hello');
});

const send = (caller: Caller, text: string, more: object = {}): Promise<{ seq: number }> =>
  platform.run('chat.send', caller, { room_id: roomId, text, command_id: newId(), ...more });
const sender = (n: number): Caller => (n % 2 ? host : member);
const statusOf = async (promises: readonly Promise<unknown>[]): Promise<string[]> =>
  (await Promise.allSettled(promises)).map(({ status }) => status);

async function watched(
  work: () => Promise<unknown>,
): Promise<Pick<StatementWatch, 'statements' | 'roundTrips'>> {
  const watch = watchStatements();
  try {
    await work();
    return { statements: watch.statements, roundTrips: watch.roundTrips };
  } finally {
    watch.stop();
  }
}

async function texts(): Promise<unknown[]> {
  const stretch = await platform.reader.read(roomStream(roomId), 0);
  if ('resync' in stretch) throw new Error('no such stream');
  return stretch.events
    .filter(({ type }) => type === 'chat.message')
    .map(({ data }) => ('text' in data ? data.text : undefined));
}

const history = async (): Promise<string[]> => {
  const rows = await platform.database.query<{ text: string }>(
    'SELECT text FROM messages WHERE room_id = $1 ORDER BY seq',
    [roomId],
  );
  return rows.map(({ text }) => text);
};

describe('what messages ask of the database', () => {
  it('is asked in two round trips where one comes alone', async () => {
    // Begin, lock, kept results, room and members, last message; messages, events, results, commit.
    expect(await watched(() => send(member, 'and that is it'))).toEqual({ roundTrips: 2, statements: 9 });
  });

  it('does not grow with how many come at once', async () => {
    const all = Array.from({ length: 60 }, (_, n) => n);
    const { statements, roundTrips } = await watched(() =>
      Promise.all(all.map((n) => send(sender(n), `it is the same as that, too: m${String(n)}`))),
    );
    // The first has one transaction, and those who gathered behind it another; a machine that halts in between begins
    // more, of several messages each. Each for itself they would make 60 transactions, 540 statements.
    expect(statements).toBeLessThanOrEqual(15 * 9);
    expect(roundTrips).toBeLessThanOrEqual(15 * 2);
  });

  it('leaves their order and their numbers as they were sent, in the history as in the log', async () => {
    const sent = Array.from({ length: 20 }, (_, n) => `ordered ${String(n)}`);
    const acks = await Promise.all(sent.map((text, n) => send(sender(n), text)));
    expect(await history()).toEqual(await texts());
    expect((await texts()).slice(-20)).toEqual(sent);
    const [first = 0] = acks.map(({ seq }) => seq);
    expect(acks.map(({ seq }) => seq)).toEqual(sent.map((_, n) => first + n));
  });
});

describe('messages in one transaction', () => {
  it('are refused alone', async () => {
    const toNothing = (): Promise<unknown> => send(host, 'to nothing', { reply_to: newId() });
    const outcomes = await statusOf([
      send(host, 'busy'),
      send(member, 'a'),
      toNothing(),
      send(member, 'b'),
      toNothing(),
      send(member, 'c'),
    ]);
    const [kept, refused] = ['fulfilled', 'rejected'];
    expect(outcomes).toEqual([kept, kept, refused, kept, refused, kept]);
    expect((await texts()).slice(-4)).toEqual(['busy', 'a', 'b', 'c']);
    expect(await history()).toEqual(await texts());
  });

  it('know that the one in front of them has removed their sender', async () => {
    const outcomes = await statusOf([
      send(host, 'busy'),
      send(member, 'before'),
      platform.run('member.remove', host, { room_id: roomId, user_id: member.id }),
      send(member, 'after'),
      send(host, 'alone again'),
    ]);
    expect(outcomes).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect((await texts()).filter((text) => text === 'before' || text === 'after')).toEqual(['before']);
  });
});
