import { roomStream } from '@clawtank/contracts';
import { actorOf, type Caller } from '@clawtank/commands';
import { SYSTEM_ACTOR } from '@clawtank/events';
import { newId } from '@clawtank/kernel';
import { startTasks, type TasksKit, type TasksRoom } from '../testing/tasks-room.js';
import { captureFromChat, type ChatCapture, forgetSuggestions } from './capture-from-chat.js';

let kit: TasksKit;
let here: TasksRoom;
beforeAll(async () => {
  kit = await startTasks();
});
afterAll(() => kit.close());
beforeEach(async () => {
  here = await kit.makeRoom();
});

async function say(author: Caller, text: string, some: Partial<ChatCapture> = {}): Promise<string> {
  const messageId = newId();
  const mentions = [here.pincer, here.clawdia]
    .filter(({ name }) => text.includes(`@${name}`))
    .map(({ id, name }) => ({ kind: 'agent' as const, id, name }));
  const origin = author.kind === 'agent' ? ('agent' as const) : ('member' as const);
  const message = { room: here.room, messageId, text, author: actorOf(author), mentions, origin, ...some };
  await kit.inRoom(here.room, (tx) => captureFromChat(tx, message));
  return messageId;
}
const suggested = async (): Promise<{ title: string; suggestion_id: string }[]> =>
  kit.roomEvents(here.room, 'task.suggested');
const created = async (): Promise<{ title: string }[]> => kit.roomEvents(here.room, 'task.created');

describe('what people say in chat', () => {
  it('is suggested, and becomes a task when a member accepts it', async () => {
    const messageId = await say(here.member, 'We urgently need to fix the crash in src/login.ts');
    const heard = (await suggested())[0];
    expect(heard).toEqual({
      suggestion_id: expect.any(String),
      message_id: messageId,
      title: 'Fix the crash in src/login.ts',
      priority: 'urgent',
      paths: ['src/login.ts'],
      confidence: 0.9,
    });
    const { items } = await kit.bus.query<{ items: { id: string }[] }>(here.host, 'suggestions.list', {
      room_id: here.room.id,
    });
    expect(items.map(({ id }) => id)).toEqual([heard?.suggestion_id]);
    const answer = { room_id: here.room.id, suggestion_id: heard?.suggestion_id ?? '' };
    await expect(kit.run(here.pincer, 'task.accept', answer)).rejects.toMatchObject({
      reason: 'task.people_only',
    });
    const { task } = await kit.run(here.host, 'task.accept', answer);
    expect(task).toMatchObject({
      title: 'Fix the crash in src/login.ts',
      priority: 'urgent',
      paths: ['src/login.ts'],
      source_message_id: messageId,
      created_by: { id: here.host.id },
    });
    expect((await kit.roomEvents(here.room, 'task.created'))[0]).toMatchObject({
      suggestion_id: heard?.suggestion_id,
    });
    await expect(kit.run(here.host, 'task.accept', answer)).rejects.toMatchObject({
      code: 'CONFLICT',
      reason: 'suggestion.resolved',
    });
  });

  it('may be accepted with better words, or dismissed', async () => {
    await say(here.member, 'Fix the footer. Add a header.');
    const [first, second] = await suggested();
    const room_id = here.room.id;
    const better = { title: 'Repair the footer', description: 'On phones.' };
    const { task } = await kit.run(here.host, 'task.accept', {
      room_id,
      suggestion_id: first?.suggestion_id ?? '',
      ...better,
    });
    expect(task).toMatchObject(better);
    const refusal = { room_id, suggestion_id: second?.suggestion_id ?? '' };
    await kit.run(here.member, 'task.dismiss', refusal);
    expect(await kit.roomEvents(here.room, 'task.dismissed')).toEqual([
      { suggestion_id: second?.suggestion_id },
    ]);
    await expect(kit.run(here.member, 'task.dismiss', refusal)).rejects.toMatchObject({
      reason: 'suggestion.resolved',
    });
    await expect(
      kit.run(here.member, 'task.dismiss', { room_id, suggestion_id: newId() }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND', reason: 'suggestion.not_found' });
  });

  it('is a task at once by command', async () => {
    await say(here.member, `/task [high] @${here.pincer.name} Add a footer`);
    expect(await created()).toMatchObject([{ key: 'T-1', title: 'Add a footer', priority: 'high' }]);
    await kit.settle();
    expect(await kit.ownEvents(here.pincer, 'task.offer')).toHaveLength(1);
    expect(await kit.ownEvents(here.clawdia, 'task.offer')).toEqual([]);
  });

  it('is a task at once when it addresses an agent, who is offered it', async () => {
    await say(here.member, `@${here.pincer.name} can you add a footer?`);
    expect(await created()).toMatchObject([{ title: 'Add a footer' }]);
    await kit.settle();
    expect(await kit.ownEvents(here.pincer, 'task.offer')).toMatchObject([
      { title: 'Add a footer', agent_id: here.pincer.id, score: 1, reasons: ['named by the task'] },
    ]);
    expect(await kit.ownEvents(here.clawdia, 'task.offer')).toEqual([]);
  });

  it('makes nothing of a question to an agent', async () => {
    await say(here.member, `@${here.pincer.name} how far are you?`);
    expect(await created()).toEqual([]);
    expect(await suggested()).toEqual([]);
  });

  it('is not listened to where the room says so, but for commands', async () => {
    here = await kit.makeRoom({ settings: { task_capture: 'off' } });
    await say(here.member, 'Fix the footer');
    await say(here.member, '/task Fix the header');
    expect(await suggested()).toEqual([]);
    expect(await created()).toMatchObject([{ title: 'Fix the header' }]);
  });

  it('counts for nothing in a room that is over', async () => {
    await say(here.member, '/task Fix the header', { room: { ...here.room, state: 'completed' } });
    expect(await created()).toEqual([]);
  });
});

describe('what others say in chat', () => {
  it('makes no suggestion of what an agent says, nor a task of what it says to another', async () => {
    await say(here.pincer, 'We need to fix the footer');
    await say(here.pincer, `@${here.clawdia.name} please fix the footer`);
    expect(await suggested()).toEqual([]);
    expect(await created()).toEqual([]);
    await say(here.pincer, '/task Fix the footer');
    expect(await created()).toHaveLength(1);
  });

  it.each(['system', 'webhook'] as const)('makes nothing of what a %s says', async (origin) => {
    await say(here.member, '/task Fix the footer', { origin, author: SYSTEM_ACTOR });
    expect(await created()).toEqual([]);
  });
});

describe('a message that is deleted', () => {
  it('takes its suggestion along, and the words out of the log', async () => {
    const messageId = await say(here.member, 'Fix the swordfish');
    const other = await say(here.member, 'Fix the footer');
    await kit.inRoom(here.room, (tx) => forgetSuggestions(tx, here.room.id, messageId, actorOf(here.member)));
    const { items } = await kit.bus.query<{ items: { message_id: string }[] }>(
      here.host,
      'suggestions.list',
      {
        room_id: here.room.id,
      },
    );
    expect(items.map(({ message_id }) => message_id)).toEqual([other]);
    expect(await kit.roomEvents(here.room, 'task.dismissed')).toHaveLength(1);
    const left = await kit.log.database.query<{ found: number }>(
      `SELECT (SELECT count(*) FROM stream_events WHERE data::text LIKE '%swordfish%')
         + (SELECT count(*) FROM task_suggestions WHERE title LIKE '%swordfish%') AS found`,
    );
    expect(left[0]?.found).toBe(0);
    expect(await kit.roomEvents(here.room, 'redaction')).toEqual([
      { stream: roomStream(here.room.id), seq: 1 },
    ]);
  });
});
