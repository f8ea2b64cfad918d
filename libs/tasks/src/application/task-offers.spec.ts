import type { Caller } from '@clawtank/commands';
import { SYSTEM_ACTOR } from '@clawtank/events';
import { startTasks, type TasksKit, type TasksRoom } from '../testing/tasks-room.js';
import { captureFromChat } from './capture-from-chat.js';

let kit: TasksKit;
let here: TasksRoom;
beforeAll(async () => {
  kit = await startTasks();
});
afterAll(() => kit.close());
beforeEach(async () => {
  here = await kit.makeRoom({}, { capabilities: ['frontend'], languages: ['typescript'] });
});

const offers = async (caller: Caller): Promise<string[]> => {
  await kit.settle();
  return (await kit.ownEvents(caller, 'task.offer')).map(({ key }) => key);
};

describe('offers', () => {
  it('go to the agents that fit, and to their owners', async () => {
    const rust = await kit.anAgentIn(here.room, here.member, { languages: ['rust'] });
    await kit.create(here.member, here.room, { languages: ['TypeScript'], capabilities: ['frontend'] });
    expect(await offers(here.pincer)).toEqual(['T-1']);
    expect(await offers(here.clawdia)).toEqual(['T-1']);
    expect(await offers(rust)).toEqual([]);
    expect(await kit.ownEvents(here.member, 'task.offer')).toMatchObject([
      {
        key: 'T-1',
        room_id: here.room.id,
        agent_id: here.pincer.id,
        score: 0.88,
        reasons: ['capabilities: frontend', 'languages: typescript', 'free'],
      },
    ]);
  });

  it('are made once, and again each time that the task is free', async () => {
    const task = await kit.create(here.member, here.room);
    await kit.run(here.member, 'task.edit', { task_id: task.id, title: 'Add a better footer' });
    expect(await offers(here.pincer)).toEqual(['T-1']);
    await kit.run(here.pincer, 'task.claim', { task_id: task.id });
    await kit.run(here.pincer, 'task.release', { task_id: task.id, fence: 1 });
    expect(await offers(here.pincer)).toEqual(['T-1', 'T-1']);
    expect(await offers(here.clawdia)).toEqual(['T-1', 'T-1']);
  });

  it('come when a task gets free, and none while it is blocked', async () => {
    const first = await kit.create(here.member, here.room);
    await kit.create(here.member, here.room, { depends_on: [first.id] });
    expect(await offers(here.pincer)).toEqual(['T-1']);
    await kit.run(here.member, 'task.cancel', { task_id: first.id });
    expect(await offers(here.pincer)).toEqual(['T-1', 'T-2']);
  });

  it('come when an agent gets a hand free', async () => {
    const first = await kit.create(here.member, here.room);
    await kit.run(here.pincer, 'task.claim', { task_id: first.id });
    await kit.create(here.member, here.room);
    expect(await offers(here.pincer)).not.toContain('T-2');
    await kit.run(here.pincer, 'task.start', { task_id: first.id, fence: 1 });
    await kit.run(here.pincer, 'task.submit', { task_id: first.id, fence: 1 });
    expect(await offers(here.pincer)).toContain('T-2');
  });

  it('come when an agent joins', async () => {
    await kit.create(here.member, here.room);
    await kit.settle();
    const late = await kit.anAgentIn(here.room, here.member);
    await kit.inRoom(here.room, async (tx) => {
      const agent = {
        id: late.id,
        owner_id: here.member.id,
        owner_name: here.member.name,
        name: late.name,
        handle: late.name,
        model: 'scripted',
        capabilities: [],
        languages: [],
        created_at: new Date().toISOString(),
      };
      const data = { agent, capabilities: [], languages: [], model: 'scripted', max_concurrent_tasks: 1 };
      tx.appendToRoom(here.room.id, { type: 'agent.joined', actor: SYSTEM_ACTOR, data });
    });
    expect(await offers(late)).toEqual(['T-1']);
    expect(await offers(here.pincer)).toEqual(['T-1']);
  });

  it('pass over paused agents and rooms on hold', async () => {
    const paused = await kit.anAgentIn(here.room, here.member, { paused: true });
    await kit.create(here.member, here.room);
    expect(await offers(paused)).toEqual([]);
    await kit.log.database.query('UPDATE rooms SET hold = true WHERE id = $1', [here.room.id]);
    await kit.create(here.member, here.room);
    expect(await offers(here.pincer)).toEqual(['T-1']);
  });

  it('pass on to others when the agent that was named declines', async () => {
    await kit.inRoom(here.room, async (tx) => {
      await captureFromChat(tx, {
        at: new Date(),
        replyTo: null,
        room: here.room,
        messageId: here.room.id,
        text: `@${here.pincer.name} add a footer`,
        author: { kind: 'human', id: here.member.id, name: here.member.name },
        mentions: [{ kind: 'agent', id: here.pincer.id, name: here.pincer.name }],
        origin: 'member',
      });
    });
    expect(await offers(here.pincer)).toEqual(['T-1']);
    expect(await offers(here.clawdia)).toEqual([]);
    const [offer] = await kit.ownEvents(here.pincer, 'task.offer');
    const refusal = { task_id: offer?.task_id ?? '', reason: 'no browser' };
    await expect(kit.run(here.member, 'task.decline', refusal)).rejects.toMatchObject({
      reason: 'task.agents_only',
    });
    await kit.run(here.pincer, 'task.decline', refusal);
    expect(await offers(here.clawdia)).toEqual(['T-1']);
    expect(await offers(here.pincer)).toEqual(['T-1']);
  });
});

describe('somebody who has left the room', () => {
  it('leaves what they and their agents held', async () => {
    const [first, second] = [await kit.create(here.host, here.room), await kit.create(here.host, here.room)];
    await kit.run(here.pincer, 'task.claim', { task_id: first.id });
    await kit.run(here.clawdia, 'task.claim', { task_id: second.id });
    await kit.inRoom(here.room, async (tx) => {
      const data = { user_id: here.member.id, reason: 'removed' as const };
      tx.appendToRoom(here.room.id, { type: 'room.member_left', actor: SYSTEM_ACTOR, data });
    });
    await kit.settle();
    expect(await kit.task(here.host, first.id)).toMatchObject({ status: 'open', assignee: null });
    expect(await kit.task(here.host, second.id)).toMatchObject({ status: 'claimed' });
  });
});
