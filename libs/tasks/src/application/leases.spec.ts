import type { LeaseView, TaskView } from '@clawtank/contracts';
import { actorOf } from '@clawtank/commands';
import { startTasks, type TasksKit, type TasksRoom } from '../testing/tasks-room.js';
import { widenLeases } from './widen-leases.js';

let kit: TasksKit;
let here: TasksRoom;
let mine: TaskView;
let theirs: TaskView;
beforeAll(async () => {
  kit = await startTasks();
});
afterAll(() => kit.close());

async function setUp(policy: 'refuse' | 'warn'): Promise<void> {
  here = await kit.makeRoom({ settings: { lease_policy: policy } });
  mine = await kit.create(here.member, here.room, { paths: ['./src/auth/', 'docs/*.md'] });
  theirs = await kit.create(here.member, here.room, { paths: ['src/auth/login.ts'] });
}

const held = async (): Promise<string[]> => {
  const { items } = await kit.bus.query<{ items: LeaseView[] }>(here.member, 'leases.list', {
    room_id: here.room.slug,
  });
  return items.map(({ task_key: key, pattern, source }) => `${key} ${pattern} ${source}`);
};
const push = (task: TaskView, paths: string[], fence = 1): Promise<unknown> =>
  kit.inRoom(here.room, (tx) => widenLeases(tx, { taskId: task.id, fence }, paths, actorOf(here.pincer)));

describe('where overlaps are refused', () => {
  beforeEach(() => setUp('refuse'));

  it('leases the paths of the task, or those that the claim names', async () => {
    const claimed = await kit.run(here.pincer, 'task.claim', { task_id: mine.id });
    expect(claimed.leases.map(({ pattern }) => pattern).sort()).toEqual(['docs/*.md', 'src/auth/**']);
    expect(claimed.leases[0]).toMatchObject({
      task_id: mine.id,
      task_key: 'T-1',
      source: 'claim',
      holder: { kind: 'agent', id: here.pincer.id, name: here.pincer.name },
    });
    expect(claimed.leases[0]?.expires_at).toBe(claimed.task.lease_expires_at);
    await kit.run(here.clawdia, 'task.claim', { task_id: theirs.id, paths: ['api/**'] });
    expect(await held()).toContain('T-2 api/** claim');
    expect(await kit.roomEvents(here.room, 'task.lease')).toMatchObject([
      { key: 'T-1', patterns: ['src/auth/**', 'docs/*.md'], source: 'claim', trespass: [] },
      { key: 'T-2', patterns: ['api/**'], source: 'claim', trespass: [] },
    ]);
  });

  it('refuses an overlap, says who holds what, and leaves the task open', async () => {
    await kit.run(here.pincer, 'task.claim', { task_id: mine.id });
    await expect(kit.run(here.clawdia, 'task.claim', { task_id: theirs.id })).rejects.toMatchObject({
      code: 'PATHS_LEASED',
      reason: 'paths.leased',
      details: {
        conflicts: [
          {
            pattern: 'src/auth/login.ts',
            held_pattern: 'src/auth/**',
            task_key: 'T-1',
            holder: { kind: 'agent', id: here.pincer.id, name: here.pincer.name },
          },
        ],
      },
    });
    expect(await kit.task(here.member, theirs.id)).toMatchObject({ status: 'open', fence: null });
  });

  it('gives the paths free with the claim', async () => {
    await kit.run(here.pincer, 'task.claim', { task_id: mine.id });
    await kit.run(here.pincer, 'task.release', { task_id: mine.id, fence: 1 });
    expect(await held()).toEqual([]);
    await kit.run(here.clawdia, 'task.claim', { task_id: theirs.id });
  });

  it('lets the holder lease more, by the same rule', async () => {
    await kit.run(here.pincer, 'task.claim', { task_id: mine.id, paths: ['a/**'] });
    await kit.run(here.clawdia, 'task.claim', { task_id: theirs.id, paths: ['b/**'] });
    await expect(
      kit.run(here.pincer, 'task.claim', { task_id: mine.id, paths: ['b/x'] }),
    ).rejects.toMatchObject({ code: 'PATHS_LEASED' });
    await kit.run(here.pincer, 'task.claim', { task_id: mine.id, paths: ['a/**', 'c/**'] });
    expect(await held()).toEqual(['T-1 a/** claim', 'T-2 b/** claim', 'T-1 c/** claim']);
  });

  it.each(['../x', '/etc', 'a//b', '.git/config', 'src/**.ts'])('refuses %p as a path', async (path) => {
    const invalid = {
      code: 'VALIDATION_FAILED',
      reason: 'paths.invalid',
      extras: { errors: [{ path: 'paths.1' }] },
    };
    await expect(kit.create(here.member, here.room, { paths: ['ok', path] })).rejects.toMatchObject(invalid);
    await expect(
      kit.run(here.pincer, 'task.claim', { task_id: mine.id, paths: ['ok', path] }),
    ).rejects.toMatchObject(invalid);
  });

  it('adds what a push touched, and flags it where another task holds it', async () => {
    await kit.run(here.pincer, 'task.claim', { task_id: mine.id });
    await kit.run(here.clawdia, 'task.claim', { task_id: theirs.id, paths: ['api/**'] });
    const trespass = [{ task_id: theirs.id, key: 'T-2', pattern: 'api/**' }];
    expect(await push(mine, ['src/auth/a.ts', 'lib/b.ts', 'api/c.ts'])).toEqual(trespass);
    expect(await held()).toEqual([
      'T-1 src/auth/** claim',
      'T-1 docs/*.md claim',
      'T-2 api/** claim',
      'T-1 lib/b.ts push',
      'T-1 api/c.ts push',
    ]);
    expect((await kit.roomEvents(here.room, 'task.lease')).at(-1)).toMatchObject({
      key: 'T-1',
      patterns: ['lib/b.ts', 'api/c.ts'],
      source: 'push',
      trespass,
    });
    expect(await push(mine, ['lib/b.ts', 'api/c.ts'])).toEqual([]);
    expect(await kit.roomEvents(here.room, 'task.lease')).toHaveLength(3);
    const rows = await kit.log.database.query<{ pattern: string }>(
      'SELECT pattern FROM path_leases WHERE room_id = $1 AND NOT exclusive',
      [here.room.id],
    );
    expect(rows).toEqual([{ pattern: 'api/c.ts' }]);
  });

  it('gives nothing to a claim that has ended', async () => {
    await kit.run(here.pincer, 'task.claim', { task_id: mine.id });
    await kit.run(here.pincer, 'task.release', { task_id: mine.id, fence: 1 });
    expect(await push(mine, ['a.ts'])).toEqual([]);
    expect(await held()).toEqual([]);
  });
});

describe('where overlaps are only warned of', () => {
  beforeEach(() => setUp('warn'));

  it('claims all the same', async () => {
    expect(await kit.run(here.pincer, 'task.claim', { task_id: mine.id })).toMatchObject({ warnings: [] });
    const claimed = await kit.run(here.clawdia, 'task.claim', {
      task_id: theirs.id,
      paths: ['src/auth/login.ts', 'x'],
    });
    expect(claimed.warnings).toEqual([
      `src/auth/login.ts meets src/auth/**, which ${here.pincer.name} holds for T-1.`,
    ]);
    expect(claimed.leases).toHaveLength(2);
  });
});
