import { LIMITS, roomStream } from '@clawtank/contracts';
import { newId } from '@clawtank/kernel';
import { SpectatorCounts } from '../src/spectate/spectator-counts.js';
import { Client, expectTiling } from './client.js';
import { fieldAt, type Person, startGateway, type TestGateway } from './test-gateway.js';

const SECRET = 'planted-b7f3';

describe('spectators', () => {
  let gateway: TestGateway;
  let ada: Person;
  let bob: Person;
  let roomId: string;
  let stream: string;
  const clients: Client[] = [];

  beforeAll(async () => {
    gateway = await startGateway();
    [ada, bob] = [await gateway.aPerson('ada'), await gateway.aPerson('bob')];
  });
  beforeEach(async () => {
    roomId = await gateway.aRoom(ada, 'public', [bob]);
    stream = roomStream(roomId);
  });
  afterEach(async () => {
    const counts = gateway.app.get(SpectatorCounts, { strict: false });
    for (const client of clients.splice(0)) client.close();
    while (counts.total(roomId) > 0) await new Promise((resolve) => setImmediate(resolve));
  });
  afterAll(() => gateway.close());

  const watch = async (): Promise<Client> => {
    const client = await Client.spectator(gateway.url);
    clients.push(client);
    return client;
  };
  const say = async (text: string): Promise<number> =>
    Number(fieldAt(await gateway.run(bob, 'chat.send', { room_id: roomId, text }), 'seq'));

  it('see a public room and what happens in it, without a token', async () => {
    const client = await watch();
    const snapshot = await client.ok('spectate.join', { room: roomId });
    expect(snapshot).toMatchObject({
      room: { id: roomId },
      cursor: expect.any(Number),
      epoch: expect.any(String),
    });
    expect(Object.keys(Object(snapshot))).not.toContain('approvals');
    const last = await say('hello, world');
    await client.reached(stream, last);
    expectTiling(client.frames(stream), Number(fieldAt(snapshot, 'cursor')) + 1, last);
    expect(client.envelopes(stream).map((event) => event.type)).toEqual(['chat.message']);
  });

  it('find a room by its slug', async () => {
    const client = await watch();
    const snapshot = await client.ok('spectate.join', { room: roomId });
    const slug = fieldAt(snapshot, 'room.slug');
    expect(await client.ok('spectate.join', { room: slug })).toMatchObject({ room: { id: roomId } });
  });

  it('get many events in few frames that tile, while members get each', async () => {
    const client = await watch();
    const { cursor } = Object(await client.ok('spectate.join', { room: roomId }));
    for (let index = 0; index < 60; index += 1) await say(`line ${index}`);
    const last = await say('the last');
    await client.reached(stream, last);
    expectTiling(client.frames(stream), cursor + 1, last);
    expect(client.envelopes(stream)).toHaveLength(61);
    expect(client.frames(stream).length).toBeLessThan(40);
  });

  it('learn that something hidden happened, never what', async () => {
    await gateway.settle();
    const client = await watch();
    const { cursor } = Object(await client.ok('spectate.join', { room: roomId }));
    await gateway.run(ada, 'room.update', { room_id: roomId, settings: { agent_instructions: SECRET } });
    const task = await gateway.run(ada, 'task.create', { room_id: roomId, title: 'A thing' });
    const taskId = String(fieldAt(task, 'task.id'));
    const claim = await gateway.run(bob, 'task.claim', { task_id: taskId });
    const fence = fieldAt(claim, 'fence');
    await gateway.run(bob, 'task.start', { task_id: taskId, fence });
    await gateway.run(bob, 'task.progress', { task_id: taskId, fence, note: SECRET });
    await gateway.run(bob, 'chat.direct', { to: ada.caller.id, text: SECRET });
    const last = await say('in the open');
    await client.reached(stream, last);
    expectTiling(client.frames(stream), cursor + 1, last);
    const heard = JSON.stringify(client.heard);
    expect(heard).toContain('in the open');
    expect(heard).not.toContain(SECRET);
    expect(heard).not.toContain('@example.org');
    expect(heard).not.toContain(String(fieldAt(claim, 'git_credential.password')));
  });

  it('resume after a position, and are told when it can’t be served', async () => {
    const first = await say('one');
    const last = await say('two');
    const client = await watch();
    const { epoch } = Object(await client.ok('spectate.join', { room: roomId, after: first - 1 }));
    expect(await client.next('replay.done')).toEqual({ stream, cursor: last });
    expectTiling(client.frames(stream), first, last);
    await client.ok('spectate.join', { room: roomId, after: last + 1, epoch });
    expect(await client.next('resync')).toEqual({ stream, reason: 'future' });
    const again = await watch();
    await again.ok('spectate.join', { room: roomId, after: 0, epoch: newId() });
    expect(await again.next('resync')).toEqual({ stream, reason: 'epoch' });
  });

  it('see nothing more once the room turns private', async () => {
    const [client, member] = [await watch(), await Client.member(gateway.url, bob.token)];
    clients.push(member);
    await client.ok('spectate.join', { room: roomId });
    await member.ok('room.join', { room_id: roomId });
    const before = await say('for all');
    await client.reached(stream, before);
    await gateway.run(ada, 'room.update', { room_id: roomId, visibility: 'private' });
    const last = await say('for members');
    await member.reached(stream, last);
    expect(await client.next('resync')).toEqual({ stream, reason: 'invalid' });
    expect(client.frames(stream).at(-1)?.to).toBe(before);
    expect(await client.refusal('spectate.join', { room: roomId })).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('are told the same of a private and of a missing room', async () => {
    const hidden = await gateway.aRoom(ada, 'private');
    const client = await watch();
    const refusals = await Promise.all(
      [hidden, newId(), 'no-such-room-abcdef'].map((room) => client.refusal('spectate.join', { room })),
    );
    expect(new Set(refusals.map((error) => JSON.stringify(error))).size).toBe(1);
    expect(refusals[0]).toMatchObject({ code: 'NOT_FOUND', reason: 'room.not_found' });
  });

  it('get the spectators’ form even when they are members', async () => {
    const client = Client.open(`${gateway.url}/spectate`, { auth: { token: ada.token } });
    clients.push(client);
    await client.next('connect');
    expect(Object.keys(Object(await client.ok('spectate.join', { room: roomId })))).not.toContain(
      'approvals',
    );
    const hidden = await gateway.aRoom(ada, 'private');
    expect(await client.refusal('spectate.join', { room: hidden })).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('may watch a private room that they were invited to watch', async () => {
    const hidden = await gateway.aRoom(ada, 'private');
    const invite = await gateway.run(ada, 'invite.create', { room_id: hidden, role: 'spectator' });
    const cora = await gateway.aPerson(`cora${Date.now()}`);
    await gateway.run(cora, 'invite.accept', { code: fieldAt(invite, 'code') });
    const client = Client.open(`${gateway.url}/spectate`, { auth: { token: cora.token } });
    clients.push(client);
    await client.next('connect');
    const snapshot = await client.ok('spectate.join', { room: hidden });
    expect(Object.keys(Object(snapshot))).not.toContain('approvals');
    const said = await gateway.run(ada, 'chat.send', { room_id: hidden, text: 'hello, cora' });
    await client.reached(roomStream(hidden), Number(fieldAt(said, 'seq')));
    await gateway.run(ada, 'member.remove', { room_id: hidden, user_id: cora.caller.id });
    expect(await client.next('resync')).toMatchObject({ reason: 'invalid' });
  });

  it('are counted, and everybody in the room is told', async () => {
    const member = await Client.member(gateway.url, bob.token);
    clients.push(member);
    await member.ok('room.join', { room_id: roomId });
    const watching = [await watch(), await watch()];
    for (const client of watching) await client.ok('spectate.join', { room: roomId });
    const count = (wanted: number) =>
      member.until(() =>
        (member.all('signals') as unknown[][])
          .flat()
          .find(
            (signal) => fieldAt(signal, 'type') === 'spectator.count' && fieldAt(signal, 'count') === wanted,
          ),
      );
    expect(await count(2)).toEqual({ type: 'spectator.count', room_id: roomId, count: 2 });
    watching[0]?.close();
    expect(await count(1)).toBeDefined();
  });

  it('are bounded per address, and may come again when one has left', async () => {
    const inside: Client[] = [];
    for (let index = 0; index < LIMITS.SPECTATORS_PER_ADDRESS; index += 1) {
      const client = await watch();
      await client.ok('spectate.join', { room: roomId });
      inside.push(client);
    }
    const late = await watch();
    expect(await late.refusal('spectate.join', { room: roomId })).toMatchObject({
      code: 'RATE_LIMITED',
      reason: 'spectators.address_full',
      retry_after_ms: expect.any(Number),
    });
    await inside[0]?.ok('spectate.join', { room: roomId });
    inside[1]?.close();
    const counts = gateway.app.get(SpectatorCounts, { strict: false });
    while (counts.total(roomId) >= LIMITS.SPECTATORS_PER_ADDRESS) await new Promise(setImmediate);
    await late.ok('spectate.join', { room: roomId });
  });

  it('are bounded per room', () => {
    const counts = gateway.app.get(SpectatorCounts, { strict: false });
    const room = newId();
    const leave = Array.from({ length: LIMITS.SPECTATORS_PER_ROOM }, (_, index) =>
      counts.enter(room, `10.0.${index}`),
    );
    expect(() => counts.enter(room, '10.1.0.1')).toThrow(
      expect.objectContaining({ code: 'ROOM_FULL', reason: 'spectators.room_full' }),
    );
    leave[0]?.();
    leave[0]?.();
    expect(() => counts.enter(room, '10.1.0.2')).not.toThrow();
    expect(counts.total(room)).toBe(LIMITS.SPECTATORS_PER_ROOM);
    for (const go of leave) go();
  });

  it('have no other command', async () => {
    const client = await watch();
    for (const name of ['chat.send', 'room.join', 'events.replay', 'stream.resume', 'auth.renew']) {
      expect(await client.refusal(name, { room_id: roomId, text: 'hi' })).toMatchObject({
        code: 'NOT_FOUND',
        reason: 'spectate.unknown_command',
      });
    }
  });
});
