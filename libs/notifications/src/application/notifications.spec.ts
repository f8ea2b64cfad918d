import { anAgent, aUser } from '@clawtank/auth/testing';
import { authMigrations } from '@clawtank/auth';
import { type Caller, commandsMigration } from '@clawtank/commands';
import { startTestBus, type TestBus } from '@clawtank/commands/testing';
import type { EventMap, EventType, NotificationView, Page } from '@clawtank/contracts';
import { userStream } from '@clawtank/contracts';
import { createTestLog, type TestLog } from '@clawtank/events/testing';
import { newId } from '@clawtank/kernel';
import { type Room, roomsMigrations } from '@clawtank/rooms';
import { aRoom } from '@clawtank/rooms/testing';
import { notificationsMigrations } from '../persistence/migrations.js';
import { NotificationsModule } from '../notifications.module.js';
import { NotifyPeople } from './notify-people.js';

let log: TestLog;
let bus: TestBus;
let room: Room;
let ada: Caller;
let bob: Caller;
let agent: Caller;

beforeAll(async () => {
  log = await createTestLog([
    commandsMigration,
    ...authMigrations,
    ...roomsMigrations,
    ...notificationsMigrations,
  ]);
  bus = await startTestBus(log, [NotificationsModule]);
  await log.runner.start([bus.get(NotifyPeople)]);
});
afterAll(async () => {
  await log.runner.onApplicationShutdown();
  await bus.close();
  await log.drop();
});
beforeEach(async () => {
  const suffix = newId().slice(-8);
  await log.work.run(async (tx) => {
    ada = await aUser(tx, { name: `ada-${suffix}` });
    bob = await aUser(tx, { name: `bob-${suffix}` });
    agent = await anAgent(tx, bob, { name: `molt-${suffix}` });
    room = await aRoom(tx, ada, { name: 'Roast' });
  });
});

const named = ({ kind, id, name }: Caller) => ({ kind, id, name });

async function happens<K extends EventType>(by: Caller, type: K, data: EventMap[K]): Promise<void> {
  await log.work.run(async (tx) => {
    await tx.lockRoom(room.id);
    tx.appendToRoom(room.id, { type, data, actor: named(by) });
  });
}
async function listed(by: Caller, more: object = {}): Promise<Page<NotificationView>> {
  await log.runner.drain();
  return bus.query<Page<NotificationView>>(by, 'notifications.list', more);
}
const kinds = async (by: Caller): Promise<string[]> => (await listed(by)).items.map((row) => row.kind);
const message = (mentions: readonly Caller[], message_id = newId()): EventMap['chat.message'] => ({
  message_id,
  text: 'hunter2',
  mentions: mentions.map(named),
  reply_to: null,
  origin: 'member',
});
async function aHeldTask(): Promise<string> {
  const task_id = newId();
  const base = { task_id, key: 'T-1', capabilities: [], languages: [], paths: [], depends_on: [] } as const;
  await happens(bob, 'task.created', {
    ...base,
    title: 'Work',
    description: '',
    status: 'open',
    priority: 'normal',
    size: 'small',
    parent_id: null,
    source_message_id: null,
    follow_up_of: null,
    suggestion_id: null,
  });
  await happens(agent, 'task.update', {
    task_id,
    key: 'T-1',
    change: 'claimed',
    status: 'claimed',
    assignee: named(agent),
    fence: 1,
    branch: null,
    lease_expires_at: null,
  });
  return task_id;
}

describe('notifications', () => {
  it('reach who is mentioned: a row, and an event in their own stream', async () => {
    await happens(ada, 'chat.message', message([bob, agent, ada]));
    const { items } = await listed(bob);
    expect(items).toEqual([
      {
        id: expect.any(String),
        kind: 'mention',
        room_id: room.id,
        room_slug: room.slug,
        room_name: 'Roast',
        task_id: null,
        subject: null,
        waiting: false,
        text: `${ada.name} mentioned you in Roast.`,
        created_at: expect.any(String),
        read_at: null,
      },
    ]);
    const own = await log.reader.read(userStream(bob.id), 0);
    expect(own).toMatchObject({
      events: [
        {
          type: 'system.notification',
          room_id: room.id,
          data: { notification_id: items[0]?.id, kind: 'mention', room_id: room.id, task_id: null },
        },
      ],
    });
    expect(await kinds(ada)).toEqual([]);
    expect(await kinds(agent)).toEqual([]);
  });

  it('come once for one message, though it is edited and read again from the beginning', async () => {
    const said = message([bob]);
    await happens(ada, 'chat.message', said);
    await happens(ada, 'chat.edited', said);
    expect(await kinds(bob)).toEqual(['mention']);
    await log.database.query('UPDATE consumer_positions SET position = 0');
    await log.database.query(
      'INSERT INTO dirty_streams (stream) SELECT id FROM streams ON CONFLICT DO NOTHING',
    );
    expect(await kinds(bob)).toEqual(['mention']);
    expect(await log.reader.read(userStream(bob.id), 0)).toMatchObject({ head: 1 });
  });

  it("bring an agent's question to its owner, and a review to host and creator", async () => {
    const task_id = await aHeldTask();
    const question = { question_id: newId(), agent_id: agent.id, text: 'Which port?', options: [] };
    await happens(agent, 'agent.question', { ...question, task_id, to: null });
    await happens(agent, 'git.pull_request', {
      number: 1,
      action: 'opened',
      title: 'Work',
      branch: 'b',
      task_id,
      head_sha: 'a'.repeat(40),
    });
    expect(await kinds(bob)).toEqual(['review', 'question']);
    expect(await kinds(ada)).toEqual(['review']);
  });

  it("bring what an agent wants leave for to the host and to the agent's owner", async () => {
    await happens(agent, 'approval.requested', {
      approval_id: newId(),
      kind: 'merge',
      task_id: null,
      agent_id: agent.id,
      detail: 'Merge #1',
      subject: 'a'.repeat(40),
      expires_at: null,
    });
    expect(await kinds(ada)).toEqual(['approval']);
    expect(await kinds(bob)).toEqual(['approval']);
  });

  it("tell the holders' people of a conflict, until nobody holds the work", async () => {
    const task_id = await aHeldTask();
    const conflict = { state: 'detected', files: ['a.ts'], task_ids: [task_id], branches: [] } as const;
    await happens(ada, 'git.conflict', { ...conflict, conflict_id: newId() });
    expect(await kinds(bob)).toEqual(['conflict']);
    await happens(agent, 'task.update', {
      task_id,
      key: 'T-1',
      change: 'released',
      status: 'open',
      assignee: null,
      fence: 1,
      branch: null,
      lease_expires_at: null,
    });
    await happens(bob, 'git.conflict', { ...conflict, conflict_id: newId() });
    expect(await kinds(bob)).toEqual(['conflict']);
    expect(await kinds(ada)).toEqual(['conflict']);
  });

  it('wait until what they call for is done, and are read when their person says so', async () => {
    const question_id = newId();
    const question = { question_id, agent_id: agent.id, text: 'Which port?', options: [], task_id: null };
    await happens(agent, 'agent.question', { ...question, to: null });
    const pull = { title: 'Work', branch: 'b', task_id: null, head_sha: 'a'.repeat(40) };
    await happens(agent, 'git.pull_request', { ...pull, number: 7, action: 'opened' });
    const waiting = async (by: Caller): Promise<(string | null)[]> =>
      (await listed(by, { waiting: 'true' })).items.map((row) => row.subject);
    expect(await waiting(bob)).toEqual([`question:${question_id}`]);
    expect(await waiting(ada)).toEqual(['pull:7']);
    await happens(bob, 'agent.answered', { question_id, agent_id: agent.id, answer: '80' });
    await happens(ada, 'git.pull_request', { ...pull, number: 7, action: 'reviewed' });
    expect(await waiting(bob)).toEqual([]);
    expect(await waiting(ada)).toEqual(['pull:7']);
    await happens(ada, 'git.pull_request', { ...pull, number: 7, action: 'merged' });
    expect(await waiting(ada)).toEqual([]);
    const [row] = (await listed(bob)).items;
    expect(row).toMatchObject({ waiting: false, read_at: null });
    const read = (by: Caller, ids?: string[]) => bus.command(by, 'notification.read', ids ? { ids } : {});
    expect(await read(ada, [row?.id ?? ''])).toEqual({ read: 0 });
    expect(await read(bob)).toMatchObject({ read: 1, stream: userStream(bob.id) });
    expect(await read(bob)).toEqual({ read: 0 });
    const own = await log.reader.read(userStream(bob.id), 0);
    expect('events' in own && own.events.at(-1)).toMatchObject({
      type: 'system.notifications_read',
      data: { ids: null },
    });
    expect((await listed(bob)).items[0]?.read_at).not.toBeNull();
  });

  it('are listed newest first, by pages, each to their own', async () => {
    for (let i = 0; i < 3; i += 1) await happens(ada, 'chat.message', message([bob]));
    const first = await listed(bob, { limit: 2 });
    expect(first.items).toHaveLength(2);
    const second = await listed(bob, { limit: 2, cursor: first.next_cursor });
    expect(second.items).toHaveLength(1);
    expect(second.next_cursor).toBeNull();
    const times = [...first.items, ...second.items].map((row) => row.created_at);
    expect([...times].sort().reverse()).toEqual(times);
    await expect(listed(bob, { cursor: 'x' })).rejects.toMatchObject({ reason: 'input.invalid' });
  });
});
