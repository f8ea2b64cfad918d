import type { TaskView } from '@clawtank/contracts';
import { actorOf } from '@clawtank/commands';
import { SYSTEM_ACTOR } from '@clawtank/events';
import { startTasks, type TasksKit, type TasksRoom } from '../testing/tasks-room.js';
import { type FactInfo, advanceTask, type TaskFact } from './advance-task.js';
import { TaskJobs } from './task-jobs.js';

let kit: TasksKit;
let here: TasksRoom;
let task: TaskView;
beforeAll(async () => {
  kit = await startTasks();
});
afterAll(() => kit.close());
beforeEach(async () => {
  here = await kit.makeRoom();
  task = await kit.create(here.member, here.room);
});

const ref = (): { task_id: string; fence: number } => ({ task_id: task.id, fence: 1 });
const status = async (): Promise<string> => (await kit.task(here.member, task.id)).status;
const changes = async (): Promise<string[]> =>
  (await kit.roomEvents(here.room, 'task.update')).map(({ change, status: to }) => `${change} -> ${to}`);
const fact = (what: TaskFact, info: Partial<FactInfo> = {}): Promise<unknown> =>
  kit.inRoom(here.room, (tx) => advanceTask(tx, task.id, what, { actor: SYSTEM_ACTOR, ...info }));

async function upTo(state: 'claimed' | 'in_progress' | 'review'): Promise<void> {
  await kit.run(here.pincer, 'task.claim', { task_id: task.id });
  if (state === 'claimed') return;
  await kit.run(here.pincer, 'task.start', ref());
  if (state === 'review') await kit.run(here.pincer, 'task.submit', ref());
}

describe('every row of the table, by commands', () => {
  it('open → claimed → in_progress → review → complete, approved by somebody else', async () => {
    expect(task).toMatchObject({ status: 'open', key: 'T-1', assignee: null, fence: null, branch: null });
    await upTo('review');
    await expect(kit.run(here.pincer, 'task.complete', { task_id: task.id })).rejects.toMatchObject({
      reason: 'task.not_approved',
    });
    await kit.run(here.host, 'task.review', { task_id: task.id, verdict: 'approve', comment: 'fine' });
    const { task: done } = await kit.run(here.pincer, 'task.complete', { task_id: task.id });
    expect(done).toMatchObject({ status: 'complete', progress: 1, assignee: { id: here.pincer.id } });
    expect(done.completed_at).not.toBeNull();
    expect(await changes()).toEqual([
      'claimed -> claimed',
      'started -> in_progress',
      'submitted -> review',
      'approved -> review',
      'completed -> complete',
    ]);
    const own = await kit.ownEvents(here.pincer, 'task.update');
    expect(own).toEqual(await kit.roomEvents(here.room, 'task.update'));
  });

  it('open → claimed by assign', async () => {
    await kit.run(here.host, 'task.assign', { task_id: task.id, assignee_id: here.member.id });
    expect(await changes()).toEqual(['assigned -> claimed']);
  });

  it('– → blocked if a dependency is open', async () => {
    const waiting = await kit.create(here.member, here.room, { depends_on: [task.id] });
    expect(waiting).toMatchObject({
      status: 'blocked',
      blocked_by: { kind: 'dependency', task_ids: [task.id] },
    });
  });

  it('review → in_progress, same assignee, when changes are requested', async () => {
    await upTo('review');
    await kit.run(here.host, 'task.review', { task_id: task.id, verdict: 'approve' });
    const asked = { task_id: task.id, verdict: 'request_changes', comment: 'tests?' } as const;
    const { task: back } = await kit.run(here.host, 'task.review', asked);
    expect(back).toMatchObject({ status: 'in_progress', assignee: { id: here.pincer.id }, fence: 1 });
    expect(back.lease_expires_at).not.toBeNull();
    await kit.run(here.pincer, 'task.submit', ref());
    await expect(kit.run(here.host, 'task.complete', { task_id: task.id })).rejects.toMatchObject({
      reason: 'task.not_approved',
    });
  });

  it('review → in_progress when the pull request is closed unmerged', async () => {
    await upTo('review');
    await fact('pull_request_opened', { pullRequest: 7 });
    expect(await kit.task(here.member, task.id)).toMatchObject({ status: 'review', pull_request: 7 });
    await fact('pull_request_closed', { pullRequest: 7, comment: 'closed' });
    expect(await kit.task(here.member, task.id)).toMatchObject({ status: 'in_progress', pull_request: null });
  });

  it('review → complete when the pull request is merged', async () => {
    await upTo('review');
    await fact('pull_request_opened', { pullRequest: 7 });
    await expect(
      kit.run(here.host, 'task.review', { task_id: task.id, verdict: 'approve' }),
    ).rejects.toMatchObject({ reason: 'task.has_pull_request', details: { number: 7 } });
    await fact('approved', { pullRequest: 7, actor: actorOf(here.host) });
    await fact('merged', { pullRequest: 7, actor: actorOf(here.host) });
    expect(await kit.task(here.member, task.id)).toMatchObject({ status: 'complete', pull_request: 7 });
    expect((await changes()).slice(-2)).toEqual(['approved -> review', 'completed -> complete']);
  });

  it.each(['in_progress', 'review'] as const)(
    '%s → blocked by a conflict → back by the pull request',
    async (from) => {
      await upTo(from);
      await fact('conflict', { files: ['a.ts'] });
      expect(await kit.task(here.member, task.id)).toMatchObject({
        status: 'blocked',
        blocked_by: { kind: 'conflict', files: ['a.ts'] },
        lease_expires_at: null,
      });
      await fact('conflict_resolved');
      expect(await status()).toBe('in_progress');
      await fact('pull_request_opened', { pullRequest: 7 });
      expect(await status()).toBe('review');
      await fact('changes_requested', { pullRequest: 7 });
      expect(await status()).toBe('in_progress');
      await fact('conflict', { files: ['a.ts'], pullRequest: 7 });
      await fact('conflict_resolved', { pullRequest: 7 });
      expect(await kit.task(here.member, task.id)).toMatchObject({ status: 'review', blocked_by: null });
    },
  );

  it.each(['open', 'claimed', 'in_progress', 'review'] as const)(
    '%s → blocked and back by a dependency',
    async (from) => {
      if (from !== 'open') await upTo(from);
      const other = await kit.create(here.member, here.room);
      await kit.run(here.member, 'task.edit', { task_id: task.id, depends_on: [other.id] });
      expect(await status()).toBe('blocked');
      await kit.run(here.member, 'task.cancel', { task_id: other.id });
      expect(await kit.task(here.member, task.id)).toMatchObject({ status: from, blocked_by: null });
    },
  );

  it.each(['open', 'claimed', 'in_progress', 'review'] as const)(
    '%s → blocked and back by hand',
    async (from) => {
      if (from !== 'open') await upTo(from);
      await kit.run(here.member, 'task.block', { task_id: task.id, reason: 'no keys' });
      expect(await kit.task(here.member, task.id)).toMatchObject({
        status: 'blocked',
        blocked_by: { kind: 'manual', reason: 'no keys' },
      });
      await kit.run(here.host, 'task.unblock', { task_id: task.id });
      expect(await status()).toBe(from);
      await expect(kit.run(here.host, 'task.unblock', { task_id: task.id })).rejects.toMatchObject({
        reason: 'task.not_blocked',
      });
    },
  );

  it.each(['claimed', 'in_progress'] as const)(
    '%s → open by release, and by an expired lease',
    async (from) => {
      await upTo(from);
      await kit.run(here.pincer, 'task.release', { ...ref(), note: 'out of ideas' });
      expect(await kit.task(here.member, task.id)).toMatchObject({ status: 'open', note: 'out of ideas' });
      await kit.run(here.pincer, 'task.claim', { task_id: task.id });
      if (from === 'in_progress') await kit.run(here.pincer, 'task.start', { ...ref(), fence: 2 });
      await kit.log.database.query(
        `UPDATE task_claims SET lease_expires_at = now() - interval '1 second' WHERE task_id = $1 AND fence = 2`,
        [task.id],
      );
      await kit.bus.get(TaskJobs).expireLeases();
      expect(await kit.task(here.member, task.id)).toMatchObject({
        status: 'open',
        assignee: null,
        fence: 2,
      });
      expect((await changes()).filter((change) => change.endsWith('open'))).toEqual([
        'released -> open',
        'expired -> open',
      ]);
      expect((await kit.ownEvents(here.pincer, 'task.update')).at(-1)).toMatchObject({ change: 'expired' });
    },
  );

  it.each(['open', 'claimed', 'in_progress', 'review', 'blocked'] as const)(
    '%s → cancelled',
    async (from) => {
      if (from !== 'open' && from !== 'blocked') await upTo(from);
      if (from === 'blocked') await kit.run(here.member, 'task.block', { task_id: task.id, reason: 'x' });
      await kit.run(here.member, 'task.cancel', { task_id: task.id, reason: 'not needed' });
      expect(await kit.task(here.member, task.id)).toMatchObject({ status: 'cancelled', assignee: null });
      await expect(kit.run(here.member, 'task.cancel', { task_id: task.id })).rejects.toMatchObject({
        reason: 'task.illegal_step',
      });
    },
  );
});

describe('steps that the table does not have', () => {
  it('are refused and change nothing', async () => {
    const illegal = { code: 'CONFLICT', reason: 'task.illegal_step' };
    await upTo('claimed');
    await expect(kit.run(here.pincer, 'task.submit', ref())).rejects.toMatchObject(illegal);
    await kit.run(here.pincer, 'task.start', ref());
    await expect(kit.run(here.pincer, 'task.start', ref())).rejects.toMatchObject(illegal);
    await expect(kit.run(here.host, 'task.complete', { task_id: task.id })).rejects.toMatchObject({
      reason: 'task.not_in_review',
    });
    await expect(
      kit.run(here.host, 'task.review', { task_id: task.id, verdict: 'approve' }),
    ).rejects.toMatchObject({ reason: 'task.not_in_review' });
    await kit.run(here.pincer, 'task.submit', ref());
    await expect(kit.run(here.pincer, 'task.submit', ref())).rejects.toMatchObject(illegal);
    await expect(kit.run(here.pincer, 'task.release', ref())).rejects.toMatchObject(illegal);
    expect(await changes()).toHaveLength(3);
  });

  it('are late facts of git where git tells them', async () => {
    await kit.run(here.member, 'task.cancel', { task_id: task.id });
    const before = await kit.task(here.member, task.id);
    for (const what of [
      'pull_request_opened',
      'pull_request_closed',
      'merged',
      'approved',
      'changes_requested',
      'conflict',
      'conflict_resolved',
    ] as const)
      await fact(what, { pullRequest: 3 });
    expect(await kit.task(here.member, task.id)).toEqual(before);
  });

  it('facts of another pull request change nothing', async () => {
    await upTo('review');
    await fact('pull_request_opened', { pullRequest: 7 });
    await fact('merged', { pullRequest: 6 });
    expect(await status()).toBe('review');
  });
});

describe('a task with several reasons to wait', () => {
  it('goes on when the last one has gone, to where the table says', async () => {
    await upTo('review');
    await fact('pull_request_opened', { pullRequest: 7 });
    await fact('conflict', { files: ['a.ts'], pullRequest: 7 });
    await kit.run(here.member, 'task.block', { task_id: task.id, reason: 'x' });
    const other = await kit.create(here.member, here.room);
    await kit.run(here.member, 'task.edit', { task_id: task.id, depends_on: [other.id] });
    await fact('conflict_resolved', { pullRequest: 7 });
    expect(await status()).toBe('blocked');
    await kit.run(here.member, 'task.unblock', { task_id: task.id });
    expect(await status()).toBe('blocked');
    await fact('pull_request_closed', { pullRequest: 7 });
    await kit.run(here.member, 'task.edit', { task_id: task.id, depends_on: [] });
    expect(await status()).toBe('in_progress');
  });

  it('is done when it is merged all the same', async () => {
    await upTo('in_progress');
    await fact('pull_request_opened', { pullRequest: 7 });
    await kit.run(here.member, 'task.block', { task_id: task.id, reason: 'x' });
    await fact('merged', { pullRequest: 7 });
    expect(await kit.task(here.member, task.id)).toMatchObject({ status: 'complete', blocked_by: null });
  });
});

describe('reviewing', () => {
  it('is not for the author, the person behind, or their other agents', async () => {
    const cousin = await kit.anAgentIn(here.room, here.member);
    await upTo('review');
    for (const [own, reason] of [
      [here.pincer, 'review.own_work'],
      [here.member, 'review.owners_work'],
      [cousin, 'review.owners_work'],
    ] as const)
      await expect(
        kit.run(own, 'task.review', { task_id: task.id, verdict: 'approve' }),
      ).rejects.toMatchObject({ code: 'FORBIDDEN', reason });
    await kit.run(here.clawdia, 'task.review', { task_id: task.id, verdict: 'approve' });
  });

  it('is over with the claim that was reviewed', async () => {
    await upTo('review');
    await kit.run(here.host, 'task.review', { task_id: task.id, verdict: 'approve' });
    await kit.run(here.host, 'task.review', { task_id: task.id, verdict: 'request_changes' });
    await kit.run(here.pincer, 'task.release', ref());
    await kit.run(here.clawdia, 'task.claim', { task_id: task.id });
    await kit.run(here.clawdia, 'task.start', { ...ref(), fence: 2 });
    await kit.run(here.clawdia, 'task.submit', { ...ref(), fence: 2 });
    await expect(kit.run(here.member, 'task.complete', { task_id: task.id })).rejects.toMatchObject({
      reason: 'task.not_approved',
    });
  });
});

describe('a pull request', () => {
  it('hands the work in by itself; submitting then only adds the summary', async () => {
    await upTo('in_progress');
    await fact('pull_request_opened', { pullRequest: 7, actor: actorOf(here.pincer) });
    expect(await status()).toBe('review');
    const { task: submitted } = await kit.run(here.pincer, 'task.submit', { ...ref(), summary: 'A footer.' });
    expect(submitted).toMatchObject({ status: 'review', summary: 'A footer.', pull_request: 7 });
  });
});

describe('a room that is over', () => {
  it.each(['completed', 'archived'])('leaves its tasks as they are: %s', async (state) => {
    await kit.log.database.query('UPDATE rooms SET state = $2 WHERE id = $1', [here.room.id, state]);
    const closed = { code: 'CONFLICT', reason: 'task.room_closed' };
    await expect(kit.create(here.member, here.room)).rejects.toMatchObject(closed);
    await expect(kit.run(here.member, 'task.cancel', { task_id: task.id })).rejects.toMatchObject(closed);
  });
});
