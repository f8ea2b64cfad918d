import type { Page, QueryInputOf, TaskView } from '@clawtank/contracts';
import { newId } from '@clawtank/kernel';
import { startTasks, type TasksKit, type TasksRoom } from '../testing/tasks-room.js';
import { TaskDirectoryPart, TaskSnapshotPart } from './room-parts.js';

let kit: TasksKit;
let here: TasksRoom;
beforeAll(async () => {
  kit = await startTasks();
  here = await kit.makeRoom();
  for (let i = 0; i < 5; i += 1) await kit.create(here.member, here.room, { title: `Task ${String(i)}` });
  const [first, second] = (await list()).items;
  await kit.run(here.pincer, 'task.claim', { task_id: first?.id ?? '', paths: ['src/**'] });
  await kit.run(here.member, 'task.cancel', { task_id: second?.id ?? '' });
});
afterAll(() => kit.close());

const list = (
  input: Partial<QueryInputOf<'tasks.list'>> = {},
  caller = here.member,
): Promise<Page<TaskView>> => kit.bus.query(caller, 'tasks.list', { room_id: here.room.slug, ...input });
const keys = ({ items }: Page<TaskView>): string[] => items.map(({ key }) => key);

describe('tasks.list', () => {
  it('goes by pages', async () => {
    const first = await list({ limit: 3 });
    expect(keys(first)).toEqual(['T-1', 'T-2', 'T-3']);
    const second = await list({ limit: 3, cursor: first.next_cursor ?? '' });
    expect(keys(second)).toEqual(['T-4', 'T-5']);
    expect(second.next_cursor).toBeNull();
  });

  it('filters by state and by holder', async () => {
    expect(keys(await list({ status: 'open' }))).toEqual(['T-3', 'T-4', 'T-5']);
    expect(keys(await list({ status: 'claimed,cancelled' }))).toEqual(['T-1', 'T-2']);
    expect(keys(await list({ assignee_id: here.pincer.id }))).toEqual(['T-1']);
  });

  it.each([{ status: 'nonsense' }, { cursor: '%%%' }, { limit: 0 }, { assignee_id: 'me' }])(
    'refuses %j',
    async (input) => {
      await expect(list(input)).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
    },
  );

  it('is for members', async () => {
    await expect(list({}, here.stranger)).rejects.toMatchObject({
      code: 'NOT_FOUND',
      reason: 'room.not_found',
    });
    await expect(kit.bus.query(null, 'tasks.list', { room_id: here.room.id })).rejects.toMatchObject({
      code: 'AUTHENTICATION_FAILED',
    });
  });
});

describe('tasks.get', () => {
  it('gives the task with its leases', async () => {
    const id = (await list()).items[0]?.id;
    expect(await kit.bus.query(here.pincer, 'tasks.get', { task_id: id })).toMatchObject({
      task: { key: 'T-1' },
      leases: [{ pattern: 'src/**', task_key: 'T-1' }],
    });
  });

  it('gives a missing task, and one out of sight, the same answer', async () => {
    const id = (await list()).items[0]?.id;
    const missing = await kit.bus
      .query(here.stranger, 'tasks.get', { task_id: newId() })
      .catch((e: unknown) => e);
    const hidden = await kit.bus.query(here.stranger, 'tasks.get', { task_id: id }).catch((e: unknown) => e);
    expect(missing).toMatchObject({ code: 'NOT_FOUND', reason: 'task.not_found' });
    expect(hidden).toEqual(missing);
  });
});

describe("a room's snapshot and its place in the directory", () => {
  it('hold its tasks', async () => {
    const snapshot = await kit.log.database.transaction((tx) =>
      kit.bus.get(TaskSnapshotPart).read(tx, here.room),
    );
    expect(snapshot.tasks).toEqual((await list()).items);
    expect(snapshot.leases).toMatchObject([{ pattern: 'src/**' }]);
    expect(snapshot.suggestions).toEqual([]);
    const figures = await kit.log.database.transaction((tx) =>
      kit.bus.get(TaskDirectoryPart).read(tx, [here.room.id, newId()]),
    );
    expect([...figures]).toEqual([[here.room.id, { tasks_open: 4, tasks_complete: 0 }]]);
  });
});

describe('changing a task', () => {
  it('writes only what was named, and says so', async () => {
    const task = await kit.create(here.member, here.room, { description: 'old', paths: ['a'] });
    const { task: after } = await kit.run(here.host, 'task.edit', {
      task_id: task.id,
      title: 'New',
      priority: 'high',
      paths: ['./b/'],
    });
    expect(after).toMatchObject({ title: 'New', description: 'old', priority: 'high', paths: ['b/**'] });
    expect((await kit.roomEvents(here.room, 'task.update')).at(-1)).toMatchObject({
      change: 'edited',
      edited: { title: 'New', priority: 'high', paths: ['b/**'] },
    });
  });

  it('is for people; agents change what they made or hold', async () => {
    const task = await kit.create(here.member, here.room);
    const own = await kit.create(here.pincer, here.room);
    await expect(kit.run(here.pincer, 'task.edit', { task_id: task.id, title: 'x' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
      reason: 'task.not_its_own',
    });
    await expect(kit.run(here.pincer, 'task.cancel', { task_id: task.id })).rejects.toMatchObject({
      reason: 'task.not_its_own',
    });
    await kit.run(here.pincer, 'task.edit', { task_id: own.id, title: 'x' });
    await kit.run(here.pincer, 'task.cancel', { task_id: own.id });
    await expect(kit.run(here.host, 'task.edit', { task_id: own.id, title: 'y' })).rejects.toMatchObject({
      reason: 'task.closed',
    });
  });

  it.each([
    { title: '' },
    { title: 'two\nlines' },
    { title: 'x'.repeat(201) },
    { title: 'ok', priority: 'highest' },
    { title: 'ok', paths: Array.from({ length: 51 }, () => 'a') },
    { title: 'ok', depends_on: ['T-1'] },
    { title: 'ok', description: 'x'.repeat(40_000) },
    { title: 'ok', unknown: true },
  ])('refuses %j', async (input) => {
    await expect(
      kit.bus.command(here.member, 'task.create', { room_id: here.room.id, ...input }),
    ).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
  });
});
