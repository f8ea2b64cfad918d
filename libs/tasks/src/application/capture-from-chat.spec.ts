import { roomStream, type TaskView } from '@clawtank/contracts';
import { actorOf, type Caller } from '@clawtank/commands';
import { SYSTEM_ACTOR } from '@clawtank/events';
import { newId } from '@clawtank/kernel';
import { updateTask } from '../persistence/task-changes.js';
import { aTask } from '../testing.js';
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

const MONDAY = new Date('2026-03-02T10:00:00Z');

async function say(author: Caller, text: string, some: Partial<ChatCapture> = {}): Promise<string> {
  const messageId = newId();
  const mentions = [here.pincer, here.clawdia]
    .filter(({ name }) => text.includes(`@${name}`))
    .map(({ id, name }) => ({ kind: 'agent' as const, id, name }));
  const origin = author.kind === 'agent' ? ('agent' as const) : ('member' as const);
  const said = { messageId, text, author: actorOf(author), mentions, origin, replyTo: null, at: MONDAY };
  const message = { room: here.room, ...said, ...some };
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
      confidence: 0.85,
      deadline: null,
      source_message_ids: [messageId],
      follow_up_of: null,
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

  it('is a task at once where the room captures by itself and the ask is plain', async () => {
    here = await kit.makeRoom({ settings: { task_capture: 'auto' } });
    await say(here.member, 'Could someone fix the footer?');
    await say(here.member, 'Enemies walk through closed doors on level 4');
    expect(await created()).toMatchObject([{ title: 'Fix the footer' }]);
    expect(await suggested()).toMatchObject([{ title: expect.stringContaining('closed doors') }]);
  });

  it('makes no task of an address either where the room says so', async () => {
    here = await kit.makeRoom({ settings: { task_capture: 'off' } });
    await say(here.member, `@${here.pincer.name} can you add a footer?`);
    expect(await created()).toEqual([]);
  });

  it('takes the words it points at from the message before', async () => {
    const first = 'Add a date filter to the orders list';
    const id = await say(here.member, first);
    const before = () => Promise.resolve({ id, text: first });
    const then = await say(here.member, 'also make it work on mobile', { before });
    expect(await suggested()).toMatchObject([
      { source_message_ids: [id] },
      { title: expect.stringMatching(/date filter.*on mobile/), source_message_ids: [then, id] },
    ]);
  });

  it('waits for the tasks that it names, also when it is suggested first', async () => {
    await say(here.member, '/task Add a header');
    await say(here.member, '/task Add a footer after T-1');
    await say(here.member, 'Once T-2 is merged, please document the footer');
    const suggestion_id = (await suggested())[0]?.suggestion_id ?? '';
    await kit.run(here.host, 'task.accept', { room_id: here.room.id, suggestion_id });
    const tasks = await kit.roomEvents(here.room, 'task.created');
    expect(tasks.map(({ depends_on }) => depends_on)).toEqual([[], [tasks[0]?.task_id], [tasks[1]?.task_id]]);
  });

  it('keeps the day by which it is wanted', async () => {
    await say(here.member, '/task Add a header by Friday');
    await say(here.member, 'Please fix the footer by Wednesday');
    const suggestion_id = (await suggested())[0]?.suggestion_id ?? '';
    await kit.run(here.host, 'task.accept', { room_id: here.room.id, suggestion_id });
    expect(await created()).toMatchObject([{ deadline: '2026-03-06' }, { deadline: '2026-03-04' }]);
    const { items } = await kit.bus.query<{ items: TaskView[] }>(here.host, 'tasks.list', {
      room_id: here.room.id,
    });
    expect(items.map(({ deadline }) => deadline)).toEqual(['2026-03-06', '2026-03-04']);
  });

  it('amends what the message before asked for, and links both to it', async () => {
    const text = 'Please fix the footer';
    const first = await say(here.member, text);
    const saidBefore = (id: string, words: string) => ({
      before: () => Promise.resolve({ id, text: words }),
    });
    const second = await say(here.host, "it's urgent, by Friday please", saidBefore(first, text));
    const third = await say(here.member, 'only in src/footer.ts', saidBefore(second, "it's urgent"));
    const heard = await suggested();
    expect(new Set(heard.map(({ suggestion_id }) => suggestion_id)).size).toBe(1);
    expect(heard.at(-1)).toMatchObject({
      message_id: first,
      title: 'Fix the footer',
      priority: 'urgent',
      deadline: '2026-03-06',
      paths: ['src/footer.ts'],
      source_message_ids: [first, second, third],
    });
    const suggestion_id = heard[0]?.suggestion_id ?? '';
    const { task } = await kit.run(here.host, 'task.accept', { room_id: here.room.id, suggestion_id });
    expect(task).toMatchObject({
      priority: 'urgent',
      deadline: '2026-03-06',
      paths: ['src/footer.ts'],
      source_message_id: first,
      source_message_ids: [first, second, third],
    });
  });

  it('amends the task that came of it, until somebody has claimed it', async () => {
    const text = 'Please fix the footer';
    const first = await say(here.member, text);
    const suggestion_id = (await suggested())[0]?.suggestion_id ?? '';
    const { task } = await kit.run(here.host, 'task.accept', { room_id: here.room.id, suggestion_id });
    const after = (id: string) => ({ before: () => Promise.resolve({ id, text }) });
    const second = await say(here.member, "it's urgent, by Friday", after(first));
    const third = await say(here.member, 'only in src/footer.ts', after(second));
    const now = async () =>
      (await kit.bus.query<{ task: TaskView }>(here.host, 'tasks.get', { task_id: task.id })).task;
    expect(await now()).toMatchObject({
      priority: 'urgent',
      deadline: '2026-03-06',
      paths: ['src/footer.ts'],
      source_message_ids: [first, second, third],
    });
    expect(await kit.roomEvents(here.room, 'task.update')).toMatchObject([
      { change: 'edited', edited: { priority: 'urgent', deadline: '2026-03-06' } },
      { change: 'edited', edited: { paths: ['src/footer.ts'] } },
    ]);
    await kit.run(here.pincer, 'task.claim', { task_id: task.id });
    await say(here.member, 'not urgent btw', after(third));
    expect(await now()).toMatchObject({ priority: 'urgent' });
  });

  it('amends nothing where the message before asked for several things, or for none', async () => {
    const id = await say(here.member, 'Fix the footer. Add a header.');
    await say(here.member, "it's urgent", { before: () => Promise.resolve({ id, text: '' }) });
    await say(here.member, "it's urgent", { before: () => Promise.resolve({ id: newId(), text: '' }) });
    expect(await suggested()).toHaveLength(2);
  });

  describe('when a piece is finished', () => {
    const finished = async (messageId = newId()): Promise<TaskView> => {
      const input = { title: 'Add a footer', sourceMessageIds: [messageId] };
      const { id } = await kit.inRoom(here.room, (tx) => aTask(tx, here.room, here.host, input));
      await kit.inRoom(here.room, (tx) => updateTask(tx, id, { status: 'complete' }));
      return (await kit.bus.query<{ task: TaskView }>(here.host, 'tasks.get', { task_id: id })).task;
    };

    it('makes a follow-up of what is said of it by its key', async () => {
      const { id, key } = await finished();
      await say(here.member, `Please make the footer of ${key} a bit darker`);
      await say(here.member, `Please build a header like ${key}`);
      const heard = await suggested();
      expect(heard).toMatchObject([{ follow_up_of: id }, { follow_up_of: null }]);
      const suggestion_id = heard[0]?.suggestion_id ?? '';
      const { task } = await kit.run(here.host, 'task.accept', { room_id: here.room.id, suggestion_id });
      expect(task.follow_up_of).toBe(id);
    });

    it('makes a follow-up of what adds to the message that tells of it, or answers the one that asked for it', async () => {
      const asked = newId();
      const { id, key } = await finished(asked);
      const told = { id: newId(), text: `${key} is done: I added the footer` };
      await say(here.member, 'also make it sticky', { before: () => Promise.resolve(told) });
      await say(here.member, 'Please use a darker grey', { replyTo: asked });
      expect(await suggested()).toMatchObject([
        { follow_up_of: id, source_message_ids: [expect.any(String), told.id] },
        { follow_up_of: id },
      ]);
    });

    it('makes none of what goes on', async () => {
      await say(here.member, '/task Add a footer');
      await say(here.member, 'Please make the footer of T-1 a bit darker');
      expect(await suggested()).toMatchObject([{ follow_up_of: null }]);
    });
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
  it('takes along what it amended, or lent its words to', async () => {
    const text = 'Please fix the swordfish';
    const first = await say(here.member, text);
    const before = () => Promise.resolve({ id: first, text });
    await say(here.member, "it's urgent", { before });
    await say(here.member, 'also make it work on mobile', { before });
    await kit.inRoom(here.room, (tx) => forgetSuggestions(tx, here.room.id, first, actorOf(here.member)));
    expect(await kit.roomEvents(here.room, 'task.dismissed')).toHaveLength(2);
    const left = await kit.log.database.query<{ found: number }>(
      `SELECT (SELECT count(*) FROM stream_events WHERE data::text LIKE '%swordfish%')
         + (SELECT count(*) FROM task_suggestions WHERE title LIKE '%swordfish%') AS found`,
    );
    expect(left[0]?.found).toBe(0);
  });

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
