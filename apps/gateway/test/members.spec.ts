import { COMMAND_ACKS, COMMAND_NAMES, roomStream, userStream } from '@clawtank/contracts';
import { newId } from '@clawtank/kernel';
import { Client, expectTiling } from './client.js';
import { fieldAt, type Person, startGateway, type TestGateway } from './test-gateway.js';

describe('members at the socket', () => {
  let gateway: TestGateway;
  let ada: Person;
  let bob: Person;
  let roomId: string;
  let stream: string;
  const clients: Client[] = [];

  beforeAll(async () => {
    gateway = await startGateway({ ROOM_HEARTBEAT_SECONDS: '20' });
    [ada, bob] = [await gateway.aPerson('ada'), await gateway.aPerson('bob')];
  });
  beforeEach(async () => {
    roomId = await gateway.aRoom(ada, 'private', [bob]);
    stream = roomStream(roomId);
  });
  afterEach(() => {
    for (const client of clients.splice(0)) client.close();
  });
  afterAll(() => gateway.close());

  const connect = async (person: Person): Promise<Client> => {
    const client = await Client.member(gateway.url, person.token);
    clients.push(client);
    return client;
  };
  const say = async (person: Person, text: string): Promise<number> =>
    Number(fieldAt(await gateway.run(person, 'chat.send', { room_id: roomId, text }), 'seq'));
  const texts = (client: Client) =>
    client
      .envelopes(stream)
      .filter((event) => event.type === 'chat.message')
      .map((event) => fieldAt(event, 'data.text'));

  it('says who is connected, and its limits', async () => {
    const client = await connect(ada);
    expect(await client.next('ready')).toMatchObject({
      session_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      identity: { kind: 'human', id: ada.caller.id, name: 'ada', owner_id: null },
      limits: { MESSAGE_BYTES: 16_384 },
      heartbeat_interval_ms: 20_000,
      stream: { stream: userStream(ada.caller.id), epoch: expect.any(String), seq: expect.any(Number) },
    });
  });

  it('tells all devices of a person how far they have read on one of them', async () => {
    const [phone, desk, other] = [await connect(ada), await connect(ada), await connect(bob)];
    for (const client of [phone, desk, other]) await client.next('ready');
    const seq = await say(bob, 'read me');
    await phone.ok('chat.read', { room_id: roomId, seq });
    await phone.ok('chat.read', { room_id: roomId, seq });
    const own = userStream(ada.caller.id);
    const marks = (client: Client) => client.envelopes(own).filter(({ type }) => type === 'chat.read');
    await Promise.all([phone, desk].map((client) => client.until(() => marks(client).length > 0)));
    for (const client of [phone, desk]) {
      expect(marks(client)).toMatchObject([{ data: { room_id: roomId, seq } }]);
    }
    expect(other.envelopes(userStream(bob.caller.id))).toEqual([]);
  });

  it('names the owner of an agent', async () => {
    const pincer = await gateway.anAgent(ada, 'pincer');
    const client = await connect(pincer);
    expect(fieldAt(await client.next('ready'), 'identity')).toMatchObject({
      kind: 'agent',
      id: pincer.caller.id,
      owner_id: ada.caller.id,
    });
  });

  it('reads the context package of a room, and refuses who is no member', async () => {
    await say(ada, 'read this first');
    const client = await connect(bob);
    const context = await client.ok('room.context', { room_id: roomId });
    expect(JSON.stringify(fieldAt(context, 'chat_history'))).toContain('read this first');
    const stranger = await connect(await gateway.aPerson(`eve${newId().slice(-8)}`));
    const refused = await stranger.refusal('room.context', { room_id: roomId });
    expect(refused).toMatchObject({ code: 'NOT_FOUND', reason: 'room.not_found' });
  });

  it.each(COMMAND_NAMES)('answers %s through its ack', async (name) => {
    const client = await connect(ada);
    const ack = await client.request(name, { nothing_like_this: true });
    // To who is no administrator, an administrator's commands do not exist.
    const error = name.startsWith('admin.')
      ? { code: 'NOT_FOUND', reason: 'command.unknown' }
      : { code: 'VALIDATION_FAILED', reason: 'input.invalid' };
    expect(ack).toMatchObject({ ok: false, error });
  });

  it('acks with the type of the command and where its events stand', async () => {
    const client = await connect(ada);
    const ack = await client.request('chat.send', { room_id: roomId, text: 'hi' });
    expect(ack).toMatchObject({
      ok: true,
      type: COMMAND_ACKS['chat.send'],
      data: {
        stream,
        first_seq: expect.any(Number),
        seq: expect.any(Number),
        message_id: expect.any(String),
      },
    });
  });

  it('replies by an event where there is no ack', async () => {
    const client = await connect(ada);
    client.socket.emit('chat.send', { room_id: roomId, text: 'hi' });
    expect(await client.next('chat.sent')).toMatchObject({ stream, message_id: expect.any(String) });
    client.socket.emit('chat.send', { room_id: roomId });
    expect(await client.next('error')).toMatchObject({ code: 'VALIDATION_FAILED', reason: 'input.invalid' });
    client.socket.emit('me.dance');
    await client.until(() =>
      client.all('error').find((error) => fieldAt(error, 'reason') === 'command.unknown'),
    );
  });

  it('keeps the order in which one socket speaks', async () => {
    const client = await connect(ada);
    await client.ok('room.join', { room_id: roomId });
    const said = Array.from({ length: 30 }, (_, index) => `line ${index}`);
    await Promise.all(said.map((text) => client.ok('chat.send', { room_id: roomId, text })));
    await client.until(() => (texts(client).length === said.length ? true : undefined));
    expect(texts(client)).toEqual(said);
  });

  it('joins with a snapshot and goes on from its cursor, while others write', async () => {
    const writing = Promise.all(Array.from({ length: 40 }, (_, index) => say(bob, `while ${index}`)));
    const client = await connect(ada);
    const snapshot = await client.ok('room.join', { room_id: roomId });
    const last = Math.max(...(await writing), await say(bob, 'the last'));
    await client.reached(stream, last);
    expectTiling(client.frames(stream), Number(fieldAt(snapshot, 'cursor')) + 1, last);
    const seen = (fieldAt(snapshot, 'messages') as { text: string }[]).map((message) => message.text);
    expect(new Set([...seen, ...texts(client)]).size).toBe(41);
    expect(seen.filter((text) => texts(client).includes(text))).toEqual([]);
  });

  it('resumes after a position without hole or double, while others write', async () => {
    for (let index = 0; index < 20; index += 1) await say(bob, `before ${index}`);
    const writing = Promise.all(Array.from({ length: 40 }, (_, index) => say(bob, `during ${index}`)));
    const client = await connect(ada);
    const { epoch } = Object(await client.ok('room.join', { room_id: roomId }));
    const again = await connect(ada);
    await again.ok('room.join', { room_id: roomId, after: 3, epoch });
    const last = Math.max(...(await writing), await say(bob, 'the last'));
    await again.reached(stream, last);
    expectTiling(again.frames(stream), 4, last);
    expect(again.all('replay.done')).toEqual([{ stream, cursor: expect.any(Number) }]);
    const at = again.heard.findIndex((heard) => heard.event === 'replay.done');
    const before = again.heard.slice(0, at).filter((heard) => heard.event === 'events');
    expect(before.length).toBeGreaterThan(0);
    expect(fieldAt(before.at(-1)?.data, 'to')).toBe(fieldAt(again.heard[at]?.data, 'cursor'));
  });

  it('tells the end of an empty replay at once', async () => {
    const client = await connect(ada);
    const { cursor, epoch } = Object(await client.ok('room.join', { room_id: roomId }));
    await client.ok('room.join', { room_id: roomId, after: cursor, epoch });
    expect(await client.next('replay.done')).toEqual({ stream, cursor });
  });

  it.each([
    ['the future', () => ({ after: 999 }), 'future'],
    ['another epoch', () => ({ after: 1, epoch: newId() }), 'epoch'],
  ])('answers a position in %s with resync and no frame', async (_name, position, reason) => {
    const client = await connect(ada);
    await client.ok('room.join', { room_id: roomId, ...position() });
    expect(await client.next('resync')).toEqual({ stream, reason });
    const seq = await say(bob, 'unheard');
    await client.ok('room.join', { room_id: roomId, after: seq - 1 });
    await client.reached(stream, seq);
    expectTiling(client.frames(stream), seq, seq);
  });

  it.each([
    ['a negative position', { after: -1 }, 'VALIDATION_FAILED'],
    ['half a position', { after: 1.5 }, 'VALIDATION_FAILED'],
    ['text', { after: '1' }, 'VALIDATION_FAILED'],
  ])('refuses %s', async (_name, position, code) => {
    const client = await connect(ada);
    expect(await client.refusal('room.join', { room_id: roomId, ...position })).toMatchObject({ code });
  });

  it('shows only what was intended, and still tiles', async () => {
    const client = await connect(ada);
    const { cursor } = Object(await client.ok('room.join', { room_id: roomId, intents: ['task'] }));
    await say(bob, 'not for programs');
    const made = await gateway.run(bob, 'task.create', { room_id: roomId, title: 'A thing' });
    const last = Number(fieldAt(made, 'seq'));
    await client.reached(stream, last);
    expectTiling(client.frames(stream), cursor + 1, last);
    expect(new Set(client.envelopes(stream).map((event) => event.type.split('.')[0]))).toEqual(
      new Set(['task']),
    );
  });

  it('gives a missing, a private and a strange room the same refusal', async () => {
    const other = await gateway.aRoom(bob, 'private');
    const cora = await gateway.aPerson(`cora${Date.now()}`);
    const client = await connect(cora);
    for (const name of ['room.join', 'room.leave', 'room.delete']) {
      const refusals = await Promise.all(
        [other, roomId, newId()].map((room_id) => client.refusal(name, { room_id })),
      );
      expect(new Set(refusals.map((error) => JSON.stringify(error))).size).toBe(1);
      expect(refusals[0]).toMatchObject({ code: 'NOT_FOUND', reason: 'room.not_found' });
    }
  });

  it('replays a page of a stream, and says whether there is more', async () => {
    const last = await say(bob, 'hello');
    const client = await connect(ada);
    const page = await client.ok('events.replay', { stream, after: 1, limit: 1 });
    expect(page).toMatchObject({ frame: { from: 2, to: 2 }, more: true });
    const rest = await client.ok('events.replay', { stream, after: 2 });
    expect(rest).toMatchObject({ frame: { from: 3, to: last }, more: false });
    expect(client.frames(stream)).toEqual([]);
  });

  it.each([
    ['somebody else’s stream', () => userStream(bob.caller.id), 'stream.not_found'],
    ['a room that is none', () => roomStream(newId()), 'room.not_found'],
    ['no stream at all', () => 'everything', 'stream.not_found'],
  ])('refuses to read %s', async (_name, name, reason) => {
    const client = await connect(ada);
    const input = { stream: name(), after: 0, epoch: newId() };
    expect(await client.refusal('events.replay', input)).toMatchObject({ code: 'NOT_FOUND', reason });
    expect(await client.refusal('stream.resume', input)).toMatchObject({ code: 'NOT_FOUND', reason });
  });

  it('refuses to replay from a position that can’t be served', async () => {
    const client = await connect(ada);
    expect(await client.refusal('events.replay', { stream, after: 999 })).toMatchObject({
      code: 'CONFLICT',
      reason: 'stream.resync',
      details: { stream, resync: 'future' },
    });
  });

  it('sends the own stream unasked, from its head, and earlier frames when resumed', async () => {
    await gateway.run(bob, 'chat.direct', { to: ada.caller.id, text: 'before' });
    const client = await connect(ada);
    await gateway.run(bob, 'chat.direct', { to: ada.caller.id, text: 'after' });
    const own = userStream(ada.caller.id);
    await client.until(() => client.frames(own)[0]);
    expect(client.envelopes(own).map((event) => fieldAt(event, 'data.text'))).toEqual(['after']);
    const { epoch = '', to = 0 } = client.frames(own)[0] ?? {};
    await client.ok('stream.resume', { stream: own, after: to - 2, epoch });
    await client.next('replay.done');
    expect(client.envelopes(own).map((event) => fieldAt(event, 'data.text'))).toEqual([
      'after',
      'before',
      'after',
    ]);
  });

  it('hears who is typing, in batches', async () => {
    const [listener, typist] = [await connect(ada), await connect(bob)];
    await listener.ok('room.join', { room_id: roomId });
    await typist.ok('chat.typing', { room_id: roomId });
    expect(await listener.next('signals')).toEqual([
      { type: 'chat.typing', room_id: roomId, actor: { kind: 'human', id: bob.caller.id, name: 'bob' } },
    ]);
  });

  it('gives a retried command its first answer', async () => {
    const client = await connect(ada);
    const input = { room_id: roomId, text: 'once', command_id: newId() };
    const first = await client.ok('chat.send', input);
    expect(await client.ok('chat.send', input)).toEqual(first);
    expect(await client.refusal('chat.send', { ...input, text: 'twice' })).toMatchObject({
      code: 'CONFLICT',
      reason: 'command.other_body',
    });
  });
});
