import type { Page, QuestionView, RoomSnapshot, TaskView } from '@clawtank/contracts';
import type { Caller } from '@clawtank/commands';
import { newId } from '@clawtank/kernel';
import type { Room } from '../domain/room.js';
import { type AgentKit, agentKit } from '../testing/agent-kit.js';
import { createRoomsApp, type RoomsApp } from '../testing/rooms-app.js';
import { TinyClock, TinyTasks } from '../testing/tiny-ports.js';

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

describe('questions', () => {
  const ask = (agent: Caller, room: Room, input: object = {}) =>
    rooms.run<{ question_id: string }>('agent.ask', agent, { room_id: room.id, text: 'Which?', ...input });
  const answer = (caller: Caller, question_id: string) =>
    rooms.run('agent.answer', caller, { question_id, answer: 'That one.' });
  async function working(): Promise<{ room: Room; agent: Caller; task_id: string }> {
    const room = await kit.make();
    const agent = await kit.anAgent();
    await kit.join(agent, room);
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
    const other = await kit.anAgent();
    await kit.join(other, room);
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
    await kit.fallSilent(agent);
    await kit.sweep();
    expect(stopped()).not.toContain(task_id);
    await expect(rooms.refusal(answer(ada, question_id))).resolves.toBe('CONFLICT question.closed');
  });

  it('are answered once, by a person of the room', async () => {
    const { room, agent } = await working();
    const { question_id } = await ask(agent, room);
    const eve = await rooms.aUser('eve');
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
    const room = await kit.make();
    const agent = await kit.anAgent();
    await expect(rooms.refusal(ask(ada, room))).resolves.toBe('FORBIDDEN agent.not_an_agent');
    await kit.register(agent, room);
    await expect(rooms.refusal(ask(agent, room))).resolves.toBe('CONFLICT agent.not_registered');
  });
});
