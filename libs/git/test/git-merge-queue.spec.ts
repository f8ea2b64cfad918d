import { actorOf } from '@clawtank/commands';
import type { MergeReply } from '@clawtank/contracts';
import { Merging } from '../src/application/merging.js';
import { Unfinished } from '../src/application/unfinished.js';
import { GitRoom, type Held } from './git-room.js';

describe('the merge queue', () => {
  let room: GitRoom;
  let work: Held[];
  beforeAll(async () => {
    room = await GitRoom.open();
  });
  afterAll(() => room.close());
  beforeEach(async () => {
    await room.create();
    await room.gather();
    work = [];
  });

  /** An approved pull request with these files. */
  const approved = async (files: Record<string, string>, agent = room.pincer): Promise<number> => {
    const held = await room.work(agent, `Work ${String(work.length + 1)}`);
    await room.push(held, files);
    const number = await room.openPullRequest(held);
    await room.run('git.review', room.ben, { room_id: room.id, number, verdict: 'approve' });
    work.push(held);
    return number;
  };
  const merge = (number: number): Promise<MergeReply> =>
    room.run<MergeReply>('git.merge', room.ada, { room_id: room.id, number });
  /** A process has begun this merge and was killed. */
  const beginAndDie = (number: number) =>
    room.log.work.run(async (tx) => {
      await tx.lockRoom(room.id);
      await room.bus.get(Merging).begin(tx, room.id, number, actorOf(room.ada));
    });
  const anotherProcessGoesOn = async () => {
    await room.bus.get(Unfinished).finishStale(0);
    await room.settle();
  };
  const told = async () =>
    (await room.eventsOf('git.pull_request'))
      .filter(({ action }) => ['queued', 'dequeued', 'merged'].includes(action))
      .map(
        ({ action, number, position }) =>
          `${action} ${String(number)}${position ? ` at ${String(position)}` : ''}`,
      );
  const places = async () => {
    const pulls = (await room.snapshot()).pull_requests.filter(({ state }) => state === 'open');
    return Object.fromEntries(pulls.map(({ number, queue_position: place }) => [number, place]));
  };

  it('merges at once when nothing is ahead', async () => {
    const number = await approved({ a: '1\n' });
    expect(await merge(number)).toMatchObject({
      number,
      queued: false,
      position: null,
      sha: expect.any(String),
    });
    expect(await told()).toEqual(['merged 1']);
  });

  it('lets merges wait in order, survives the process, and merges each once', async () => {
    for (const name of ['a', 'b', 'c']) await approved({ [name]: '1\n' });
    await beginAndDie(1);
    expect(await merge(2)).toMatchObject({ number: 2, sha: null, queued: true, position: 1 });
    expect(await merge(3)).toMatchObject({ queued: true, position: 2 });
    expect(await merge(3)).toMatchObject({ queued: true, position: 2 });
    expect(await places()).toEqual({ 1: null, 2: 1, 3: 2 });
    await room.settle();
    expect(await told()).toEqual(['queued 2 at 1', 'queued 3 at 2']);
    await anotherProcessGoesOn();
    expect(await told()).toEqual(['queued 2 at 1', 'queued 3 at 2', 'merged 1', 'merged 2', 'merged 3']);
    for (const { task } of work) expect(await room.taskStatus(task)).toBe('complete');
    const clone = await room.sandbox.clone(
      room.url({ username: 'ada', password: await room.token(room.ada) }),
    );
    expect((await clone.must('ls-tree', '--name-only', 'HEAD')).split('\n')).toEqual(
      expect.arrayContaining(['a', 'b', 'c']),
    );
  });

  it('looks at each again on the new main, and names the files that no longer merge', async () => {
    await approved({ 'shared.txt': 'one\n' });
    await approved({ 'shared.txt': 'two\n' }, room.scuttle);
    await approved({ free: '1\n' });
    await beginAndDie(1);
    await merge(2);
    await merge(3);
    await anotherProcessGoesOn();
    expect(await told()).toEqual(['queued 2 at 1', 'queued 3 at 2', 'merged 1', 'dequeued 2', 'merged 3']);
    expect(
      (await room.eventsOf('git.pull_request')).find(({ action }) => action === 'dequeued'),
    ).toMatchObject({
      files: ['shared.txt'],
      reason: 'The branches conflict in shared.txt.',
    });
    const status = await room.taskStatus(
      work[1]?.task ??
        (() => {
          throw new Error('no task');
        })(),
    );
    expect(status).toBe('blocked');
    expect((await room.snapshot()).conflicts).toMatchObject([{ state: 'detected', files: ['shared.txt'] }]);
  });

  it('puts out what a push has moved, whose approval has lapsed, and hands it back', async () => {
    await approved({ a: '1\n' });
    await approved({ b: '1\n' });
    await beginAndDie(1);
    await merge(2);
    const [, second] = work;
    if (!second) throw new Error('no second');
    const clone = await room.sandbox.clone(room.url(second.git_credential));
    await clone.must('switch', '--quiet', second.branch);
    await clone.commit({ b: '2\n' }, 'More');
    await clone.must('push', '--quiet', 'origin', 'HEAD');
    expect(await room.taskStatus(second.task)).toBe('in_progress');
    await anotherProcessGoesOn();
    expect(await told()).toEqual(['queued 2 at 1', 'dequeued 2', 'merged 1']);
    await expect(merge(2)).rejects.toMatchObject({ reason: 'git.not_approved' });
  });

  it('puts out what a check has failed meanwhile, and hands it back with the reason', async () => {
    await approved({ a: '1\n' });
    await approved({ b: '1\n' });
    await beginAndDie(1);
    await merge(2);
    const sha = (await room.snapshot()).pull_requests.find(({ number }) => number === 2)?.head_sha;
    await room.run('git.check', room.ben, { room_id: room.id, sha, context: 'lint', state: 'failure' });
    await anotherProcessGoesOn();
    expect(await told()).toEqual(['queued 2 at 1', 'merged 1', 'dequeued 2']);
    expect((await room.eventsOf('task.update')).at(-1)).toMatchObject({
      key: work[1]?.task.key,
      change: 'changes_requested',
      status: 'in_progress',
      comment: expect.stringContaining('failed checks: lint'),
    });
  });

  it('puts out what somebody asks changes for, and what is closed', async () => {
    for (const name of ['a', 'b', 'c']) await approved({ [name]: '1\n' });
    await beginAndDie(1);
    await merge(2);
    await merge(3);
    const review = { room_id: room.id, number: 2, verdict: 'request_changes', body: 'Not yet' };
    await room.run('git.review', room.ada, review);
    await room.run('git.close', room.ada, { room_id: room.id, number: 3 });
    expect(await places()).toEqual({ 1: null, 2: null });
    await anotherProcessGoesOn();
    expect((await told()).filter((one) => one.startsWith('merged'))).toEqual(['merged 1']);
  });

  it('lets the host and the holder withdraw what waits, nobody else, and not what is being merged', async () => {
    for (const name of ['a', 'b', 'c']) await approved({ [name]: '1\n' });
    await beginAndDie(1);
    await merge(2);
    await merge(3);
    const withdraw = (number: number, who = room.ada) =>
      room.run('git.merge', who, { room_id: room.id, number, withdraw: true });
    await expect(withdraw(2, room.scuttle)).rejects.toMatchObject({ reason: 'git.not_yours_to_withdraw' });
    await expect(withdraw(1)).rejects.toMatchObject({ reason: 'git.not_queued' });
    expect(await withdraw(2, room.pincer)).toMatchObject({ number: 2, queued: false, position: null });
    await withdraw(3);
    await expect(withdraw(3)).rejects.toMatchObject({ reason: 'git.not_queued' });
    expect((await room.events()).filter(({ type }) => type === 'git.pull_request').slice(-2)).toMatchObject([
      { actor: { id: room.pincer.id }, data: { action: 'dequeued', number: 2 } },
      { actor: { id: room.ada.id }, data: { action: 'dequeued', number: 3, reason: 'ada withdrew it.' } },
    ]);
    const [, second] = work;
    expect(second && (await room.taskStatus(second.task))).toBe('in_progress');
    await anotherProcessGoesOn();
    expect((await told()).filter((one) => one.startsWith('merged'))).toEqual(['merged 1']);
  });

  it('waits while the room is on hold', async () => {
    await approved({ a: '1\n' });
    await approved({ b: '1\n' });
    await beginAndDie(1);
    await merge(2);
    await room.run('room.hold', room.ada, { room_id: room.id, hold: true });
    await anotherProcessGoesOn();
    expect(await places()).toEqual({ 2: 1 });
    await room.run('room.hold', room.ada, { room_id: room.id, hold: false });
    await room.settle();
    expect((await told()).at(-1)).toBe('merged 2');
  });

  it('is a setting of the room', async () => {
    await approved({ a: '1\n' });
    await approved({ b: '1\n' });
    await room.run('room.update', room.ada, { room_id: room.id, settings: { merge_queue: false } });
    await beginAndDie(1);
    expect(await merge(2)).toMatchObject({ queued: false });
  });

  it('merges all of many that are asked for at once, one at a time', async () => {
    const numbers: number[] = [];
    for (const name of ['a', 'b', 'c', 'd']) numbers.push(await approved({ [name]: '1\n' }));
    const replies = await Promise.all(numbers.map(merge));
    expect(replies.filter(({ queued }) => !queued).length).toBeGreaterThan(0);
    await room.settle();
    const merged = (await told()).filter((one) => one.startsWith('merged'));
    expect(merged.sort()).toEqual(numbers.map((number) => `merged ${String(number)}`));
    const { repository } = (await room.snapshot()).room;
    expect(repository.head_sha).toEqual(expect.any(String));
  });
});
