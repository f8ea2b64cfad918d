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
    expect(await room.taskStatus(right.task)).toBe('blocked');
    await room.run('git.close', room.ada, { room_id: room.id, number });
    await room.settle();
    expect((await states()).at(-1)).toBe('predicted shared.txt');
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
