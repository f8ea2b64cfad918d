import type { TaskView } from '@clawtank/contracts';
import { newId } from '@clawtank/kernel';
import { startTasks, type TasksKit, type TasksRoom } from '../testing/tasks-room.js';

let kit: TasksKit;
let here: TasksRoom;
beforeAll(async () => {
  kit = await startTasks();
});
afterAll(() => kit.close());
beforeEach(async () => {
  here = await kit.makeRoom({}, { maxConcurrentTasks: 5 });
});

const make = (input: Parameters<TasksKit['create']>[2] = {}): Promise<TaskView> =>
  kit.create(here.member, here.room, input);
const status = async ({ id }: TaskView): Promise<string> => (await kit.task(here.member, id)).status;

async function complete({ id: task_id }: TaskView): Promise<void> {
  await kit.run(here.pincer, 'task.claim', { task_id });
  await kit.run(here.pincer, 'task.start', { task_id, fence: 1 });
  await kit.run(here.pincer, 'task.submit', { task_id, fence: 1 });
  await kit.run(here.host, 'task.review', { task_id, verdict: 'approve' });
  await kit.run(here.host, 'task.complete', { task_id });
}

describe('dependencies', () => {
  it('block until all are done, and unblock in the same transaction', async () => {
    const [a, b] = [await make(), await make()];
    const c = await make({ depends_on: [a.id, b.id, b.id] });
    expect(c).toMatchObject({ status: 'blocked', depends_on: [a.id, b.id] });
    await expect(kit.run(here.pincer, 'task.claim', { task_id: c.id })).rejects.toMatchObject({
      reason: 'task.blocked',
    });
    await complete(a);
    expect(await kit.task(here.member, c.id)).toMatchObject({
      status: 'blocked',
      blocked_by: { kind: 'dependency', task_ids: [b.id] },
    });
    await kit.run(here.member, 'task.cancel', { task_id: b.id });
    expect(await status(c)).toBe('open');
    const updates = await kit.roomEvents(here.room, 'task.update');
    expect(updates.slice(-2)).toMatchObject([
      { task_id: b.id, change: 'cancelled' },
      { task_id: c.id, change: 'unblocked', status: 'open', blocked_by: null },
    ]);
  });

  it('that are done already block nothing', async () => {
    const a = await make();
    await complete(a);
    expect(await make({ depends_on: [a.id] })).toMatchObject({ status: 'open', depends_on: [a.id] });
  });

  it('run in chains', async () => {
    const a = await make();
    const b = await make({ depends_on: [a.id] });
    const c = await make({ depends_on: [b.id] });
    await kit.run(here.member, 'task.cancel', { task_id: a.id });
    expect([await status(b), await status(c)]).toEqual(['open', 'blocked']);
  });

  it('never run in circles', async () => {
    const a = await make();
    const b = await make({ depends_on: [a.id] });
    const c = await make({ depends_on: [b.id] });
    const cycle = { code: 'CONFLICT', reason: 'task.dependency_cycle' };
    for (const depends_on of [[a.id], [b.id], [c.id]])
      await expect(kit.run(here.member, 'task.edit', { task_id: a.id, depends_on })).rejects.toMatchObject(
        cycle,
      );
    expect(await kit.task(here.member, a.id)).toMatchObject({ status: 'open', depends_on: [] });
    await kit.run(here.member, 'task.edit', { task_id: c.id, depends_on: [a.id] });
    await kit.run(here.member, 'task.edit', { task_id: b.id, depends_on: [c.id] });
  });

  it('are tasks of the room', async () => {
    const elsewhere = await kit.makeRoom();
    const foreign = await kit.create(elsewhere.member, elsewhere.room);
    for (const id of [foreign.id, newId()])
      await expect(make({ depends_on: [id] })).rejects.toMatchObject({
        code: 'VALIDATION_FAILED',
        reason: 'task.unknown_dependency',
      });
  });
});

describe('subtasks', () => {
  it('come before their parent', async () => {
    const parent = await make();
    const child = await make({ parent_id: parent.id });
    expect(child.parent_id).toBe(parent.id);
    await expect(complete(parent)).rejects.toMatchObject({
      code: 'CONFLICT',
      reason: 'task.open_subtasks',
      details: { key: 'T-1', subtasks: ['T-2'] },
    });
    await complete(child);
    await kit.run(here.host, 'task.complete', { task_id: parent.id });
    expect(await status(parent)).toBe('complete');
  });

  it('never wait for their parent', async () => {
    const parent = await make();
    const waiting = await make({ depends_on: [parent.id] });
    const cycle = { reason: 'task.dependency_cycle' };
    await expect(make({ parent_id: parent.id, depends_on: [parent.id] })).rejects.toMatchObject(cycle);
    await expect(make({ parent_id: parent.id, depends_on: [waiting.id] })).rejects.toMatchObject(cycle);
    const child = await make({ parent_id: parent.id });
    await expect(
      kit.run(here.member, 'task.edit', { task_id: child.id, depends_on: [waiting.id] }),
    ).rejects.toMatchObject(cycle);
  });

  it('are added to tasks that are not done', async () => {
    const parent = await make();
    await kit.run(here.member, 'task.cancel', { task_id: parent.id });
    await expect(make({ parent_id: parent.id })).rejects.toMatchObject({ reason: 'task.closed' });
  });

  it('outlive a cancelled parent', async () => {
    const parent = await make();
    const child = await make({ parent_id: parent.id });
    await kit.run(here.member, 'task.cancel', { task_id: parent.id });
    expect(await status(child)).toBe('open');
  });
});
