import type { DirectMessageView, DirectTalkView, Page } from '@clawtank/contracts';
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
      expect(events[0]?.room_id).toBeUndefined();
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

describe('read marks', () => {
  const markRead = (by: Caller, other: Caller, upTo: string): Promise<unknown> =>
    kit.command(by, 'chat.direct_read', { with: other.id, up_to: upTo });
  const talks = async (by: Caller): Promise<readonly DirectTalkView[]> =>
    (await kit.query<Page<DirectTalkView>>(by, 'direct_talks.list', {})).items;

  it('of a talk are told to the reader’s own devices alone, once', async () => {
    const first = await write(in_.host, in_.member, 'one');
    const second = await write(in_.host, in_.member, 'two');
    expect(await talks(in_.member)).toMatchObject([{ with: { id: in_.host.id }, unread: 2 }]);
    await markRead(in_.member, in_.host, second.message_id);
    await markRead(in_.member, in_.host, first.message_id);
    await markRead(in_.member, in_.host, second.message_id);
    const told = (await kit.ownEvents(in_.member)).filter(({ type }) => type === 'chat.direct_read');
    expect(told).toMatchObject([{ data: { with: in_.host.id, up_to: second.message_id } }]);
    expect((await kit.ownEvents(in_.host)).map(({ type }) => type)).toEqual(['chat.direct', 'chat.direct']);
    expect(await talks(in_.member)).toMatchObject([{ last: { text: 'two' }, unread: 0 }]);
  });

  it('count what the other wrote after them, and nothing of one’s own', async () => {
    const first = await write(in_.host, in_.member, 'one');
    await markRead(in_.member, in_.host, first.message_id);
    await write(in_.member, in_.host, 'mine');
    await write(in_.host, in_.member, 'three');
    expect(await talks(in_.member)).toMatchObject([{ unread: 1 }]);
    expect(await talks(in_.host)).toMatchObject([{ with: { id: in_.member.id }, unread: 1 }]);
  });

  it('are refused for what is not of this talk', async () => {
    const other = await write(in_.host, in_.agent, 'elsewhere');
    expect(await reasonOf(markRead(in_.member, in_.host, other.message_id))).toBe('message.not_found');
    expect(await kit.ownEvents(in_.member)).toEqual([]);
  });

  it('list talks by their newest message, page by page', async () => {
    await write(in_.host, in_.agent, 'to the agent');
    await write(in_.host, in_.member, 'to the member');
    const page = await kit.query<Page<DirectTalkView>>(in_.host, 'direct_talks.list', { limit: 1 });
    expect(page.items).toMatchObject([{ with: { id: in_.member.id } }]);
    const next = { limit: 1, cursor: page.next_cursor };
    const rest = await kit.query<Page<DirectTalkView>>(in_.host, 'direct_talks.list', next);
    expect(rest).toMatchObject({ items: [{ with: { id: in_.agent.id } }], next_cursor: null });
  });
});
