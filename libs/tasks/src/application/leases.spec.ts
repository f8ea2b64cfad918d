import type { LeaseView, TaskView } from '@clawtank/contracts';
import { actorOf } from '@clawtank/commands';
import { newId } from '@clawtank/kernel';
import { startTasks, type TasksKit, type TasksRoom } from '../testing/tasks-room.js';
import { rememberWork } from './remember-work.js';
import { widenLeases } from './widen-leases.js';

let kit: TasksKit;
let here: TasksRoom;
let mine: TaskView;
let theirs: TaskView;
beforeAll(async () => {
  kit = await startTasks();
});
afterAll(() => kit.close());

async function setUp(policy: 'refuse' | 'queue' | 'warn'): Promise<void> {
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

describe('where claims wait in line', () => {
  beforeEach(() => setUp('queue'));

  const view = async (task: TaskView): Promise<string> => {
    const { status, blocked_by: by } = await kit.task(here.member, task.id);
    const waits = by?.kind === 'paths' ? by.waits_for : [];
    return [
      status,
      ...waits.map((wait) => `${wait.pattern} for ${wait.task_key} on ${wait.held_pattern}`),
    ].join(' ');
  };

  it('takes the claim, says whom it waits for, and lets it go on by itself', async () => {
    await kit.run(here.pincer, 'task.claim', { task_id: mine.id });
    const claimed = await kit.run(here.clawdia, 'task.claim', { task_id: theirs.id });
    expect(claimed).toMatchObject({
      fence: 1,
      leases: [],
      warnings: [`T-2 waits for T-1 (${here.pincer.name}) on src/auth/**.`],
      task: {
        status: 'blocked',
        assignee: { id: here.clawdia.id },
        lease_expires_at: null,
        blocked_by: {
          kind: 'paths',
          waits_for: [
            {
              task_id: mine.id,
              task_key: 'T-1',
              holder_name: here.pincer.name,
              held_pattern: 'src/auth/**',
              pattern: 'src/auth/login.ts',
            },
          ],
        },
      },
    });
    await expect(kit.run(here.clawdia, 'task.start', { task_id: theirs.id, fence: 1 })).rejects.toMatchObject(
      { reason: 'task.illegal_step' },
    );
    await expect(kit.run(here.pincer, 'task.claim', { task_id: theirs.id })).rejects.toMatchObject({
      reason: 'task.taken',
    });
    await kit.run(here.pincer, 'task.release', { task_id: mine.id, fence: 1 });
    expect(await kit.task(here.member, theirs.id)).toMatchObject({
      status: 'claimed',
      blocked_by: null,
      lease_expires_at: expect.any(String),
    });
    expect(await held()).toEqual(['T-2 src/auth/login.ts claim']);
    const own = await kit.ownEvents(here.clawdia, 'task.update');
    expect(own.map(({ change }) => change)).toEqual(['claimed', 'blocked', 'unblocked']);
    await kit.run(here.clawdia, 'task.start', { task_id: theirs.id, fence: 1 });
  });

  it('keeps the order: nobody is overtaken by a later claim that meets what they wait for', async () => {
    const third = await kit.create(here.member, here.room, { paths: ['src/auth/login.ts'] });
    const aside = await kit.create(here.member, here.room, { paths: ['web/**'] });
    await kit.run(here.pincer, 'task.claim', { task_id: mine.id, paths: ['src/auth/a.ts'] });
    await kit.run(here.clawdia, 'task.claim', { task_id: theirs.id, paths: ['src/auth/**'] });
    await kit.run(here.host, 'task.claim', { task_id: third.id });
    expect([await view(theirs), await view(third)]).toEqual([
      'blocked src/auth/** for T-1 on src/auth/a.ts',
      'blocked src/auth/login.ts for T-2 on src/auth/**',
    ]);
    await kit.run(here.member, 'task.claim', { task_id: aside.id });
    expect(await view(aside)).toBe('claimed');
    await kit.run(here.pincer, 'task.release', { task_id: mine.id, fence: 1 });
    expect([await view(theirs), await view(third)]).toEqual([
      'claimed',
      'blocked src/auth/login.ts for T-2 on src/auth/**',
    ]);
    await kit.run(here.member, 'task.cancel', { task_id: theirs.id });
    expect(await view(third)).toBe('claimed');
  });

  it('tells who waits when somebody else comes to stand in the way', async () => {
    const fourth = await kit.create(here.member, here.room, { paths: ['src/auth/login.ts'] });
    await kit.run(here.pincer, 'task.claim', { task_id: mine.id });
    await kit.run(here.clawdia, 'task.claim', { task_id: theirs.id });
    await kit.run(here.host, 'task.claim', { task_id: fourth.id });
    expect(await view(fourth)).toContain('for T-1 on src/auth/**');
    await kit.run(here.pincer, 'task.release', { task_id: mine.id, fence: 1 });
    expect(await view(fourth)).toBe('blocked src/auth/login.ts for T-2 on src/auth/login.ts');
  });

  it('lets a claim leave the line, and those behind move up', async () => {
    await kit.run(here.pincer, 'task.claim', { task_id: mine.id });
    await kit.run(here.clawdia, 'task.claim', { task_id: theirs.id });
    await kit.run(here.clawdia, 'task.release', { task_id: theirs.id, fence: 1 });
    expect(await view(theirs)).toBe('open');
    expect((await held()).sort()).toEqual(['T-1 docs/*.md claim', 'T-1 src/auth/** claim']);
  });

  it('refuses whoever holds some to wait for more, so that no two wait for each other', async () => {
    await kit.run(here.pincer, 'task.claim', { task_id: mine.id, paths: ['a/**'] });
    await kit.run(here.clawdia, 'task.claim', { task_id: theirs.id, paths: ['b/**'] });
    await expect(
      kit.run(here.pincer, 'task.claim', { task_id: mine.id, paths: ['b/x'] }),
    ).rejects.toMatchObject({ code: 'PATHS_LEASED' });
  });

  it('gives a waiting claim its credential again without losing its place', async () => {
    await kit.run(here.pincer, 'task.claim', { task_id: mine.id });
    await kit.run(here.clawdia, 'task.claim', { task_id: theirs.id });
    const again = await kit.run(here.clawdia, 'task.claim', { task_id: theirs.id });
    expect(again).toMatchObject({
      fence: 1,
      leases: [],
      warnings: [expect.stringContaining('waits for T-1')],
    });
  });
});

describe('paths that nobody named', () => {
  beforeEach(() => setUp('refuse'));

  const remember = (text: string, files: string[]): Promise<void> =>
    kit.inRoom(here.room, (tx) =>
      rememberWork(tx, here.room.id, { sha: newId(), message: text, files, taskId: null }),
    );
  const claim = async (agent: TasksRoom['pincer'], title: string) => {
    const { id } = await kit.create(here.member, here.room, { title });
    return kit.run(agent, 'task.claim', { task_id: id });
  };
  const shown = (leases: readonly LeaseView[]): string[] =>
    leases.map(({ pattern, source, why }) => `${source} ${pattern}: ${String(why)}`);

  it('are those in the text, which shut others out', async () => {
    const first = await claim(here.pincer, 'Tidy `src/api/users.ts`');
    expect(shown(first.leases)).toEqual(['claim src/api/users.ts: the text names it']);
    await expect(claim(here.clawdia, 'Rename things in src/api/users.ts')).rejects.toMatchObject({
      code: 'PATHS_LEASED',
    });
    expect((await kit.roomEvents(here.room, 'task.lease')).at(-1)).toMatchObject({
      source: 'claim',
      why: ['the text names it'],
    });
  });

  it('are guessed from past work, which warns and shuts nobody out', async () => {
    await remember('Refresh sessions quietly', ['src/auth/session.ts']);
    const first = await claim(here.pincer, 'Session timeout');
    expect(shown(first.leases)).toEqual([
      'inferred src/auth/session.ts: past work on “session” touched it once',
    ]);
    const second = await claim(here.clawdia, 'Sessions in `src/auth/session.ts`');
    expect(second.warnings).toEqual([
      `src/auth/session.ts meets src/auth/session.ts, which ${here.pincer.name} is likely to touch for ${first.task.key}.`,
    ]);
    expect((await kit.roomEvents(here.room, 'task.lease'))[0]).toMatchObject({ source: 'inferred' });
  });

  it('become leases like any other when a push touches them', async () => {
    await remember('Refresh sessions quietly', ['src/auth/session.ts']);
    const { task } = await claim(here.pincer, 'Session timeout');
    await push(task, ['src/auth/session.ts']);
    expect(await held()).toEqual([`${task.key} src/auth/session.ts push`]);
  });

  it('are none where a claim says so', async () => {
    const { id } = await kit.create(here.member, here.room, { title: 'Tidy `src/api/users.ts`' });
    expect((await kit.run(here.pincer, 'task.claim', { task_id: id, paths: [] })).leases).toEqual([]);
  });
});
