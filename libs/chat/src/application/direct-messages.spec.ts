import type { DirectMessageView, Page } from '@clawtank/contracts';
import { userStream } from '@clawtank/contracts';
import type { Caller } from '@clawtank/commands';
import { Failure, newId } from '@clawtank/kernel';
import { aMember } from '@clawtank/rooms/testing';
import { type ChatKit, type ChatRoom, startChat } from '../testing/chat-room.js';

interface Sent {
  message_id: string;
  seq: number;
  stream: string;
}

let kit: ChatKit;
let in_: ChatRoom;

beforeAll(async () => {
  kit = await startChat();
});
afterAll(() => kit.close());
beforeEach(async () => {
  in_ = await kit.makeRoom();
});

const write = (from: Caller, to: { id: string }, text: string, more: object = {}): Promise<Sent> =>
  kit.command<Sent>(from, 'chat.direct', { to: to.id, text, ...more });
const talk = (by: Caller, other: Caller, more: object = {}): Promise<Page<DirectMessageView>> =>
  kit.query<Page<DirectMessageView>>(by, 'direct_messages.list', { with: other.id, ...more });
const reasonOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'allowed',
    (error: unknown) => (error instanceof Failure ? error.reason : String(error)),
  );

describe('chat.direct', () => {
  it('gives each of the two a copy, and nobody else one', async () => {
    const { message_id } = await write(in_.host, in_.member, 'between us');
    const data = {
      message_id,
      from: { kind: 'human', id: in_.host.id },
      to: { kind: 'human', id: in_.member.id },
      text: 'between us',
      reply_to: null,
      origin: 'member',
    };
    for (const party of [in_.host, in_.member]) {
      const events = await kit.ownEvents(party);
      expect(events).toMatchObject([{ seq: 1, type: 'chat.direct', data }]);
      expect(events[0]).not.toHaveProperty('room_id');
    }
    expect(await kit.roomEvents(in_.room)).toEqual([]);
    expect(await kit.ownEvents(in_.agent)).toEqual([]);
  });

  it('reaches an agent without its owner reading along', async () => {
    await write(in_.host, in_.agent, 'psst');
    expect(await kit.ownEvents(in_.agent)).toHaveLength(1);
    expect(await kit.ownEvents(in_.member)).toEqual([]);
    expect((await talk(in_.member, in_.host)).items).toEqual([]);
  });

  it('tells the sender where it stands in their own stream, whichever sorts first', async () => {
    await write(in_.host, in_.agent, 'something before');
    for (const [from, to] of [
      [in_.host, in_.member],
      [in_.member, in_.host],
    ] as const) {
      const sent = await write(from, to, 'hello');
      const own = (await kit.ownEvents(from)).at(-1);
      expect(sent).toMatchObject({ stream: userStream(from.id), seq: own?.seq });
      expect(own?.data).toMatchObject({ message_id: sent.message_id });
    }
  });

  it('survives both writing to each other at once', async () => {
    const rounds = Array.from({ length: 10 }, (_, i) => String(i));
    await Promise.all(
      rounds.flatMap((text) => [write(in_.host, in_.member, text), write(in_.member, in_.host, text)]),
    );
    expect((await kit.ownEvents(in_.host)).map((event) => event.seq)).toEqual(
      Array.from({ length: 20 }, (_, i) => i + 1),
    );
    expect((await talk(in_.host, in_.member)).items).toHaveLength(20);
  });

  it('answers alike for nobody and for somebody in no shared room', async () => {
    const unknown = await write(in_.host, { id: newId() }, 'hi').catch((error: unknown) => error);
    const unshared = await write(in_.host, in_.stranger, 'hi').catch((error: unknown) => error);
    expect(unknown).toMatchObject({ code: 'NOT_FOUND', reason: 'direct.no_such_recipient' });
    expect(unshared).toMatchObject({ ...(unknown as Failure) });
    expect(await kit.ownEvents(in_.stranger)).toEqual([]);
  });

  it('does not let a spectator write to those whom they watch', async () => {
    await kit.log.work.run((tx) => aMember(tx, in_.room, in_.stranger, 'spectator'));
    expect(await reasonOf(write(in_.stranger, in_.host, 'hey'))).toBe('direct.no_such_recipient');
    expect(await reasonOf(write(in_.host, in_.stranger, 'hey'))).toBe('direct.no_such_recipient');
  });

  it('goes to somebody else, and replies to what the two have written', async () => {
    expect(await reasonOf(write(in_.host, in_.host, 'note'))).toBe('direct.to_self');
    const first = await write(in_.host, in_.member, 'question');
    const other = await write(in_.host, in_.agent, 'other talk');
    await write(in_.member, in_.host, 'answer', { reply_to: first.message_id });
    expect(await reasonOf(write(in_.member, in_.host, 'x', { reply_to: other.message_id }))).toBe(
      'message.not_found',
    );
  });

  it('writes once when it is sent twice', async () => {
    const command_id = newId();
    const first = await write(in_.host, in_.member, 'once', { command_id });
    expect(await write(in_.host, in_.member, 'once', { command_id })).toEqual(first);
    expect(await kit.ownEvents(in_.member)).toHaveLength(1);
  });
});

describe('direct_messages.list', () => {
  it('shows the talk to both and to nobody else, newest first, by pages', async () => {
    await write(in_.host, in_.member, 'one');
    await write(in_.member, in_.host, 'two');
    await write(in_.host, in_.agent, 'elsewhere');
    for (const [by, other] of [
      [in_.host, in_.member],
      [in_.member, in_.host],
    ] as const) {
      const page = await talk(by, other, { limit: 1 });
      expect(page.items).toMatchObject([{ text: 'two', from: { id: in_.member.id } }]);
      expect(await talk(by, other, { cursor: page.next_cursor })).toMatchObject({
        items: [{ text: 'one' }],
        next_cursor: null,
      });
    }
    expect((await talk(in_.stranger, in_.host)).items).toEqual([]);
    expect(await reasonOf(kit.query(null, 'direct_messages.list', { with: in_.host.id }))).toBe(
      'auth.required',
    );
  });
});
