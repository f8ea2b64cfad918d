import { type Page, type RoomAgentView, roomStream, userStream } from '@clawtank/contracts';
import type { Caller } from '@clawtank/commands';
import { signalChannel } from '@clawtank/events';
import { newId } from '@clawtank/kernel';
import { type AgentKit, agentKit } from '../testing/agent-kit.js';
import { createRoomsApp, type RoomsApp } from '../testing/rooms-app.js';
import { TinyClock } from '../testing/tiny-ports.js';

let rooms: RoomsApp;
let kit: AgentKit;
let ada: Caller;
let bob: Caller;
beforeAll(async () => {
  rooms = await createRoomsApp();
  ada = await rooms.aUser('ada');
  bob = await rooms.aUser('bob');
  kit = agentKit(rooms, ada, bob);
});
afterAll(() => rooms.close());

describe('a status', () => {
  it('is an event when it says something new, a signal for progress alone', async () => {
    const room = await kit.make();
    const agent = await kit.anAgent();
    const task_id = newId();
    await kit.join(agent, room);
    await kit.say(agent, room, 'executing', { task_id, progress: 0.1, detail: 'reading' });
    await kit.say(agent, room, 'executing', { task_id, progress: 0.1, detail: 'reading' });
    const signals = await kit.published(signalChannel(roomStream(room.id)), 1, () =>
      kit.say(agent, room, 'executing', { task_id, progress: 0.6, detail: 'reading' }),
    );
    expect(signals).toEqual([
      { type: 'agent.progress', room_id: room.id, agent_id: agent.id, task_id, progress: 0.6 },
    ]);
    const told = (await rooms.events(room.id)).filter(({ type }) => type === 'agent.status');
    expect(told.map(({ data }) => data)).toEqual([
      { agent_id: agent.id, status: 'executing', task_id, detail: 'reading', progress: 0.1 },
    ]);
    const { items } = await rooms.ask<Page<RoomAgentView>>('room_agents.list', bob, { room_id: room.id });
    expect(items).toMatchObject([{ agent: { id: agent.id }, connected: true, progress: 0.6, task_id }]);
  });

  it('needs no room with exactly one joined', async () => {
    const [one, two] = [await kit.make(), await kit.make()];
    const agent = await kit.anAgent();
    const bare = () => rooms.run('agent.status', agent, { status: 'ready' });
    await expect(rooms.refusal(bare())).resolves.toBe('CONFLICT agent.not_registered');
    await kit.register(agent, one);
    expect(await bare()).toMatchObject({ agent_id: agent.id, room_id: one.id });
    await kit.register(agent, two);
    await expect(rooms.refusal(bare())).resolves.toBe('VALIDATION_FAILED agent.room_needed');
  });

  it.each([{ status: 'dancing' }, { progress: 2 }, { detail: 'x'.repeat(3_000) }, { task_id: 'T-1' }])(
    'is refused with %j',
    async (input) => {
      const room = await kit.make();
      const agent = await kit.anAgent();
      await kit.join(agent, room);
      await expect(rooms.refusal(kit.say(agent, room, 'idle', input))).resolves.toBe(
        'VALIDATION_FAILED input.invalid',
      );
    },
  );
});

describe('a heartbeat', () => {
  const beat = (agent: Caller, input: object = {}) =>
    rooms.run<{ cursors: Record<string, number>; server_time: string; lease_expires_at: string | null }>(
      'agent.heartbeat',
      agent,
      { uptime: 5, ...input },
    );

  it('answers with the heads of its rooms and its own stream', async () => {
    const [one, two] = [await kit.make(), await kit.make()];
    const agent = await kit.anAgent();
    await kit.join(agent, one);
    await kit.register(agent, two);
    const { cursors, lease_expires_at } = await beat(agent);
    expect(cursors).toEqual({ [roomStream(one.id)]: 3, [roomStream(two.id)]: 0 });
    expect(lease_expires_at).toBeNull();
    await rooms.work.run(async (tx) => tx.openStream(userStream(agent.id)));
    expect((await beat(agent)).cursors).toHaveProperty([userStream(agent.id)], 0);
  });

  it('keeps the agent in all of its rooms', async () => {
    const room = await kit.make();
    const agent = await kit.anAgent();
    await kit.join(agent, room);
    await kit.fallSilent(agent);
    await beat(agent);
    await kit.sweep();
    expect(await kit.stateOf(room)).toBe('active');
  });

  it('renews the claim that it names with its fence, and only then', async () => {
    const clock = rooms.get(TinyClock);
    const agent = await kit.anAgent();
    const current_task = newId();
    await beat(agent, { current_task });
    expect(clock.renewed.filter(({ agentId }) => agentId === agent.id)).toEqual([]);
    expect((await beat(agent, { current_task, fence: 3 })).lease_expires_at).toBe('2030-01-01T00:00:00.000Z');
    expect(clock.renewed).toContainEqual({ agentId: agent.id, taskId: current_task, fence: 3 });
  });

  it('signals its presence to the room, in no log', async () => {
    const room = await kit.make();
    const agent = await kit.anAgent();
    await kit.join(agent, room);
    const before = await rooms.types(room.id);
    const signals = await kit.published(signalChannel(roomStream(room.id)), 1, () => beat(agent));
    expect(signals).toMatchObject([{ type: 'presence', agent_id: agent.id, room_id: room.id }]);
    expect(await rooms.types(room.id)).toEqual(before);
  });

  it("is an agent's", async () => {
    await expect(rooms.refusal(beat(ada))).resolves.toBe('FORBIDDEN agent.not_an_agent');
  });
});

describe('silence', () => {
  it('of all agents pauses the room in one go, and their return wakes it', async () => {
    const room = await kit.make();
    const [one, two] = [await kit.anAgent(), await kit.anAgent(bob)];
    await kit.join(one, room);
    await kit.join(two, room);
    const before = (await rooms.types(room.id)).length;
    await kit.fallSilent(one, two);
    await kit.sweep();
    await kit.sweep();
    const told = (await rooms.events(room.id, before)).map(({ data }) => data);
    expect(told).toHaveLength(4);
    expect(told.slice(0, 2)).toEqual(
      expect.arrayContaining([
        { agent_id: one.id, reason: 'timeout' },
        { agent_id: two.id, reason: 'timeout' },
      ]),
    );
    expect(told.slice(2)).toEqual([
      { from: 'collaborating', to: 'active', reason: 'agent_left' },
      { from: 'active', to: 'paused', reason: 'agents_gone' },
    ]);
    await kit.join(one, room);
    expect((await rooms.types(room.id)).filter((type) => type === 'agent.joined')).toHaveLength(3);
    expect(await kit.stateOf(room)).toBe('active');
  });

  it('of one that was never ready is not mentioned', async () => {
    const room = await kit.make();
    const agent = await kit.anAgent();
    await kit.register(agent, room);
    await kit.fallSilent(agent);
    await kit.sweep();
    expect(await rooms.types(room.id)).toEqual([]);
    await expect(rooms.refusal(kit.say(agent, room, 'ready'))).resolves.toBe('CONFLICT agent.not_registered');
  });

  it('ends for nobody while a heartbeat is on its way', async () => {
    const room = await kit.make();
    const agent = await kit.anAgent();
    await kit.join(agent, room);
    await kit.fallSilent(agent);
    await rooms.database.transaction(async (tx) => {
      await tx.query('SELECT 1 FROM agent_presence WHERE agent_id = $1 FOR UPDATE', [agent.id]);
      await kit.sweep();
    });
    expect(await kit.stateOf(room)).toBe('active');
  });

  it('is assumed of an agent that was deleted', async () => {
    const room = await kit.make();
    const agent = await kit.anAgent();
    await kit.join(agent, room);
    await rooms.database.query('UPDATE agents SET deleted_at = now() WHERE id = $1', [agent.id]);
    await kit.sweep();
    expect((await rooms.events(room.id)).at(-2)?.data).toEqual({ agent_id: agent.id, reason: 'revoked' });
  });
});
