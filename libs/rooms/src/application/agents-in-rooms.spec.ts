import type {
  AgentStatus,
  Page,
  QuestionView,
  RoomAgentView,
  RoomSnapshot,
  TaskView,
} from '@clawtank/contracts';
import { roomStream, userStream } from '@clawtank/contracts';
import type { Caller } from '@clawtank/commands';
import { Bus, signalChannel } from '@clawtank/events';
import { newId } from '@clawtank/kernel';
import type { Room } from '../domain/room.js';
import { connectedAgents, principalsOf } from '../persistence/presence.js';
import { aMember, aRoom } from '../testing.js';
import { createRoomsApp, type RoomsApp } from '../testing/rooms-app.js';
import { TinyClock, TinyTasks } from '../testing/tiny-ports.js';
import { RoomJobs } from './room-jobs.js';
import { SESSIONS_CHANNEL } from './session-notices.js';

let rooms: RoomsApp;
let ada: Caller;
let bob: Caller;
let count = 0;
beforeAll(async () => {
  rooms = await createRoomsApp();
  ada = await rooms.aUser('ada');
  bob = await rooms.aUser('bob');
});
afterAll(() => rooms.close());

async function make(traits: Parameters<typeof aRoom>[2] = {}): Promise<Room> {
  return rooms.work.run(async (tx) => {
    const room = await aRoom(tx, ada, traits);
    await aMember(tx, room, bob);
    return room;
  });
}
const anAgent = (owner = ada) => rooms.anAgent(owner, `agent-${String((count += 1))}`);
const register = (agent: Caller, room: Room, input: object = {}) =>
  rooms.run<{ agent_id: string; room_state: RoomSnapshot }>('agent.register', agent, {
    room_id: room.id,
    model: 'm-1',
    capabilities: ['review'],
    ...input,
  });
const say = (agent: Caller, room: Room, status: AgentStatus, input: object = {}) =>
  rooms.run('agent.status', agent, { room_id: room.id, status, ...input });
async function join(agent: Caller, room: Room): Promise<void> {
  await register(agent, room);
  await say(agent, room, 'ready');
}
const stateOf = async (room: Room) =>
  (await rooms.ask<RoomSnapshot>('rooms.get', ada, { room_id: room.id })).room.state;
const fallSilent = (...agents: Caller[]) =>
  rooms.database.query(
    `UPDATE agent_presence SET leave_at = now() - interval '1 second' WHERE agent_id = ANY($1)`,
    [agents.map((agent) => agent.id)],
  );
const sweep = () => rooms.get(RoomJobs).endSilentPresence();
const onSession = (agent: Caller, sessionId: string): Caller => ({ ...agent, sessionId });

/** What is published on a channel while `work` runs, once `enough` of it has come. */
async function published(channel: string, enough: number, work: () => Promise<unknown>): Promise<unknown[]> {
  const heard: unknown[] = [];
  let wake = (): void => undefined;
  const unsubscribe = await rooms.get(Bus).subscribe(channel, (text) => {
    heard.push(JSON.parse(text));
    wake();
  });
  await work();
  while (heard.length < enough) await new Promise<void>((resolve) => (wake = resolve));
  await unsubscribe();
  return heard;
}

describe('registering', () => {
  it('answers with the room and tells nobody', async () => {
    const room = await make();
    const agent = await anAgent();
    const { agent_id, room_state } = await register(agent, room);
    expect(agent_id).toBe(agent.id);
    expect(room_state.room).toMatchObject({ id: room.id, state: 'waiting_for_members' });
    expect(await rooms.types(room.id)).toEqual([]);
    expect(await stateOf(room)).toBe('waiting_for_members');
  });

  it('is refused to a person, and to an agent that names another owner', async () => {
    const room = await make();
    await expect(rooms.refusal(register(ada, room))).resolves.toBe('FORBIDDEN agent.not_an_agent');
    const agent = await anAgent();
    await expect(rooms.refusal(register(agent, room, { owner: bob.id }))).resolves.toBe(
      'FORBIDDEN agent.wrong_owner',
    );
    await register(agent, room, { owner: ada.id });
  });

  it('lets in as many as the settings say, when several come at once', async () => {
    const room = await make({ settings: { max_agents: 2 } });
    const agents = await Promise.all([1, 2, 3, 4].map(() => anAgent()));
    const outcomes = await Promise.allSettled(agents.map((agent) => register(agent, room)));
    const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    expect(refused).toHaveLength(2);
    for (const reason of refused) {
      expect(reason).toMatchObject({ code: 'ROOM_FULL', details: { what: 'agents', limit: 2 } });
    }
    const inside = agents.find((_, index) => outcomes[index]?.status === 'fulfilled');
    if (inside) await register(inside, room);
  });

  it('makes room again when one leaves', async () => {
    const room = await make({ settings: { max_agents: 1 } });
    const [one, two] = [await anAgent(), await anAgent()];
    await join(one, room);
    await expect(rooms.refusal(register(two, room))).resolves.toBe('ROOM_FULL room.full');
    await rooms.run('room.leave', one, { room_id: room.id });
    await join(two, room);
  });

  it.each([{ model: '' }, { capabilities: 'all' }, { max_concurrent_tasks: 0 }, { capabilities: undefined }])(
    'refuses %j',
    async (input) => {
      const room = await make();
      const attempt = register(await anAgent(), room, input);
      await expect(rooms.refusal(attempt)).resolves.toBe('VALIDATION_FAILED input.invalid');
    },
  );
});

describe('one live session', () => {
  it('is superseded by a newer one', async () => {
    const room = await make();
    const agent = await anAgent();
    await register(onSession(agent, 'old'), room);
    const notices = await published(SESSIONS_CHANNEL, 1, () => register(onSession(agent, 'new'), room));
    expect(notices).toEqual([{ session_id: 'old', code: 'SUPERSEDED' }]);
  });

  it('is not superseded by itself, nor by a call without a session', async () => {
    const room = await make();
    const agent = await anAgent();
    const notices = await published(SESSIONS_CHANNEL, 1, async () => {
      await register(onSession(agent, 'one'), room);
      await register(onSession(agent, 'one'), room);
      await register(agent, room);
      await register(onSession(agent, 'two'), room);
    });
    expect(notices).toEqual([{ session_id: 'one', code: 'SUPERSEDED' }]);
  });
});

describe('the first ready', () => {
  it('announces the agent with one line and moves the room', async () => {
    const room = await make();
    const agent = await anAgent();
    await join(agent, room);
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
    const room = await make();
    await join(await anAgent(), room);
    await join(await anAgent(bob), room);
    expect(await stateOf(room)).toBe('collaborating');
  });

  it('puts a room with an open conflict back into it', async () => {
    const room = await make({ state: 'paused' });
    await rooms.database.query('UPDATE rooms SET open_conflicts = 1 WHERE id = $1', [room.id]);
    await join(await anAgent(), room);
    expect(await stateOf(room)).toBe('active');
    await join(await anAgent(), room);
    const moves = (await rooms.events(room.id)).filter(({ type }) => type === 'room.state_changed');
    expect(moves.map(({ data }) => ('to' in data ? data.to : null))).toEqual([
      'active',
      'collaborating',
      'merge_conflict',
    ]);
  });

  it('comes before any other status', async () => {
    const room = await make();
    const agent = await anAgent();
    await expect(rooms.refusal(say(agent, room, 'ready'))).resolves.toBe('CONFLICT agent.not_registered');
    await register(agent, room);
    await expect(rooms.refusal(say(agent, room, 'thinking'))).resolves.toBe('CONFLICT agent.not_ready');
  });

  it('is not announced again by a return within the grace', async () => {
    const room = await make();
    const agent = await anAgent();
    await join(onSession(agent, 'a'), room);
    const before = await rooms.types(room.id);
    await join(onSession(agent, 'b'), room);
    expect(await rooms.types(room.id)).toEqual(before);
  });
});

describe('a status', () => {
  it('is an event when it says something new, a signal for progress alone', async () => {
    const room = await make();
    const agent = await anAgent();
    const task_id = newId();
    await join(agent, room);
    await say(agent, room, 'executing', { task_id, progress: 0.1, detail: 'reading' });
    await say(agent, room, 'executing', { task_id, progress: 0.1, detail: 'reading' });
    const signals = await published(signalChannel(roomStream(room.id)), 1, () =>
      say(agent, room, 'executing', { task_id, progress: 0.6, detail: 'reading' }),
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
    const [one, two] = [await make(), await make()];
    const agent = await anAgent();
    const bare = () => rooms.run('agent.status', agent, { status: 'ready' });
    await expect(rooms.refusal(bare())).resolves.toBe('CONFLICT agent.not_registered');
    await register(agent, one);
    expect(await bare()).toMatchObject({ agent_id: agent.id, room_id: one.id });
    await register(agent, two);
    await expect(rooms.refusal(bare())).resolves.toBe('VALIDATION_FAILED agent.room_needed');
  });

  it.each([{ status: 'dancing' }, { progress: 2 }, { detail: 'x'.repeat(3_000) }, { task_id: 'T-1' }])(
    'is refused with %j',
    async (input) => {
      const room = await make();
      const agent = await anAgent();
      await join(agent, room);
      await expect(rooms.refusal(say(agent, room, 'idle', input))).resolves.toBe(
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
    const [one, two] = [await make(), await make()];
    const agent = await anAgent();
    await join(agent, one);
    await register(agent, two);
    const { cursors, lease_expires_at } = await beat(agent);
    expect(cursors).toEqual({ [roomStream(one.id)]: 3, [roomStream(two.id)]: 0 });
    expect(lease_expires_at).toBeNull();
    await rooms.work.run(async (tx) => tx.openStream(userStream(agent.id)));
    expect((await beat(agent)).cursors).toHaveProperty([userStream(agent.id)], 0);
  });

  it('keeps the agent in all of its rooms', async () => {
    const room = await make();
    const agent = await anAgent();
    await join(agent, room);
    await fallSilent(agent);
    await beat(agent);
    await sweep();
    expect(await stateOf(room)).toBe('active');
  });

  it('renews the claim that it names with its fence, and only then', async () => {
    const clock = rooms.get(TinyClock);
    const agent = await anAgent();
    const current_task = newId();
    await beat(agent, { current_task });
    expect(clock.renewed.filter(({ agentId }) => agentId === agent.id)).toEqual([]);
    expect((await beat(agent, { current_task, fence: 3 })).lease_expires_at).toBe('2030-01-01T00:00:00.000Z');
    expect(clock.renewed).toContainEqual({ agentId: agent.id, taskId: current_task, fence: 3 });
  });

  it('signals its presence to the room, in no log', async () => {
    const room = await make();
    const agent = await anAgent();
    await join(agent, room);
    const before = await rooms.types(room.id);
    const signals = await published(signalChannel(roomStream(room.id)), 1, () => beat(agent));
    expect(signals).toMatchObject([{ type: 'presence', agent_id: agent.id, room_id: room.id }]);
    expect(await rooms.types(room.id)).toEqual(before);
  });

  it("is an agent's", async () => {
    await expect(rooms.refusal(beat(ada))).resolves.toBe('FORBIDDEN agent.not_an_agent');
  });
});

describe('silence', () => {
  it('of all agents pauses the room in one go, and their return wakes it', async () => {
    const room = await make();
    const [one, two] = [await anAgent(), await anAgent(bob)];
    await join(one, room);
    await join(two, room);
    const before = (await rooms.types(room.id)).length;
    await fallSilent(one, two);
    await sweep();
    await sweep();
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
    await join(one, room);
    expect((await rooms.types(room.id)).filter((type) => type === 'agent.joined')).toHaveLength(3);
    expect(await stateOf(room)).toBe('active');
  });

  it('of one that was never ready is not mentioned', async () => {
    const room = await make();
    const agent = await anAgent();
    await register(agent, room);
    await fallSilent(agent);
    await sweep();
    expect(await rooms.types(room.id)).toEqual([]);
    await expect(rooms.refusal(say(agent, room, 'ready'))).resolves.toBe('CONFLICT agent.not_registered');
  });

  it('ends for nobody while a heartbeat is on its way', async () => {
    const room = await make();
    const agent = await anAgent();
    await join(agent, room);
    await fallSilent(agent);
    await rooms.database.transaction(async (tx) => {
      await tx.query('SELECT 1 FROM agent_presence WHERE agent_id = $1 FOR UPDATE', [agent.id]);
      await sweep();
    });
    expect(await stateOf(room)).toBe('active');
  });

  it('is assumed of an agent that was deleted', async () => {
    const room = await make();
    const agent = await anAgent();
    await join(agent, room);
    await rooms.database.query('UPDATE agents SET deleted_at = now() WHERE id = $1', [agent.id]);
    await sweep();
    expect((await rooms.events(room.id)).at(-2)?.data).toEqual({ agent_id: agent.id, reason: 'revoked' });
  });
});

describe('questions', () => {
  const ask = (agent: Caller, room: Room, input: object = {}) =>
    rooms.run<{ question_id: string }>('agent.ask', agent, { room_id: room.id, text: 'Which?', ...input });
  const answer = (caller: Caller, question_id: string) =>
    rooms.run('agent.answer', caller, { question_id, answer: 'That one.' });
  async function working(): Promise<{ room: Room; agent: Caller; task_id: string }> {
    const room = await make();
    const agent = await anAgent();
    await join(agent, room);
    const task_id = newId();
    const task = { id: task_id, assignee: { kind: 'agent', id: agent.id, name: 'x' }, status: 'claimed' };
    rooms.get(TinyTasks).tasks = [task as TaskView];
    return { room, agent, task_id };
  }
  const stopped = () => rooms.get(TinyClock).stopped;

  it('stop the clock of the claim until all of them are answered', async () => {
    const { room, agent, task_id } = await working();
    const first = await ask(agent, room, { task_id, options: ['this', 'that'] });
    const second = await ask(agent, room, { task_id });
    expect(stopped()).toContain(task_id);
    await answer(bob, first.question_id);
    expect(stopped()).toContain(task_id);
    await answer(ada, second.question_id);
    expect(stopped()).not.toContain(task_id);
    const told = (await rooms.events(room.id)).filter(({ type }) => type.startsWith('agent.')).slice(1);
    expect(told.map(({ type }) => type)).toEqual([
      'agent.question',
      'agent.question',
      'agent.answered',
      'agent.answered',
    ]);
    expect(told[2]).toMatchObject({
      actor: { id: bob.id },
      data: { agent_id: agent.id, answer: 'That one.' },
    });
  });

  it('stop no clock but that of its own claim', async () => {
    const { room, agent } = await working();
    const other = await anAgent();
    await join(other, room);
    const [task] = rooms.get(TinyTasks).tasks;
    const foreign = ask(other, room, { task_id: task?.id });
    await expect(rooms.refusal(foreign)).resolves.toBe('FORBIDDEN agent.not_its_task');
    await expect(rooms.refusal(ask(agent, room, { task_id: newId() }))).resolves.toBe(
      'FORBIDDEN agent.not_its_task',
    );
  });

  it('lapse when their agent leaves, and the clock runs again', async () => {
    const { room, agent, task_id } = await working();
    const { question_id } = await ask(agent, room, { task_id });
    await fallSilent(agent);
    await sweep();
    expect(stopped()).not.toContain(task_id);
    await expect(rooms.refusal(answer(ada, question_id))).resolves.toBe('CONFLICT question.closed');
  });

  it('are answered once, by a person of the room', async () => {
    const { room, agent } = await working();
    const { question_id } = await ask(agent, room);
    const eve = await rooms.aUser(`eve${String((count += 1))}`);
    await expect(rooms.refusal(answer(agent, question_id))).resolves.toBe('FORBIDDEN room.people_only');
    await expect(rooms.refusal(answer(eve, question_id))).resolves.toBe('NOT_FOUND question.not_found');
    await expect(rooms.refusal(answer(eve, newId()))).resolves.toBe('NOT_FOUND question.not_found');
    await answer(bob, question_id);
    await expect(rooms.refusal(answer(ada, question_id))).resolves.toBe('CONFLICT question.closed');
    const { items } = await rooms.ask<Page<QuestionView>>('questions.list', ada, { room_id: room.id });
    expect(items).toMatchObject([{ question_id, answer: 'That one.', options: [] }]);
    const { questions } = await rooms.ask<RoomSnapshot>('rooms.get', ada, { room_id: room.id });
    expect(questions).toEqual([]);
  });

  it('are asked by agents that are there', async () => {
    const room = await make();
    const agent = await anAgent();
    await expect(rooms.refusal(ask(ada, room))).resolves.toBe('FORBIDDEN agent.not_an_agent');
    await register(agent, room);
    await expect(rooms.refusal(ask(agent, room))).resolves.toBe('CONFLICT agent.not_registered');
  });
});

describe('steering', () => {
  const steer = (caller: Caller, name: string, room: Room, agent: Caller, input: object = {}) =>
    rooms.run(name, caller, { room_id: room.id, agent_id: agent.id, ...input });

  it('pauses and resumes, and the pause outlives a reconnection', async () => {
    const room = await make();
    const agent = await anAgent(bob);
    await join(agent, room);
    await steer(bob, 'agent.pause', room, agent);
    await steer(ada, 'agent.pause', room, agent);
    await fallSilent(agent);
    await sweep();
    await join(agent, room);
    const [present] = await rooms.database.transaction((tx) => connectedAgents(tx, room.id));
    expect(present).toMatchObject({ agentId: agent.id, ownerId: bob.id, paused: true });
    await steer(ada, 'agent.resume', room, agent);
    const told = (await rooms.events(room.id)).filter(({ type }) => type === 'agent.paused');
    expect(told.map(({ data }) => data)).toEqual([
      { agent_id: agent.id, paused: true },
      { agent_id: agent.id, paused: false },
    ]);
  });

  it('redirects with the task it is at', async () => {
    const room = await make();
    const agent = await anAgent(bob);
    const task_id = newId();
    await join(agent, room);
    await say(agent, room, 'executing', { task_id });
    await steer(bob, 'agent.redirect', room, agent, { instruction: 'Write the tests first.' });
    expect((await rooms.events(room.id)).at(-1)).toMatchObject({
      type: 'agent.redirected',
      data: { agent_id: agent.id, instruction: 'Write the tests first.', task_id },
    });
  });

  it('disconnects; the owner ends the session too', async () => {
    const room = await make();
    const agent = await anAgent(bob);
    const notices = await published(SESSIONS_CHANNEL, 1, async () => {
      await join(onSession(agent, 's1'), room);
      await steer(ada, 'agent.disconnect', room, agent);
      await join(onSession(agent, 's2'), room);
      await steer(bob, 'agent.disconnect', room, agent);
    });
    expect(notices).toEqual([{ session_id: 's2', code: 'REVOKED' }]);
    expect(await stateOf(room)).toBe('paused');
    const left = (await rooms.events(room.id)).filter(({ type }) => type === 'agent.left');
    expect(left.map(({ data }) => data)).toEqual([
      { agent_id: agent.id, reason: 'disconnected' },
      { agent_id: agent.id, reason: 'disconnected' },
    ]);
  });

  it('unregisters, and nothing of the agent is left', async () => {
    const room = await make();
    const agent = await anAgent(bob);
    await join(agent, room);
    await steer(agent, 'agent.unregister', room, agent);
    const { items } = await rooms.ask<Page<RoomAgentView>>('room_agents.list', ada, { room_id: room.id });
    expect(items).toEqual([]);
    await expect(rooms.refusal(steer(bob, 'agent.pause', room, agent))).resolves.toBe(
      'NOT_FOUND agent.not_in_room',
    );
  });

  it('is refused to others', async () => {
    const room = await make();
    const agent = await anAgent(ada);
    await join(agent, room);
    for (const name of [
      'agent.pause',
      'agent.resume',
      'agent.redirect',
      'agent.disconnect',
      'agent.unregister',
    ]) {
      const input = name === 'agent.redirect' ? { instruction: 'x' } : {};
      const refused = await rooms.refusal(steer(bob, name, room, agent, input));
      expect(`${name} ${refused}`).toBe(`${name} FORBIDDEN agent.not_yours`);
    }
    expect(await stateOf(room)).toBe('active');
  });
});

it('knows who can be mentioned: members and their agents, also those that have left', async () => {
  const room = await make();
  const [mine, bobs] = [await anAgent(), await anAgent(bob)];
  await join(mine, room);
  await join(bobs, room);
  await fallSilent(mine);
  await sweep();
  const names = async () =>
    (await rooms.database.transaction((tx) => principalsOf(tx, room.id))).map(({ handle }) => handle).sort();
  expect(await names()).toEqual(['ada', mine.name, bobs.name, 'bob'].sort());
  await rooms.run('member.remove', ada, { room_id: room.id, user_id: bob.id });
  expect(await names()).toEqual(['ada', mine.name].sort());
});
