import type { Page, RoomAgentView } from '@clawtank/contracts';
import type { Caller } from '@clawtank/commands';
import { newId } from '@clawtank/kernel';
import type { Room } from '../domain/room.js';
import { connectedAgents, principalsOf } from '../persistence/presence.js';
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

describe('steering', () => {
  const steer = (caller: Caller, name: string, room: Room, agent: Caller, input: object = {}) =>
    rooms.run(name, caller, { room_id: room.id, agent_id: agent.id, ...input });

  it('pauses and resumes, and the pause outlives a reconnection', async () => {
    const room = await kit.make();
    const agent = await kit.anAgent(bob);
    await kit.join(agent, room);
    await steer(bob, 'agent.pause', room, agent);
    await steer(ada, 'agent.pause', room, agent);
    await kit.fallSilent(agent);
    await kit.sweep();
    await kit.join(agent, room);
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
    const room = await kit.make();
    const agent = await kit.anAgent(bob);
    const task_id = newId();
    await kit.join(agent, room);
    await kit.say(agent, room, 'executing', { task_id });
    await steer(bob, 'agent.redirect', room, agent, { instruction: 'Write the tests first.' });
    expect((await rooms.events(room.id)).at(-1)).toMatchObject({
      type: 'agent.redirected',
      data: { agent_id: agent.id, instruction: 'Write the tests first.', task_id },
    });
  });

  it('disconnects; the owner ends the session too', async () => {
    const room = await kit.make();
    const agent = await kit.anAgent(bob);
    const notices = await kit.published(SESSIONS_CHANNEL, 1, async () => {
      await kit.join(onSession(agent, 's1'), room);
      await steer(ada, 'agent.disconnect', room, agent);
      await kit.join(onSession(agent, 's2'), room);
      await steer(bob, 'agent.disconnect', room, agent);
    });
    expect(notices).toEqual([{ session_id: 's2', code: 'REVOKED' }]);
    expect(await kit.stateOf(room)).toBe('paused');
    const left = (await rooms.events(room.id)).filter(({ type }) => type === 'agent.left');
    expect(left.map(({ data }) => data)).toEqual([
      { agent_id: agent.id, reason: 'disconnected' },
      { agent_id: agent.id, reason: 'disconnected' },
    ]);
  });

  it('unregisters, and nothing of the agent is left', async () => {
    const room = await kit.make();
    const agent = await kit.anAgent(bob);
    await kit.join(agent, room);
    await steer(agent, 'agent.unregister', room, agent);
    const { items } = await rooms.ask<Page<RoomAgentView>>('room_agents.list', ada, { room_id: room.id });
    expect(items).toEqual([]);
    await expect(rooms.refusal(steer(bob, 'agent.pause', room, agent))).resolves.toBe(
      'NOT_FOUND agent.not_in_room',
    );
  });

  it.each(['the agent', 'its owner'])(
    'keeps a pause and a limit to its autonomy when %s takes it out and it comes back',
    async (who) => {
      const room = await kit.make();
      const agent = await kit.anAgent(bob);
      await kit.join(agent, room);
      await steer(ada, 'agent.pause', room, agent);
      await steer(ada, 'agent.set_autonomy', room, agent, { autonomy: 'low' });
      await steer(who === 'the agent' ? agent : bob, 'agent.unregister', room, agent);
      const list = () => rooms.ask<Page<RoomAgentView>>('room_agents.list', ada, { room_id: room.id });
      expect((await list()).items).toEqual([]);
      await kit.join(agent, room);
      expect((await list()).items).toMatchObject([{ paused: true, autonomy: 'low' }]);
    },
  );

  it('holds for the agent that its owner makes in the place of a deleted one, and for no one else', async () => {
    const room = await kit.make();
    const [shed, other] = [await kit.anAgent(bob), await kit.anAgent(ada)];
    await kit.join(shed, room);
    await steer(ada, 'agent.pause', room, shed);
    await steer(ada, 'agent.set_autonomy', room, shed, { autonomy: 'low' });
    await rooms.database.query('UPDATE agents SET deleted_at = now() WHERE id = $1', [shed.id]);
    await kit.sweep();
    const again = await kit.anAgent(bob);
    await kit.join(again, room);
    await kit.join(other, room);
    const [next, free] = await rooms.database.transaction((tx) => connectedAgents(tx, room.id));
    expect(next).toMatchObject({ agentId: again.id, paused: true, autonomy: 'low' });
    expect(free).toMatchObject({ agentId: other.id, paused: false, autonomy: null });
    const told = (await rooms.events(room.id)).filter(({ type }) => type === 'agent.joined');
    expect(told.at(-2)?.data).toMatchObject({ paused: true, autonomy: 'low' });
  });

  it('is refused to others', async () => {
    const room = await kit.make();
    const agent = await kit.anAgent(ada);
    await kit.join(agent, room);
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
    expect(await kit.stateOf(room)).toBe('active');
  });
});

it('knows who can be mentioned: members and their agents, also those that have left', async () => {
  const room = await kit.make();
  const [mine, bobs] = [await kit.anAgent(), await kit.anAgent(bob)];
  await kit.join(mine, room);
  await kit.join(bobs, room);
  await kit.fallSilent(mine);
  await kit.sweep();
  const names = async () =>
    (await rooms.database.transaction((tx) => principalsOf(tx, room.id))).map(({ handle }) => handle).sort();
  expect(await names()).toEqual(['ada', mine.name, bobs.name, 'bob'].sort());
  await rooms.run('member.remove', ada, { room_id: room.id, user_id: bob.id });
  expect(await names()).toEqual(['ada', mine.name].sort());
});
