import type { Caller } from '@clawtank/commands';
import { type AgentKit, agentKit, onSession } from '../testing/agent-kit.js';
import { createRoomsApp, type RoomsApp } from '../testing/rooms-app.js';
import { SESSIONS_CHANNEL } from './session-notices.js';

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

describe('registering', () => {
  it('answers with the room and tells nobody', async () => {
    const room = await kit.make();
    const agent = await kit.anAgent();
    const { agent_id, room_state } = await kit.register(agent, room);
    expect(agent_id).toBe(agent.id);
    expect(room_state.room).toMatchObject({ id: room.id, state: 'waiting_for_members' });
    expect(await rooms.types(room.id)).toEqual([]);
    expect(await kit.stateOf(room)).toBe('waiting_for_members');
  });

  it('is refused to a person, and to an agent that names another owner', async () => {
    const room = await kit.make();
    await expect(rooms.refusal(kit.register(ada, room))).resolves.toBe('FORBIDDEN agent.not_an_agent');
    const agent = await kit.anAgent();
    await expect(rooms.refusal(kit.register(agent, room, { owner: bob.id }))).resolves.toBe(
      'FORBIDDEN agent.wrong_owner',
    );
    await kit.register(agent, room, { owner: ada.id });
  });

  it('lets in as many as the settings say, when several come at once', async () => {
    const room = await kit.make({ settings: { max_agents: 2 } });
    const agents = await Promise.all([1, 2, 3, 4].map(() => kit.anAgent()));
    const outcomes = await Promise.allSettled(agents.map((agent) => kit.register(agent, room)));
    const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    expect(refused).toHaveLength(2);
    for (const reason of refused) {
      expect(reason).toMatchObject({ code: 'ROOM_FULL', details: { what: 'agents', limit: 2 } });
    }
    const inside = agents.find((_, index) => outcomes[index]?.status === 'fulfilled');
    if (inside) await kit.register(inside, room);
  });

  it('makes room again when one leaves', async () => {
    const room = await kit.make({ settings: { max_agents: 1 } });
    const [one, two] = [await kit.anAgent(), await kit.anAgent()];
    await kit.join(one, room);
    await expect(rooms.refusal(kit.register(two, room))).resolves.toBe('ROOM_FULL room.full');
    await rooms.run('room.leave', one, { room_id: room.id });
    await kit.join(two, room);
  });

  it.each([{ model: '' }, { capabilities: 'all' }, { max_concurrent_tasks: 0 }, { capabilities: undefined }])(
    'refuses %j',
    async (input) => {
      const room = await kit.make();
      const attempt = kit.register(await kit.anAgent(), room, input);
      await expect(rooms.refusal(attempt)).resolves.toBe('VALIDATION_FAILED input.invalid');
    },
  );
});

describe('one live session', () => {
  it('is superseded by a newer one', async () => {
    const room = await kit.make();
    const agent = await kit.anAgent();
    await kit.register(onSession(agent, 'old'), room);
    const notices = await kit.published(SESSIONS_CHANNEL, 1, () =>
      kit.register(onSession(agent, 'new'), room),
    );
    expect(notices).toEqual([{ session_id: 'old', code: 'SUPERSEDED' }]);
  });

  it('is not superseded by itself, nor by a call without a session', async () => {
    const room = await kit.make();
    const agent = await kit.anAgent();
    const notices = await kit.published(SESSIONS_CHANNEL, 1, async () => {
      await kit.register(onSession(agent, 'one'), room);
      await kit.register(onSession(agent, 'one'), room);
      await kit.register(agent, room);
      await kit.register(onSession(agent, 'two'), room);
    });
    expect(notices).toEqual([{ session_id: 'one', code: 'SUPERSEDED' }]);
  });
});

describe('the first ready', () => {
  it('announces the agent with one line and moves the room', async () => {
    const room = await kit.make();
    const agent = await kit.anAgent();
    await kit.join(agent, room);
    const [joined, line, moved] = await rooms.events(room.id);
    expect(joined).toMatchObject({
      type: 'agent.joined',
      actor: { kind: 'agent', id: agent.id },
      data: { agent: { id: agent.id, owner_id: ada.id }, capabilities: ['review'], model: 'm-1' },
    });
    expect(line).toMatchObject({ type: 'chat.message', data: { origin: 'system' } });
    expect(moved).toMatchObject({ data: { from: 'waiting_for_members', to: 'active' } });
    expect(await rooms.types(room.id)).toHaveLength(3);
  });

  it('makes a second agent a collaboration', async () => {
    const room = await kit.make();
    await kit.join(await kit.anAgent(), room);
    await kit.join(await kit.anAgent(bob), room);
    expect(await kit.stateOf(room)).toBe('collaborating');
  });

  it('puts a room with an open conflict back into it', async () => {
    const room = await kit.make({ state: 'paused' });
    await rooms.database.query('UPDATE rooms SET open_conflicts = 1 WHERE id = $1', [room.id]);
    await kit.join(await kit.anAgent(), room);
    expect(await kit.stateOf(room)).toBe('active');
    await kit.join(await kit.anAgent(), room);
    const moves = (await rooms.events(room.id)).filter(({ type }) => type === 'room.state_changed');
    expect(moves.map(({ data }) => ('to' in data ? data.to : null))).toEqual([
      'active',
      'collaborating',
      'merge_conflict',
    ]);
  });

  it('comes before any other status', async () => {
    const room = await kit.make();
    const agent = await kit.anAgent();
    await expect(rooms.refusal(kit.say(agent, room, 'ready'))).resolves.toBe('CONFLICT agent.not_registered');
    await kit.register(agent, room);
    await expect(rooms.refusal(kit.say(agent, room, 'thinking'))).resolves.toBe('CONFLICT agent.not_ready');
  });

  it('is not announced again by a return within the grace', async () => {
    const room = await kit.make();
    const agent = await kit.anAgent();
    await kit.join(onSession(agent, 'a'), room);
    const before = await rooms.types(room.id);
    await kit.join(onSession(agent, 'b'), room);
    expect(await rooms.types(room.id)).toEqual(before);
  });
});
