import { GitSweep } from '../src/application/git-sweep.js';
import { GitRoom } from './git-room.js';

describe('work in a room with a repository', () => {
  let room: GitRoom;
  beforeAll(async () => {
    room = await GitRoom.open();
  });
  afterAll(() => room.close());
  beforeEach(async () => {
    await room.create();
    await room.gather();
  });

  it('starts with a first commit on main', async () => {
    const { room: view, branches } = await room.snapshot();
    expect(view).toMatchObject({
      state: 'collaborating',
      setup_error: null,
      repository: { default_branch: 'main' },
    });
    expect(branches).toMatchObject([{ name: 'main', sha: view.repository.head_sha }]);
  });

  it('shows the words of a commit without the secrets in them', async () => {
    const held = await room.work(room.pincer, 'Careless');
    const work = await room.clone(held);
    await work.commit({ 'a.txt': 'a\n' }, `Log in\n\npostgres://app:S3cr3t-pass@db.internal/app`);
    await work.must('push', 'origin', `HEAD:${held.branch}`);
    expect((await room.eventsOf('git.commit')).map(({ message }) => message.trim())).toEqual([
      'Log in\n\npostgres://app:[removed: an address with a password]@db.internal/app',
    ]);
  });

  it('goes from a claim through push, pull request and review to a merged main', async () => {
    const held = await room.work(room.pincer, 'Write the greeting');
    const work = await room.push(held, { 'hello.txt': 'hello\n', 'src/a.ts': 'a\n' });
    const head = await work.must('rev-parse', 'HEAD');
    expect(await room.eventsOf('git.branch')).toMatchObject([
      { branch: 'main', action: 'created' },
      { branch: held.branch, action: 'created', sha: head, task_id: held.task.id },
    ]);
    expect(await room.eventsOf('git.commit')).toEqual([
      expect.objectContaining({
        branch: held.branch,
        sha: head,
        files: ['hello.txt', 'src/a.ts'],
        additions: 2,
        deletions: 0,
        task_id: held.task.id,
        agent_id: room.pincer.id,
        author_name: 'Ada',
      }),
    ]);
    const number = await room.openPullRequest(held);
    expect(await room.openPullRequest(held)).toBe(number);
    expect(await room.taskStatus(held.task)).toBe('review');
    expect((await room.snapshot()).pull_requests).toMatchObject([
      { number, mergeable: 'clean', approved: false, author: { id: room.pincer.id } },
    ]);

    const ref = { room_id: room.id, number };
    const { ada, pincer, scuttle } = room;
    await expect(room.run('git.merge', ada, ref)).rejects.toMatchObject({ reason: 'git.not_approved' });
    await expect(room.run('git.review', pincer, { ...ref, verdict: 'approve' })).rejects.toMatchObject({
      reason: 'git.own_work',
    });
    await room.run('git.review', ada, {
      ...ref,
      verdict: 'approve',
      body: 'Good',
      comments: [{ path: 'hello.txt', line: 1, body: 'Nice' }],
    });
    await expect(room.run('git.merge', scuttle, ref)).rejects.toMatchObject({
      reason: 'approval.needed',
    });
    const { sha } = await room.run<{ sha: string }>('git.merge', ada, ref);

    const fresh = await room.sandbox.clone(room.url({ username: 'ada', password: await room.token(ada) }));
    expect(await fresh.must('show', 'HEAD:hello.txt')).toBe('hello');
    expect(
      await fresh.must(
        'log',
        '-1',
        '--format=%H %s|%(trailers:key=ClawTank-Task,valueonly,separator=)|%(trailers:key=ClawTank-Agent,valueonly,separator=)|%(trailers:key=ClawTank-Model,valueonly,separator=)|%(trailers:key=Co-authored-by,valueonly,separator=)',
      ),
    ).toBe(
      `${sha} Merge ${held.task.key}: Write the greeting (#${String(number)})|${held.task.key}|pincer|scripted|ada <${ada.id}@users.clawtank.invalid>`,
    );
    expect(await room.taskStatus(held.task)).toBe('complete');
    expect((await room.eventsOf('git.pull_request')).map(({ action }) => action)).toEqual([
      'opened',
      'mergeability',
      'reviewed',
      'merged',
    ]);
    expect((await room.eventsOf('git.commit')).map((commit) => [commit.branch, commit.sha])).toEqual([
      [held.branch, head],
      ['main', sha],
    ]);
    await expect(room.run('git.merge', ada, ref)).rejects.toMatchObject({ reason: 'git.not_open' });

    const view = await room.ask<{ pull_request: object }>('pull_requests.get', ada, ref);
    expect(view.pull_request).toMatchObject({
      state: 'merged',
      merged_sha: sha,
      reviews: [{ verdict: 'approve', body: 'Good', comments: [{ line: 1 }] }],
    });
    expect(await room.ask('pull_requests.diff', ada, ref)).toMatchObject({
      head_sha: head,
      files: [{ path: 'hello.txt', status: 'added' }, { path: 'src/a.ts' }],
    });
    expect(await room.ask('repository.get', ada, { room_id: room.slug })).toMatchObject({
      repository: { head_sha: sha, clone_url: `/git/${room.slug}.git` },
      recent_commits: [{ sha }, { sha: head, agent_id: pincer.id }, {}],
    });
    expect(await room.ask('repository.files', ada, { room_id: room.id })).toMatchObject({
      sha,
      files: ['hello.txt', 'src/a.ts'],
    });
    expect(await room.ask('repository.blob', ada, { room_id: room.id, path: 'src/a.ts' })).toMatchObject({
      content: 'a\n',
      encoding: 'utf8',
    });
    const page = await room.ask<{ items: { sha: string }[]; next_cursor: string }>(
      'repository.commits',
      ada,
      { room_id: room.id, limit: 2 },
    );
    const rest = await room.ask<{ items: { sha: string }[]; next_cursor: null }>('repository.commits', ada, {
      room_id: room.id,
      limit: 2,
      cursor: page.next_cursor,
    });
    expect([page.items.length, rest.items.length, rest.next_cursor]).toEqual([2, 1, null]);
    expect(page.items[0]?.sha).toBe(sha);
  });

  it('sends work back, forgets an approval when the head moves, and takes it in again', async () => {
    const held = await room.work(room.pincer, 'Twice');
    const work = await room.push(held, { a: '1\n' });
    const number = await room.openPullRequest(held);
    const ref = { room_id: room.id, number };
    await room.run('git.review', room.ben, { ...ref, verdict: 'request_changes', body: 'More' });
    expect(await room.taskStatus(held.task)).toBe('in_progress');
    await work.commit({ a: '2\n' });
    await work.must('push', '--quiet', 'origin', 'HEAD');
    expect(await room.openPullRequest(held)).toBe(number);
    expect(await room.taskStatus(held.task)).toBe('review');
    await room.run('git.review', room.ben, { ...ref, verdict: 'approve' });
    await work.commit({ a: '3\n' });
    await work.must('push', '--quiet', 'origin', 'HEAD');
    await expect(room.run('git.merge', room.ada, ref)).rejects.toMatchObject({
      reason: 'git.not_approved',
    });
    await room.approveAndMerge(number);
    expect(await room.taskStatus(held.task)).toBe('complete');
  });

  it('does not merge what a check has failed, nor forgets a pull request that is closed', async () => {
    const held = await room.work(room.pincer, 'Checked');
    const work = await room.push(held, { a: '1\n' });
    const sha = await work.must('rev-parse', 'HEAD');
    const number = await room.openPullRequest(held);
    const { ada, scuttle } = room;
    const check = { room_id: room.id, sha, context: 'tests' };
    await room.run('git.check', scuttle, { ...check, state: 'failure', description: '1 failed' });
    await expect(room.approveAndMerge(number)).rejects.toMatchObject({ reason: 'git.checks_failed' });
    await expect(
      room.run('git.check', scuttle, { ...check, sha: 'e'.repeat(40), state: 'success' }),
    ).rejects.toMatchObject({ reason: 'git.not_found' });
    expect((await room.snapshot()).pull_requests[0]?.checks).toMatchObject([
      { context: 'tests', state: 'failure' },
    ]);
    await expect(room.run('git.close', scuttle, { room_id: room.id, number })).rejects.toMatchObject({
      reason: 'git.not_yours',
    });
    await room.run('git.close', ada, { room_id: room.id, number });
    expect(await room.taskStatus(held.task)).toBe('in_progress');
    expect(await room.openPullRequest(held)).toBe(number + 1);
  });

  it('opens no pull request without work', async () => {
    const held = await room.work(room.pincer, 'Nothing');
    await expect(room.openPullRequest(held)).rejects.toMatchObject({ reason: 'git.nothing_to_review' });
    expect(await room.taskStatus(held.task)).toBe('in_progress');
  });

  it('lets an agent without a clone branch and commit, once per command', async () => {
    const held = await room.work(room.pincer, 'No clone');
    const { pincer, scuttle } = room;
    const claim = { room_id: room.id, task_id: held.task.id, fence: held.fence };
    const { sha: start } = await room.run<{ sha: string }>('git.branch', pincer, claim);
    expect(await room.run('git.branch', pincer, claim)).toMatchObject({
      branch: held.branch,
      sha: start,
    });
    const commit = {
      ...claim,
      branch: held.branch,
      message: 'Write two files',
      changes: [
        { path: 'a.txt', content: 'one\n' },
        { path: 'b.bin', content: 'AAH/', encoding: 'base64' },
      ],
    };
    const once = { ...commit, command_id: '018f2f6e-7b1c-7000-8000-000000000001' };
    const first = await room.run<{ sha: string }>('git.commit', pincer, once);
    expect(await room.run('git.commit', pincer, once)).toEqual(first);
    expect(await room.eventsOf('git.commit')).toMatchObject([
      { sha: first.sha, agent_id: pincer.id, task_id: held.task.id, files: ['a.txt', 'b.bin'] },
    ]);
    const refused = async (more: object, who = pincer) => room.run('git.commit', who, { ...commit, ...more });
    await expect(refused({ branch: 'main' })).rejects.toMatchObject({ reason: 'git.wrong_branch' });
    await expect(refused({ fence: held.fence + 1 })).rejects.toMatchObject({ code: 'STALE_CLAIM' });
    await expect(refused({}, scuttle)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(refused({ changes: [{ path: '../x', content: '' }] })).rejects.toMatchObject({
      reason: 'git.invalid_path',
    });
    await expect(refused({ changes: [{ path: '.git/config', content: '' }] })).rejects.toMatchObject({
      reason: 'git.invalid_path',
    });
    await expect(refused({ changes: [{ path: 'x' }] })).rejects.toMatchObject({
      reason: 'git.invalid_change',
    });
    await expect(refused({})).rejects.toMatchObject({ reason: 'git.nothing_to_commit' });
    expect(await room.eventsOf('git.commit')).toHaveLength(1);
    const number = await room.openPullRequest(held);
    await room.approveAndMerge(number);
    const blob = await room.ask('repository.blob', room.ada, { room_id: room.id, path: 'b.bin' });
    expect(blob).toMatchObject({ encoding: 'base64', content: 'AAH/' });
  });

  it('gives the next claim the work that the last one left, and closes its pull request', async () => {
    const first = await room.work(room.pincer, 'Hand over');
    await room.push(first, { a: 'left\n' });
    const number = await room.openPullRequest(first);
    await room.run('git.review', room.ada, { room_id: room.id, number, verdict: 'request_changes' });
    await room.run('task.release', room.pincer, { task_id: first.task.id, fence: first.fence });
    await room.settle();
    expect((await room.snapshot()).pull_requests).toMatchObject([{ number, state: 'closed' }]);
    const second = await room.claim(room.scuttle, first.task);
    expect(second).toMatchObject({
      base_branch: first.branch,
      branch: `clawtank/${first.task.key}/${String(second.fence)}`,
    });
    const { sha } = await room.run<{ sha: string }>('git.branch', room.scuttle, {
      room_id: room.id,
      task_id: second.task.id,
      fence: second.fence,
    });
    const files = await room.ask<{ files: string[] }>('repository.files', room.ada, {
      room_id: room.id,
      ref: sha,
    });
    expect(files.files).toContain('a');
  });

  it('tells which merged work a revert on main took back, and only once it is on main', async () => {
    const merged = await room.work(room.pincer, 'Write it');
    await room.push(merged, { 'note.txt': 'one\n' });
    const sha = await room.approveAndMerge(await room.openPullRequest(merged));
    const undo = await room.work(room.scuttle, 'Take it back');
    const work = await room.clone(undo);
    const passing = await work.commit({ 'passing.txt': 'x\n' }, 'In passing');
    await work.must('revert', '--no-edit', passing);
    await work.must('revert', '--no-edit', '--mainline', '1', sha);
    await work.must('push', '--quiet', 'origin', 'HEAD');
    const reverts = async () => (await room.eventsOf('git.commit')).flatMap((commit) => commit.reverts ?? []);
    expect(await reverts()).toEqual([]);
    await room.approveAndMerge(await room.openPullRequest(undo));
    expect(await reverts()).toEqual([{ sha, task_id: merged.task.id }]);
    expect((await room.eventsOf('git.commit')).find((commit) => commit.reverts)).toMatchObject({
      branch: 'main',
    });
  });

  it('takes the repository away with its room', async () => {
    const credential = { username: 'ada', password: await room.token(room.ada) };
    await room.sandbox.clone(room.url(credential));
    await room.run('room.delete', room.ada, { room_id: room.id });
    await room.bus.get(GitSweep).run();
    const answer = await room.sandbox.git(room.sandbox.root, 'ls-remote', room.url(credential));
    expect(answer.exitCode).not.toBe(0);
    const rows = await room.log.database.query<{ cleaned_at: Date | null }>(
      'SELECT cleaned_at FROM deleted_rooms WHERE room_id = $1',
      [room.id],
    );
    expect(rows[0]?.cleaned_at).toBeInstanceOf(Date);
  });
});
