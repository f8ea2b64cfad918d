import type { TaskView } from '@clawtank/contracts';
import { GitRoom, type Held } from './git-room.js';

const LINES = 'one\ntwo\nthree\n';

describe('conflicts', () => {
  let room: GitRoom;
  let left: Held;
  let right: Held;
  beforeAll(async () => {
    room = await GitRoom.open();
  });
  afterAll(() => room.close());
  beforeEach(async () => {
    await room.create();
    await room.gather();
    const seed = await room.work(room.pincer, 'Seed');
    await room.push(seed, { 'shared.txt': LINES, 'dir/other.txt': LINES });
    await room.approveAndMerge(await room.openPullRequest(seed));
    left = await room.work(room.pincer, 'Left');
    right = await room.work(room.scuttle, 'Right');
  });

  const states = async () =>
    (await room.eventsOf('git.conflict')).map(({ state, files }) => `${state} ${files.join(',')}`);
  const roomMoves = async () => (await room.eventsOf('room.state_changed')).map(({ to }) => to).slice(-4);

  it('are predicted before any pull request, detected, block, and are resolved by a push', async () => {
    await room.push(left, { 'shared.txt': 'one\nLEFT\nthree\n' });
    const mine = await room.push(right, { 'shared.txt': 'one\nRIGHT\nthree\n', 'dir/own.txt': 'x\n' });
    expect(await states()).toEqual(['predicted shared.txt']);
    expect((await room.eventsOf('git.conflict'))[0]).toMatchObject({
      branches: [left.branch, right.branch].sort(),
      task_ids: expect.arrayContaining([left.task.id, right.task.id]),
    });
    expect((await room.snapshot()).room.state).toBe('collaborating');

    const [first, second] = [await room.openPullRequest(left), await room.openPullRequest(right)];
    expect(await states()).toEqual(['predicted shared.txt']);
    await room.approveAndMerge(first);
    expect(await states()).toEqual(['predicted shared.txt', 'detected shared.txt']);
    const [predicted, detected] = await room.eventsOf('git.conflict');
    expect(detected).toMatchObject({
      conflict_id: predicted?.conflict_id,
      branches: [right.branch, 'main'].sort(),
      task_ids: [right.task.id],
    });
    expect(await room.taskStatus(right.task)).toBe('blocked');
    const during = await room.snapshot();
    expect(during.room.state).toBe('merge_conflict');
    expect(during.conflicts).toMatchObject([{ state: 'detected', files: ['shared.txt'] }]);
    expect(during.pull_requests.find(({ number }) => number === second)).toMatchObject({
      mergeable: 'conflict',
      conflict_files: ['shared.txt'],
    });
    await expect(room.approveAndMerge(second)).rejects.toMatchObject({ reason: 'git.merge_conflict' });

    await mine.must('fetch', '--quiet', 'origin');
    const merge = await mine.git('merge', 'origin/main');
    expect(merge.exitCode).not.toBe(0);
    expect(await mine.must('diff', '--name-only', '--diff-filter=U')).toBe('shared.txt');
    await mine.commit({ 'shared.txt': 'one\nLEFT and RIGHT\nthree\n' }, 'Resolve');
    await mine.must('push', '--quiet', 'origin', 'HEAD');

    expect(await states()).toEqual(['predicted shared.txt', 'detected shared.txt', 'resolved shared.txt']);
    expect((await room.eventsOf('git.conflict')).at(-1)).toMatchObject({
      resolved_by: { kind: 'agent', id: room.scuttle.id },
    });
    expect(await room.taskStatus(right.task)).toBe('review');
    expect(await roomMoves()).toEqual(expect.arrayContaining(['merge_conflict', 'collaborating']));
    const after = await room.snapshot();
    expect([after.room.state, after.conflicts]).toEqual(['collaborating', []]);
    await room.approveAndMerge(second);
    const fresh = await room.sandbox.clone(
      room.url({ username: 'ada', password: await room.token(room.ada) }),
    );
    expect(await fresh.must('show', 'HEAD:shared.txt')).toBe('one\nLEFT and RIGHT\nthree');
    expect((await room.snapshot()).conflicts).toEqual([]);
  });

  const resolutionTask = async (): Promise<TaskView> => {
    const id = (await room.eventsOf('git.conflict')).at(-1)?.resolution_task_id;
    const found = (await room.snapshot()).tasks.find((task) => task.id === id);
    if (!found) throw new Error('no resolution task');
    return found;
  };

  /** Left is merged, right waits in a pull request that no longer merges. */
  const collide = async (): Promise<number> => {
    await room.push(left, { 'shared.txt': 'one\nLEFT\nthree\n' });
    await room.push(right, { 'shared.txt': 'one\nRIGHT\nthree\n' });
    const [first, second] = [await room.openPullRequest(left), await room.openPullRequest(right)];
    await room.approveAndMerge(first);
    return second;
  };

  it('have a task that goes to whoever holds the branch, and ends when the branches merge', async () => {
    await collide();
    const task = await resolutionTask();
    expect(task).toMatchObject({
      status: 'open',
      priority: 'high',
      paths: ['shared.txt'],
      branch: right.branch,
    });
    expect(task.title).toBe(`Resolve the conflict of ${right.task.key} with main in shared.txt`);
    expect(task.description).toContain('Best placed: scuttle, who holds the branch that no longer merges');
    const mine = await room.sandbox.clone(room.url(right.git_credential));
    await mine.must('switch', '--quiet', right.branch);
    await mine.git('merge', 'origin/main');
    await mine.commit({ 'shared.txt': 'one\nBOTH\nthree\n' }, 'Resolve');
    await mine.must('push', '--quiet', 'origin', 'HEAD');
    const after = (await room.snapshot()).tasks.find(({ id }) => id === task.id);
    expect(after).toMatchObject({ status: 'cancelled', note: 'The branches merge cleanly now.' });
    expect((await room.snapshot()).room.state).toBe('collaborating');
  });

  it('are settled by somebody else on a branch of its own, which brings the work with it', async () => {
    const blocked = await collide();
    const task = await room.claim(room.pincer, await resolutionTask());
    expect(task.base_branch).toBe(right.branch);
    const work = await room.clone(task);
    await work.git('merge', 'origin/main');
    await work.commit({ 'shared.txt': 'one\nBOTH\nthree\n' }, 'Resolve');
    await work.must('push', '--quiet', 'origin', 'HEAD');
    expect((await room.snapshot()).room.state).toBe('merge_conflict');
    await room.approveAndMerge(await room.openPullRequest(task));
    expect((await room.eventsOf('git.conflict')).at(-1)).toMatchObject({
      state: 'resolved',
      resolution_task_id: task.task.id,
      resolved_by: { kind: 'agent', id: room.pincer.id },
    });
    expect(await room.taskStatus(task.task)).toBe('complete');
    const { pull_requests: pulls, room: after, conflicts } = await room.snapshot();
    expect([after.state, conflicts]).toEqual(['collaborating', []]);
    expect(pulls.find(({ number }) => number === blocked)).toMatchObject({
      state: 'merged',
      merged_sha: after.repository.head_sha,
    });
    expect(await room.taskStatus(right.task)).toBe('complete');
    const merges = (await room.eventsOf('git.pull_request')).filter(({ action }) => action === 'merged');
    expect(
      merges
        .map(({ number }) => number)
        .slice(-2)
        .sort(),
    ).toEqual([blocked, blocked + 1]);
  });

  it('complete the task of whoever held it and pushed', async () => {
    await collide();
    const task = await room.claim(room.scuttle, await resolutionTask());
    const mine = await room.sandbox.clone(room.url(right.git_credential));
    await mine.must('switch', '--quiet', right.branch);
    await mine.git('merge', 'origin/main');
    await mine.commit({ 'shared.txt': 'one\nBOTH\nthree\n' }, 'Resolve');
    await mine.must('push', '--quiet', 'origin', 'HEAD');
    expect(await room.taskStatus(task.task)).toBe('complete');
  });

  it('are predicted with main as well, and detected when the pull request is opened', async () => {
    await room.push(right, { 'shared.txt': 'one\nRIGHT\nthree\n' });
    await room.push(left, { 'shared.txt': 'one\nLEFT\nthree\n' });
    await room.approveAndMerge(await room.openPullRequest(left));
    expect(await states()).toEqual(['predicted shared.txt', 'predicted shared.txt']);
    expect((await room.eventsOf('git.conflict')).at(-1)).toMatchObject({
      branches: [right.branch, 'main'].sort(),
    });
    expect(await room.taskStatus(right.task)).toBe('in_progress');
    const number = await room.openPullRequest(right);
    expect((await states()).at(-1)).toBe('detected shared.txt');
    const task = await resolutionTask();
    expect(await room.taskStatus(right.task)).toBe('blocked');
    await room.run('git.close', room.ada, { room_id: room.id, number });
    await room.settle();
    expect((await states()).at(-1)).toBe('predicted shared.txt');
    expect(await room.taskStatus(task)).toBe('cancelled');
    expect((await room.snapshot()).room.state).toBe('collaborating');
  });

  it("vanish when one side gives up, and by nobody's merit", async () => {
    await room.push(left, { 'shared.txt': 'one\nLEFT\nthree\n' });
    await room.push(right, { 'shared.txt': 'one\nRIGHT\nthree\n' });
    await room.run('task.release', room.scuttle, { task_id: right.task.id, fence: right.fence });
    await room.settle();
    expect(await states()).toEqual(['predicted shared.txt', 'resolved shared.txt']);
    expect((await room.eventsOf('git.conflict')).at(-1)).toMatchObject({ resolved_by: null });
  });

  it('are not seen where there are none', async () => {
    await room.push(left, { 'shared.txt': 'ONE\ntwo\nthree\n', l: '1' });
    await room.push(right, { 'dir/other.txt': 'ONE\ntwo\nthree\n', r: '1' });
    expect(await states()).toEqual([]);
    expect((await room.snapshot()).branches.find(({ name }) => name === right.branch)).toMatchObject({
      ahead: 1,
      behind: 0,
    });
  });
});
