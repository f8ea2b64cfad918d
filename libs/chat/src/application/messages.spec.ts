import type { MessageView, Page } from '@clawtank/contracts';
import { Failure, newId } from '@clawtank/kernel';
import { type ChatKit, type ChatRoom, startChat } from '../testing/chat-room.js';

interface Sent {
  message_id: string;
  seq: number;
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

const send = (text: string, more: object = {}, from = in_.member): Promise<Sent> =>
  kit.command<Sent>(from, 'chat.send', { room_id: in_.room.id, text, ...more });
const act = (name: string, input: object, by = in_.member): Promise<Sent> =>
  kit.command<Sent>(by, name, { room_id: in_.room.id, ...input });
const list = (input: object = {}, by: ChatRoom['host'] | null = in_.host): Promise<Page<MessageView>> =>
  kit.query<Page<MessageView>>(by, 'messages.list', { room_id: in_.room.id, ...input });
const texts = async (input: object = {}): Promise<string[]> =>
  (await list(input)).items.map((message) => message.text);
const reasonOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'allowed',
    (error: unknown) => (error instanceof Failure ? error.reason : String(error)),
  );
/** Every row of every table, as text. */
const everythingKept = async (): Promise<string> => {
  const tables = await kit.log.database.query<{ name: string }>(
    `SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'`,
  );
  const rows = await Promise.all(
    tables.map(({ name }) => kit.log.database.query(`SELECT to_jsonb(t) FROM ${name} t`)),
  );
  return JSON.stringify(rows);
};

describe('chat.send', () => {
  it('pins what a message decides, whoever says it, and makes no task of it', async () => {
    for (const from of [in_.member, in_.agent])
      await send('/decide we must fix the parser with tabs', {}, from);
    const events = (await kit.roomEvents(in_.room)).map(({ type }) => type);
    expect(events).toEqual(['chat.message', 'room.decision', 'chat.message', 'room.decision']);
    const rows = await kit.log.database.query<{ text: string; by: string }>(
      "SELECT text, made_by->>'id' AS by FROM room_decisions WHERE room_id = $1 ORDER BY id",
      [in_.room.id],
    );
    const text = 'we must fix the parser with tabs';
    expect(rows).toEqual([
      { text, by: in_.member.id },
      { text, by: in_.agent.id },
    ]);
  });

  it('puts the message into log and history, with the time of its event', async () => {
    const { message_id, seq } = await send('hello');
    const event = (await kit.roomEvents(in_.room)).at(-1);
    expect(event).toMatchObject({
      id: message_id,
      seq,
      type: 'chat.message',
      actor: { kind: 'human', id: in_.member.id },
      data: { message_id, text: 'hello', mentions: [], reply_to: null, origin: 'member' },
    });
    expect((await list()).items).toEqual([
      {
        message_id,
        seq,
        author: { kind: 'human', id: in_.member.id, name: in_.member.name },
        text: 'hello',
        mentions: [],
        reply_to: null,
        origin: 'member',
        created_at: event?.at,
        edited_at: null,
        deleted: false,
        reactions: [],
      },
    ]);
  });

  it('resolves mentions of people and agents of this room only', async () => {
    const { message_id } = await send(
      `@${in_.host.name.toUpperCase()} and @${in_.member.name}, not @${in_.stranger.name}`,
    );
    const [message] = (await list()).items;
    expect(message).toMatchObject({
      message_id,
      mentions: [
        { kind: 'human', id: in_.host.id },
        { kind: 'human', id: in_.member.id },
      ],
    });
  });

  it('marks what agents say as theirs', async () => {
    await send('on it', {}, in_.agent);
    expect((await list()).items[0]).toMatchObject({
      origin: 'agent',
      author: { kind: 'agent', id: in_.agent.id },
    });
  });

  it('replies inside the room only', async () => {
    const first = await send('question');
    const answer = await send('answer', { reply_to: first.message_id });
    expect((await list()).items[0]).toMatchObject({
      message_id: answer.message_id,
      reply_to: first.message_id,
    });
    expect(await reasonOf(send('lost', { reply_to: newId() }))).toBe('message.not_found');
    in_ = await kit.makeRoom();
    expect(await reasonOf(send('stray', { reply_to: first.message_id }))).toBe('message.not_found');
  });

  it.each([
    ['nothing', ''],
    ['white space', ' \n\t '],
    ['one byte too much', 'ü'.repeat(8_192) + 'x'],
  ])('refuses %s and changes nothing', async (_what, text) => {
    expect(await reasonOf(send(text))).toBe('input.invalid');
    expect(await kit.roomEvents(in_.room)).toEqual([]);
  });

  it('takes 16 KiB to the byte', async () => {
    await send('ü'.repeat(8_192));
    expect((await texts())[0]).toHaveLength(8_192);
  });

  it('looks to a stranger as if the room did not exist', async () => {
    expect(await reasonOf(send('let me in', {}, in_.stranger))).toBe('room.not_found');
    expect(await kit.roomEvents(in_.room)).toEqual([]);
  });

  it('makes the task that a slash command asks for, after the message', async () => {
    const { message_id, seq } = await send('/task Add a logo');
    expect(await kit.roomEvents(in_.room)).toMatchObject([
      { seq, type: 'chat.message' },
      { type: 'task.created', data: { title: 'Add a logo', source_message_id: message_id } },
    ]);
  });

  it('says it once when it is sent twice', async () => {
    const command_id = newId();
    const first = await send('once', { command_id });
    expect(await send('once', { command_id })).toEqual(first);
    expect(await texts()).toEqual(['once']);
  });

  it('is refused in an archived room', async () => {
    in_ = await kit.makeRoom({ state: 'archived' });
    expect(await reasonOf(send('too late'))).toBe('chat.archived');
  });
});

describe('chat.edit', () => {
  it('replaces the text everywhere and keeps where and when it was sent', async () => {
    const sent = await send('the passwrod is hunter2');
    const before = (await list()).items[0];
    expect(await everythingKept()).toContain('hunter2');
    const edited = await act('chat.edit', { message_id: sent.message_id, text: `ask @${in_.host.name}` });
    const [message] = (await list()).items;
    expect(message).toMatchObject({
      seq: sent.seq,
      created_at: before?.created_at,
      text: `ask @${in_.host.name}`,
      mentions: [{ kind: 'human', id: in_.host.id }],
    });
    const events = await kit.roomEvents(in_.room);
    expect(events.map(({ seq, type, data }) => [seq, type, data])).toEqual([
      [sent.seq, 'chat.message', { redacted: true }],
      [sent.seq + 1, 'redaction', { stream: `room:${in_.room.id}`, seq: sent.seq }],
      [edited.seq, 'chat.edited', expect.objectContaining({ message_id: sent.message_id, reply_to: null })],
    ]);
    expect(message?.edited_at).toBe(events.at(-1)?.at);
    expect(await everythingKept()).not.toContain('hunter2');
  });

  it('redacts each earlier text, also of the second edit', async () => {
    const { message_id } = await send('first words');
    await act('chat.edit', { message_id, text: 'second words' });
    await act('chat.edit', { message_id, text: 'third words' });
    const kept = await everythingKept();
    expect(kept).not.toContain('first words');
    expect(kept).not.toContain('second words');
    expect(kept).toContain('third words');
    expect((await kit.roomEvents(in_.room)).filter((event) => event.type === 'redaction')).toHaveLength(2);
    expect(await texts({ q: 'second' })).toEqual([]);
    expect(await texts({ q: 'third' })).toEqual(['third words']);
  });

  it('keeps the reply it was', async () => {
    const first = await send('question');
    const { message_id } = await send('answer', { reply_to: first.message_id });
    await act('chat.edit', { message_id, text: 'better answer' });
    expect((await kit.roomEvents(in_.room)).at(-1)?.data).toMatchObject({ reply_to: first.message_id });
  });

  it('is for the author alone, the host included', async () => {
    const { message_id } = await send('mine');
    const edit = { message_id, text: 'yours' };
    expect(await reasonOf(act('chat.edit', edit, in_.host))).toBe('message.not_yours');
    expect(await reasonOf(act('chat.edit', edit, in_.agent))).toBe('message.not_yours');
    expect(await texts()).toEqual(['mine']);
  });

  it('knows no message of another room', async () => {
    const { message_id } = await send('here');
    in_ = await kit.makeRoom();
    expect(await reasonOf(act('chat.edit', { message_id, text: 'there' }))).toBe('message.not_found');
  });
});

describe('chat.delete', () => {
  it('leaves nothing readable in log, history and search', async () => {
    const { message_id, seq } = await send('delete me please');
    await act('chat.react', { message_id, emoji: '👍' }, in_.host);
    await act('chat.edit', { message_id, text: 'delete me now' });
    await act('chat.delete', { message_id });
    const kept = await everythingKept();
    expect(kept).not.toContain('delete me');
    expect((await list()).items[0]).toMatchObject({
      message_id,
      seq,
      text: '',
      mentions: [],
      deleted: true,
      reactions: [],
    });
    expect(await texts({ q: 'delete' })).toEqual([]);
    expect((await kit.roomEvents(in_.room)).at(-1)).toMatchObject({ type: 'chat.deleted' });
  });

  it('lets the host delete what others said, and no other member', async () => {
    const { message_id } = await send('from the agent', {}, in_.agent);
    expect(await reasonOf(act('chat.delete', { message_id }, in_.member))).toBe('message.not_deletable');
    await act('chat.delete', { message_id }, in_.host);
    expect(await reasonOf(act('chat.delete', { message_id }, in_.host))).toBe('message.deleted');
    expect(await reasonOf(act('chat.edit', { message_id, text: 'back' }, in_.agent))).toBe('message.deleted');
  });

  it('takes what was suggested from it away too', async () => {
    const { message_id } = await send('We should rotate the key hunter2 tomorrow.');
    const types = async () => (await kit.roomEvents(in_.room)).map((event) => event.type);
    expect(await types()).toEqual(['chat.message', 'task.suggested']);
    expect(await everythingKept()).toContain('hunter2');
    await act('chat.delete', { message_id });
    expect(await everythingKept()).not.toContain('hunter2');
    expect(await types()).toContain('task.dismissed');
  });

  it('may be replied to still', async () => {
    const { message_id } = await send('gone soon');
    await act('chat.delete', { message_id });
    await send('I saw that', { reply_to: message_id });
    expect((await list()).items[0]).toMatchObject({ reply_to: message_id });
  });
});

describe('chat.react', () => {
  it('counts each once, and tells the room only of changes', async () => {
    const { message_id } = await send('ship it?');
    await act('chat.react', { message_id, emoji: '👍' }, in_.host);
    await act('chat.react', { message_id, emoji: '👍' }, in_.host);
    await act('chat.react', { message_id, emoji: '👍' }, in_.agent);
    await act('chat.react', { message_id, emoji: '🎉' });
    await act('chat.react', { message_id, emoji: '🎉', remove: true });
    await act('chat.react', { message_id, emoji: '🎉', remove: true });
    expect((await list()).items[0]?.reactions).toEqual([{ emoji: '👍', by: [in_.host.id, in_.agent.id] }]);
    const told = (await kit.roomEvents(in_.room)).filter((event) => event.type === 'chat.reaction');
    expect(told.map((event) => event.data)).toEqual([
      { message_id, emoji: '👍', added: true },
      { message_id, emoji: '👍', added: true },
      { message_id, emoji: '🎉', added: true },
      { message_id, emoji: '🎉', added: false },
    ]);
  });

  it.each(['', ' ', 'a b', 'x'.repeat(33), '\u202e'])('refuses %j', async (emoji) => {
    const { message_id } = await send('hm');
    expect(await reasonOf(act('chat.react', { message_id, emoji }))).toBe('input.invalid');
  });
});

describe('messages.list', () => {
  it('pages through the history from the newest on', async () => {
    for (const text of ['one', 'two', 'three', 'four', 'five']) await send(text);
    const first = await list({ limit: 2 });
    expect(first.items.map((message) => message.text)).toEqual(['five', 'four']);
    const second = await list({ limit: 2, cursor: first.next_cursor });
    expect(second.items.map((message) => message.text)).toEqual(['three', 'two']);
    const third = await list({ limit: 2, cursor: second.next_cursor });
    expect(third).toMatchObject({ items: [{ text: 'one' }], next_cursor: null });
  });

  it('reads before and after a number', async () => {
    const sent = [];
    for (const text of ['one', 'two', 'three', 'four']) sent.push(await send(text));
    expect(await texts({ before: sent[2]?.seq })).toEqual(['two', 'one']);
    expect(await texts({ after: sent[1]?.seq })).toEqual(['three', 'four']);
    const page = await list({ after: sent[0]?.seq, limit: 1 });
    expect(page.items[0]?.text).toBe('two');
    expect(await texts({ after: sent[0]?.seq, limit: 1, cursor: page.next_cursor })).toEqual(['three']);
    expect(await texts({ after: String(sent[1]?.seq), before: String(sent[3]?.seq) })).toEqual(['three']);
  });

  it.each([
    ['a word', 'login', ['Fix the login in src/auth/log-in.service.ts']],
    ['the beginning of the last word', 'fix the log', ['Fix the login in src/auth/log-in.service.ts']],
    ['a part of a path', 'service', ['Fix the login in src/auth/log-in.service.ts']],
    ['other case and letters', 'ÜBER', ['das geht über']],
    ['several words', 'über geht', ['das geht über']],
    ['a word that is not there', 'logout', []],
    ['the end of a word', 'ogin', []],
    ['signs only', '& | ! :* ()', []],
    ['what looks like a query', "login' & !(x) <-> :*", []],
  ])('finds by %s', async (_what, q, found) => {
    await send('Fix the login in src/auth/log-in.service.ts');
    await send('das geht über');
    expect(await texts({ q })).toEqual(found);
  });

  it('finds nothing of another room', async () => {
    await send('needle');
    in_ = await kit.makeRoom();
    expect(await texts({ q: 'needle' })).toEqual([]);
  });

  it('refuses a cursor that is none', async () => {
    const lists = [
      'x',
      Buffer.from('["a"]').toString('base64url'),
      Buffer.from('[1.5]').toString('base64url'),
    ];
    for (const cursor of lists) expect(await reasonOf(list({ cursor }))).toBe('input.invalid');
  });

  it('shows a public room to strangers and a private one to members', async () => {
    await send('inside');
    expect(await reasonOf(list({}, null))).toBe('room.not_found');
    expect(await reasonOf(list({}, in_.stranger))).toBe('room.not_found');
    in_ = await kit.makeRoom({ visibility: 'public' });
    await send('outside');
    expect((await list({}, null)).items).toMatchObject([{ text: 'outside' }]);
  });
});
