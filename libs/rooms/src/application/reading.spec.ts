import type {
  DecisionView,
  Frame,
  MemberEvent,
  Page,
  PublicRoomView,
  RoomContext,
  RoomSnapshot,
  SpectatorSnapshot,
} from '@clawtank/contracts';
import type { Caller } from '@clawtank/commands';
import { newId } from '@clawtank/kernel';
import type { Room } from '../domain/room.js';
import { aMember, aPresentAgent, aRoom } from '../testing.js';
import { createRoomsApp, type RoomsApp } from '../testing/rooms-app.js';
import { TinyFigures, TinyRepository } from '../testing/tiny-ports.js';

let rooms: RoomsApp;
let ada: Caller;
let bob: Caller;
let eve: Caller;
beforeAll(async () => {
  rooms = await createRoomsApp();
  [ada, bob, eve] = await Promise.all([rooms.aUser('ada'), rooms.aUser('bob'), rooms.aUser('eve')]);
});
afterAll(() => rooms.close());

const make = (traits: Parameters<typeof aRoom>[2] = {}, host = ada) =>
  rooms.work.run((tx) => aRoom(tx, host, traits));
const decide = (room: Room, text = 'Tabs it is.', by = ada) =>
  rooms.run<{ decision_id: string }>('decision.add', by, { room_id: room.id, text });
const list = (caller: Caller | null, input: object = {}) =>
  rooms.ask<Page<PublicRoomView>>('rooms.list', caller, input);
const names = async (caller: Caller | null, input: object = {}) =>
  (await list(caller, input)).items.map(({ name }) => name);

describe('the directory', () => {
  beforeAll(async () => {
    await make({ name: 'Atoll', visibility: 'public', state: 'active' });
    await make({ name: 'Bay', visibility: 'private' });
    await make({ name: 'Cove 100%', visibility: 'public', state: 'completed' });
    const shut = await make({ name: 'Delta', visibility: 'public' });
    await rooms.run('member.ban', ada, { room_id: shut.id, user_id: eve.id });
    const joined = await make({ name: 'Estuary', visibility: 'private' }, eve);
    await rooms.work.run((tx) => aMember(tx, joined, bob, 'spectator'));
  });

  it('shows public rooms, newest first, without those that ban the reader', async () => {
    expect(await names(null)).toEqual(['Delta', 'Cove 100%', 'Atoll']);
    expect(await names(eve)).toEqual(['Cove 100%', 'Atoll']);
  });

  it("shows one's own rooms, private ones too", async () => {
    expect(await names(bob, { mine: true })).toEqual(['Estuary']);
    expect(await names(bob, { mine: 'true' })).toEqual(['Estuary']);
    expect(await names(eve, { mine: true })).toEqual(['Estuary']);
    expect(await names(ada, { mine: true })).toEqual(['Delta', 'Cove 100%', 'Bay', 'Atoll']);
    await expect(rooms.refusal(list(null, { mine: true }))).resolves.toBe(
      'AUTHENTICATION_FAILED auth.required',
    );
  });

  it.each([
    [{ q: 'cove' }, ['Cove 100%']],
    [{ q: '0%' }, ['Cove 100%']],
    [{ q: '%' }, ['Cove 100%']],
    [{ q: '_' }, []],
    [{ q: 'bay' }, []],
    [{ state: 'active' }, ['Atoll']],
    [{ state: 'archived' }, []],
  ])('finds %j', async (input, found) => {
    expect(await names(null, input)).toEqual(found);
  });

  it('comes in pages', async () => {
    const first = await list(null, { limit: '2' });
    expect(first.items.map(({ name }) => name)).toEqual(['Delta', 'Cove 100%']);
    const second = await list(null, { limit: 2, cursor: first.next_cursor });
    expect(second.items.map(({ name }) => name)).toEqual(['Atoll']);
    expect(second.next_cursor).toBeNull();
  });

  it.each([
    { cursor: 'nonsense' },
    { cursor: Buffer.from('["x"]').toString('base64url') },
    { limit: 0 },
    { limit: 1_000 },
    { state: 'busy' },
    { mine: 'perhaps' },
    { owner: 'x' },
  ])('refuses %j', async (input) => {
    await expect(rooms.refusal(list(null, input))).resolves.toBe('VALIDATION_FAILED input.invalid');
  });

  it('counts who is there and feels the pulse', async () => {
    Object.assign(rooms.get(TinyFigures), { open: 2, complete: 5 });
    const room = await make({ name: 'Fjord', visibility: 'public', state: 'active' });
    const agent = await rooms.anAgent(bob, 'fjord-agent');
    await rooms.work.run(async (tx) => {
      await aMember(tx, room, bob);
      await aMember(tx, room, eve, 'spectator');
      await aPresentAgent(tx, room, agent);
    });
    await decide(room);
    await decide(room);
    const old = `UPDATE stream_events SET at = now() - $2::interval WHERE stream = $1 AND seq = 1`;
    await rooms.database.query(old, [`room:${room.id}`, '95 seconds']);
    const [view] = (await list(null, { q: 'Fjord' })).items;
    expect(view).toMatchObject({
      host_name: 'ada',
      members: 2,
      agents: 1,
      tasks_open: 2,
      tasks_complete: 5,
      spectators: 0,
    });
    expect(view?.pulse).toHaveLength(30);
    expect(view?.pulse.reduce((sum, bar) => sum + bar, 0)).toBe(2);
    expect(view?.pulse[20]).toBe(1);
    await rooms.database.query(old, [`room:${room.id}`, '6 minutes']);
    const [later] = (await list(null, { q: 'Fjord' })).items;
    expect(later?.pulse.reduce((sum, bar) => sum + bar, 0)).toBe(1);
  });
});

describe('a room', () => {
  it('is whole to those who work in it, with the cursor of the same moment', async () => {
    const room = await make({ settings: { agent_instructions: 'be kind' } });
    const agent = await rooms.anAgent(bob, 'whole-agent');
    await rooms.work.run((tx) => aMember(tx, room, bob));
    await decide(room);
    for (const caller of [ada, bob, agent]) {
      const snapshot = await rooms.ask<RoomSnapshot>('rooms.get', caller, { room_id: room.slug });
      expect(snapshot.room.settings.agent_instructions).toBe('be kind');
      expect(snapshot.members.map(({ user }) => user.username)).toEqual(['ada', 'bob']);
      expect(snapshot.decisions.map(({ text }) => text)).toEqual(['Tabs it is.']);
      expect(snapshot).toMatchObject({ cursor: 1, tasks: [], messages: [], xp: [] });
      expect(JSON.stringify(snapshot)).not.toContain('@example.org');
    }
  });

  it('is in spectator form to strangers and to spectators by invitation', async () => {
    const open = await make({ visibility: 'public', settings: { agent_instructions: 'a secret' } });
    const shut = await make({ settings: { agent_instructions: 'a secret' } });
    await rooms.work.run((tx) => aMember(tx, shut, eve, 'spectator'));
    for (const [caller, room] of [
      [null, open],
      [eve, open],
      [eve, shut],
    ] as const) {
      const snapshot = await rooms.ask<SpectatorSnapshot>('rooms.get', caller, { room_id: room.id });
      expect(snapshot.room).toMatchObject({ id: room.id, host_name: 'ada' });
      expect(JSON.stringify(snapshot)).not.toMatch(/settings|a secret|example\.org/);
    }
  });

  it('ends for strangers when it becomes private', async () => {
    const room = await make({ visibility: 'public' });
    await rooms.ask('rooms.get', null, { room_id: room.id });
    await rooms.run('room.update', ada, { room_id: room.id, visibility: 'private' });
    for (const name of ['rooms.get', 'rooms.events']) {
      await expect(rooms.refusal(rooms.ask(name, null, { room_id: room.id }))).resolves.toBe(
        'NOT_FOUND room.not_found',
      );
    }
  });

  it('does not show its lists to strangers', async () => {
    const room = await make({ visibility: 'public' });
    const lists = ['members.list', 'room_agents.list', 'decisions.list', 'questions.list', 'approvals.list'];
    for (const name of [...lists, 'invites.list', 'rooms.context']) {
      const refused = await rooms.refusal(rooms.ask(name, eve, { room_id: room.id }));
      expect(`${name} ${refused}`).toBe(`${name} FORBIDDEN room.members_only`);
      await expect(rooms.refusal(rooms.ask(name, null, { room_id: room.id }))).resolves.toBe(
        'AUTHENTICATION_FAILED auth.required',
      );
    }
  });
});

describe('events', () => {
  const events = (caller: Caller | null, room: Room, input: object = {}) =>
    rooms.ask<Frame<MemberEvent>>('rooms.events', caller, { room_id: room.id, ...input });

  it('tile from wherever the reader is', async () => {
    const room = await make();
    for (const text of ['a', 'b', 'c']) await decide(room, text);
    const first = await events(ada, room, { limit: '2' });
    expect(first).toMatchObject({ stream: `room:${room.id}`, from: 1, to: 2 });
    const second = await events(ada, room, { after: String(first.to), epoch: first.epoch });
    expect(second).toMatchObject({ from: 3, to: 3 });
    expect(second.events).toHaveLength(1);
    expect(await events(ada, room, { after: 3, wait: 30 })).toMatchObject({ from: 4, to: 3, events: [] });
  });

  it('hide from strangers what has no form for them, not its number', async () => {
    const room = await make({ visibility: 'public' });
    await decide(room);
    for (const caller of [null, eve]) {
      expect(await events(caller, room)).toMatchObject({ from: 1, to: 1, events: [] });
    }
    expect((await events(ada, room)).events).toHaveLength(1);
  });

  it.each([
    [{ after: 99 }, 'CONFLICT stream.resync'],
    [{ epoch: newId() }, 'CONFLICT stream.resync'],
    [{ after: -1 }, 'VALIDATION_FAILED input.invalid'],
    [{ after: 'x' }, 'VALIDATION_FAILED input.invalid'],
    [{ limit: 5_000 }, 'VALIDATION_FAILED input.invalid'],
    [{ wait: 31 }, 'VALIDATION_FAILED input.invalid'],
  ])('are refused with %j', async (input, reason) => {
    await expect(rooms.refusal(events(ada, await make(), input))).resolves.toBe(reason);
  });
});

describe('the context package', () => {
  it('names what was left out to fit', async () => {
    const room = await make();
    rooms.get(TinyRepository).files = Array.from({ length: 2_000 }, (_, n) => `src/file-${String(n)}.ts`);
    await decide(room);
    const ask = (input: object = {}) =>
      rooms.ask<RoomContext>('rooms.context', ada, { room_id: room.id, ...input });
    const small = await ask({ budget: '8192' });
    expect(Buffer.byteLength(JSON.stringify(small))).toBeLessThanOrEqual(8_192);
    expect(small.left_out['files']).toBe(2_000 - small.repository.files.length);
    expect(small.decisions).toHaveLength(1);
    expect((await ask({ budget: 262_144 })).left_out).toEqual({});
    for (const budget of [100, 1_000_000, 'x']) {
      await expect(rooms.refusal(ask({ budget }))).resolves.toBe('VALIDATION_FAILED input.invalid');
    }
  });
});

describe('decisions and approvals', () => {
  it('are listed with who made them', async () => {
    const room = await make();
    const agent = await rooms.anAgent(ada, 'decider');
    await decide(room, 'One.');
    await decide(room, 'Two.', agent);
    const { items } = await rooms.ask<Page<DecisionView>>('decisions.list', ada, { room_id: room.id });
    expect(items.map(({ text, by }) => [text, by.kind])).toEqual([
      ['One.', 'human'],
      ['Two.', 'agent'],
    ]);
  });

  it('an approval is resolved once, by the host, and unknown to others', async () => {
    const room = await make();
    await rooms.work.run((tx) => aMember(tx, room, bob));
    const approval_id = newId();
    await rooms.database.query(
      `INSERT INTO approvals (id, room_id, kind, requested_by) VALUES ($1, $2, 'merge', $3)`,
      [approval_id, room.id, JSON.stringify({ kind: 'human', id: bob.id, name: 'bob' })],
    );
    const resolve = (caller: Caller, id = approval_id) =>
      rooms.run('approval.resolve', caller, { approval_id: id, verdict: 'granted' });
    await expect(rooms.refusal(resolve(ada, newId()))).resolves.toBe('NOT_FOUND approval.not_found');
    await expect(rooms.refusal(resolve(eve))).resolves.toBe('NOT_FOUND approval.not_found');
    await expect(rooms.refusal(resolve(bob))).resolves.toBe('FORBIDDEN approval.not_yours');
    await resolve(ada);
    await expect(rooms.refusal(resolve(ada))).resolves.toBe('CONFLICT approval.resolved');
    expect((await rooms.events(room.id)).at(-1)?.data).toEqual({ approval_id, verdict: 'granted' });
    const { items } = await rooms.ask<Page<object>>('approvals.list', bob, { room_id: room.id });
    expect(items).toMatchObject([{ approval_id, state: 'granted' }]);
  });
});
