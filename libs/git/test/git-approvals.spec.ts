import type { ApprovalView } from '@clawtank/contracts';
import type { Caller } from '@clawtank/commands';
import { GitRoom, type Held } from './git-room.js';

let room: GitRoom;
beforeAll(async () => {
  room = await GitRoom.open();
});
afterAll(() => room.close());

async function openRoom(settings: object): Promise<void> {
  await room.create({ settings });
  await room.gather();
}

const pending = async (): Promise<ApprovalView> => {
  const { items } = await room.ask<{ items: ApprovalView[] }>('approvals.list', room.ada, {
    room_id: room.id,
  });
  const [open, ...others] = items.filter(({ state }) => state === 'pending');
  expect(others).toEqual([]);
  if (!open) throw new Error('nothing was asked for');
  return open;
};
const resolve = (by: Caller, { approval_id }: ApprovalView, verdict = 'granted') =>
  room.run('approval.resolve', by, { approval_id, verdict });
const reasonOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: { reason?: string }) => error.reason ?? 'failed',
  );
const commit = (held: Held, content: string) =>
  room.run('git.commit', held.agent, {
    room_id: room.id,
    task_id: held.task.id,
    fence: held.fence,
    branch: held.branch,
    message: 'Say hello',
    changes: [{ path: 'hello.txt', content }],
  });
const clockOf = async ({ task }: Held): Promise<string | null> =>
  (await room.ask<{ task: { lease_expires_at: string | null } }>('tasks.get', room.ada, { task_id: task.id }))
    .task.lease_expires_at;

/** The owner of pincer is ada, the host; scuttle's is ben. */
async function claimed(agent: Caller): Promise<Held> {
  const task = await room.task('Say hello');
  expect(await reasonOf(room.claim(agent, task))).toBe('approval.needed');
  await resolve(room.ada, await pending());
  return room.claim(agent, task);
}

describe('an agent of low autonomy', () => {
  beforeEach(() => openRoom({ autonomy: 'low' }));

  it('asks for each commit, whose exact content was granted', async () => {
    const held = await claimed(room.scuttle);
    expect(await reasonOf(commit(held, 'hello'))).toBe('approval.needed');
    expect(await clockOf(held)).toBeNull();
    expect(await reasonOf(commit(held, 'hello'))).toBe('approval.needed');
    const asked = await pending();
    expect(asked).toMatchObject({
      kind: 'commit',
      agent_id: room.scuttle.id,
      detail: expect.stringContaining('hello.txt'),
    });
    await resolve(room.ben, asked);
    expect(await clockOf(held)).not.toBeNull();
    expect(await reasonOf(commit(held, 'something else'))).toBe('approval.needed');
    await resolve(room.ben, await pending(), 'refused');
    expect(await reasonOf(commit(held, 'something else'))).toBe('approval.refused');
    expect(await reasonOf(commit(held, 'third'))).toBe('approval.needed');
    await resolve(room.ben, await pending());
    expect(await reasonOf(commit(held, 'third'))).toBe('done');
  });

  it('asks for a push of exactly these commits', async () => {
    const held = await claimed(room.scuttle);
    const work = await room.clone(held);
    await work.commit({ 'a.txt': 'a' }, 'Add a');
    const refused = await work.git('push', '--quiet', 'origin', 'HEAD');
    expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('needs an approval') });
    const asked = await pending();
    expect(asked.subject).toBe(await work.must('rev-parse', 'HEAD'));
    await resolve(room.ben, asked);
    await work.must('push', '--quiet', 'origin', 'HEAD');
  });

  it('asks for its pull request and its merge, bound to the head', async () => {
    const held = await claimed(room.scuttle);
    expect(await reasonOf(commit(held, 'hello'))).toBe('approval.needed');
    await resolve(room.ben, await pending());
    await commit(held, 'hello');
    expect(await reasonOf(room.openPullRequest(held))).toBe('approval.needed');
    const asked = await pending();
    expect(asked.kind).toBe('pull_request');
    await resolve(room.ben, asked);
    const number = await room.openPullRequest(held);
    const ref = { room_id: room.id, number };
    await room.run('git.review', room.ada, { ...ref, verdict: 'approve' });
    expect(await reasonOf(room.run('git.merge', room.scuttle, ref))).toBe('approval.needed');
    const merge = await pending();
    expect(merge).toMatchObject({ kind: 'merge' });
    expect(await reasonOf(resolve(room.ben, merge))).toBe('review.owners_work');
    await resolve(room.ada, merge);
    expect(await reasonOf(room.run('git.merge', room.scuttle, ref))).toBe('done');
  });

  it('loses what was granted when the head moves', async () => {
    await room.run('agent.set_autonomy', room.ben, {
      room_id: room.id,
      agent_id: room.scuttle.id,
      autonomy: 'low',
    });
    await room.run('room.update', room.ada, { room_id: room.id, settings: { autonomy: 'medium' } });
    const held = await claimed(room.scuttle);
    await room.run('agent.set_autonomy', room.ben, {
      room_id: room.id,
      agent_id: room.scuttle.id,
      autonomy: null,
    });
    await commit(held, 'hello');
    const number = await room.openPullRequest(held);
    const ref = { room_id: room.id, number };
    expect(await reasonOf(room.run('git.merge', room.scuttle, ref))).toBe('approval.needed');
    const first = await pending();
    await resolve(room.ada, first);
    await commit(held, 'hello again');
    const { items } = await room.ask<{ items: ApprovalView[] }>('approvals.list', room.ada, {
      room_id: room.id,
    });
    expect(items.find(({ approval_id }) => approval_id === first.approval_id)?.state).toBe('lapsed');
    await room.run('git.review', room.ada, { ...ref, verdict: 'approve' });
    expect(await reasonOf(room.run('git.merge', room.scuttle, ref))).toBe('approval.needed');
    expect((await pending()).subject).not.toBe(first.subject);
  });
});

describe('an agent of high autonomy', () => {
  it('merges what was approved by itself', async () => {
    await openRoom({ autonomy: 'high' });
    const held = await room.work(room.scuttle, 'Say hello');
    await commit(held, 'hello');
    const number = await room.openPullRequest(held);
    const ref = { room_id: room.id, number };
    expect(await reasonOf(room.run('git.merge', room.scuttle, ref))).toBe('git.not_approved');
    await room.run('git.review', room.ada, { ...ref, verdict: 'approve' });
    expect(await reasonOf(room.run('git.merge', room.scuttle, ref))).toBe('done');
  });
});

describe('reviewing', () => {
  it("is for others than the agent's owner while others are there", async () => {
    await openRoom({});
    const held = await room.work(room.pincer, 'Say hello');
    await commit(held, 'hello');
    const ref = { room_id: room.id, number: await room.openPullRequest(held) };
    const approve = (by: Caller) => reasonOf(room.run('git.review', by, { ...ref, verdict: 'approve' }));
    expect(await approve(room.pincer)).toBe('git.own_work');
    expect(await approve(room.ada)).toBe('review.owners_work');
    await room.run('member.remove', room.ada, { room_id: room.id, user_id: room.ben.id });
    expect(await approve(room.ada)).toBe('done');
    expect(await reasonOf(room.run('git.merge', room.ada, ref))).toBe('done');
  });
});
