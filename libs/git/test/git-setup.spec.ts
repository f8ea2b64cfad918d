import { GitRoomFinisher } from '../src/application/finish-room.js';
import { GitRoom } from './git-room.js';

describe('setting a repository up and closing it', () => {
  let room: GitRoom;
  beforeAll(async () => {
    room = await GitRoom.open();
  });
  afterAll(() => room.close());

  it('waits for the first push, takes over its branches and its default one, and lets nobody push so again', async () => {
    const { git_credential: credential } = await room.create({
      repository: { host: 'local', source: 'push' },
    });
    if (!credential) throw new Error('no credential');
    expect((await room.snapshot()).room.state).toBe('initializing');
    const source = await room.sandbox.repository({ empty: true });
    const work = await room.sandbox.clone(source.path);
    await work.commit({ 'a.txt': '1' }, 'First');
    const head = await work.commit({ 'a.txt': '2' }, 'Second');
    await work.must('branch', '-m', 'trunk');
    await work.must('branch', 'another');
    await work.must('tag', 'v1');
    const refused = await work.git('push', room.url(credential), 'HEAD:refs/heads/clawtank/T-1/1');
    expect(refused.stderr).toContain('kept for the branches of claims');
    await work.must('push', '--quiet', room.url(credential), 'trunk', 'another', 'v1');

    const { room: view, branches } = await room.snapshot();
    expect(view).toMatchObject({
      state: 'waiting_for_members',
      repository: { default_branch: 'trunk', head_sha: head },
    });
    expect(branches.map(({ name }) => name).sort()).toEqual(['another', 'trunk']);
    expect(await room.eventsOf('git.commit')).toEqual([]);
    expect(await room.eventsOf('git.branch')).toMatchObject([
      { branch: 'trunk', action: 'created', sha: head },
    ]);
    const commits = await room.ask<{ items: object[] }>('repository.commits', room.ada, {
      room_id: room.id,
    });
    expect(commits.items).toMatchObject([{ message: 'Second\n', agent_id: null }, { message: 'First\n' }]);
    expect((await work.git('push', room.url(credential), 'HEAD:refs/heads/late')).exitCode).not.toBe(0);
  });

  it('is set up at once when the first push comes before the set-up', async () => {
    const reply = await room.run<{
      room: { id: string; slug: string };
      git_credential: { username: string; password: string };
    }>('room.create', room.ada, {
      name: 'Fast',
      visibility: 'private',
      repository: { host: 'local', source: 'push' },
    });
    [room.id, room.slug] = [reply.room.id, reply.room.slug];
    const source = await room.sandbox.repository();
    const work = await room.sandbox.clone(source.path);
    await work.must('push', '--quiet', room.url(reply.git_credential), 'main');
    expect((await room.snapshot()).room.state).toBe('waiting_for_members');
  });

  it.each([
    'file:///etc',
    'http://example.test/x.git',
    'https://127.0.0.1/x.git',
    'https://[::1]/x.git',
    'https://u:p@example.test/x.git',
  ])('imports nothing from %s and makes no room', async (url) => {
    const before = await room.log.database.query('SELECT 1 FROM rooms');
    await expect(room.create({ repository: { host: 'local', source: 'import', url } })).rejects.toMatchObject(
      { code: 'VALIDATION_FAILED' },
    );
    expect(await room.log.database.query('SELECT 1 FROM rooms')).toHaveLength(before.length);
  });

  it('says what went wrong, and tries again when asked', async () => {
    const { ada } = room;
    await room.create();
    await room.run('room.delete', ada, { room_id: room.id });
    const reply = await room.run<{ room: { id: string; slug: string } }>('room.create', ada, {
      name: 'Broken',
      visibility: 'private',
      repository: { host: 'local' },
    });
    [room.id, room.slug] = [reply.room.id, reply.room.slug];
    const forge = 'UPDATE room_repository_requests SET source = $2, url = $3 WHERE room_id = $1';
    await room.log.database.query(forge, [room.id, 'import', 'https://127.0.0.1/x.git']);
    await room.settle();
    const { room: view } = await room.snapshot();
    expect(view).toMatchObject({
      state: 'initializing',
      setup_error: expect.stringContaining('public internet'),
    });
    await room.log.database.query(forge, [room.id, 'empty', null]);
    await room.run('room.retry_setup', ada, { room_id: room.id });
    await room.settle();
    expect((await room.snapshot()).room).toMatchObject({ state: 'waiting_for_members', setup_error: null });
  });

  it('merges what is approved and tags main at the end, once', async () => {
    await room.create();
    await room.gather();
    const [one, two] = [
      await room.work(room.pincer, 'Approved'),
      await room.work(room.scuttle, 'Not approved'),
    ];
    await room.push(one, { one: '1' });
    await room.push(two, { two: '2' });
    const number = await room.openPullRequest(one);
    await room.openPullRequest(two);
    await room.run('git.review', room.ada, { room_id: room.id, number, verdict: 'approve' });
    const finisher = room.bus.get(GitRoomFinisher);
    await finisher.mergeApproved(room.id);
    const states = (await room.snapshot()).pull_requests.map(({ state }) => state).sort();
    expect(states).toEqual(['merged', 'open']);
    const first = await finisher.finish(room.id);
    expect(await finisher.finish(room.id)).toEqual(first);
    expect(await room.eventsOf('git.tag')).toEqual([{ tag: 'clawtank/completed', sha: first.tagSha }]);
  });
});
