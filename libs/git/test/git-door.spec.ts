import { GitAccess } from '../src/application/git-access.js';
import { JudgePush } from '../src/application/judge-push.js';
import { GitRoom, type Held } from './git-room.js';

describe('the door for git clients', () => {
  let room: GitRoom;
  let held: Held;
  beforeAll(async () => {
    room = await GitRoom.open();
    await room.create();
    await room.gather();
  });
  afterAll(() => room.close());
  beforeEach(async () => {
    held = await room.work(room.pincer, 'Work');
  });

  const remote = (credential: { username: string; password: string }) =>
    room.sandbox.git(room.sandbox.root, 'ls-remote', room.url(credential));
  const statusOf = async (path: string, authorization?: string) => {
    const headers = authorization ? { authorization } : {};
    const answer = await fetch(`http://127.0.0.1:${String(room.port)}/git/${path}`, { headers });
    return [answer.status, await answer.text()];
  };
  const basic = (username: string, password: string) =>
    `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  const refs = (slug: string) => `${slug}.git/info/refs?service=git-upload-pack`;

  it('asks everybody for credentials, whether or not the room exists', async () => {
    const wanted = await statusOf(refs(room.slug));
    expect(wanted[0]).toBe(401);
    expect(await statusOf(refs('no-such-room'))).toEqual(wanted);
    expect(await statusOf(refs(room.slug), basic('T-1.1', 'wrong'))).toEqual(wanted);
    expect(await statusOf(refs('no-such-room'), basic('T-1.1', 'wrong'))).toEqual(wanted);
    expect(await statusOf(refs(room.slug), basic('ada', 'a.b.c'))).toEqual(wanted);
    expect(await statusOf(refs(room.slug), basic('setup', 'wrong'))).toEqual(wanted);
  });

  it('serves nothing but the smart protocol', async () => {
    const own = basic(held.git_credential.username, held.git_credential.password);
    for (const path of ['HEAD', 'config', 'objects/info/packs', 'info/refs']) {
      expect((await statusOf(`${room.slug}.git/${path}`, own))[0]).toBe(404);
    }
  });

  it('lets members read with their access token, and not push', async () => {
    const credential = { username: 'ben', password: await room.token(room.ben) };
    expect((await remote(credential)).exitCode).toBe(0);
    const work = await room.sandbox.clone(room.url(credential));
    await work.commit({ x: '1' });
    const answer = await work.git('push', 'origin', 'HEAD:main');
    expect(answer.stderr).toContain('ClawTank: FORBIDDEN This credential may read but not push');
  });

  it('shows a private room to strangers as a missing one, a public one only with public_code', async () => {
    const stranger = await room.stranger('eve');
    const token = await room.token(stranger);
    expect(await statusOf(refs(room.slug), basic('eve', token))).toEqual(
      await statusOf(refs('no-such-room'), basic('eve', token)),
    );
    expect((await statusOf(refs(room.slug), basic('eve', token)))[0]).toBe(404);
    await room.run('room.update', room.ada, { room_id: room.id, visibility: 'public' });
    expect((await remote({ username: 'eve', password: token })).stderr).toContain('ClawTank: FORBIDDEN');
    await room.run('room.update', room.ada, { room_id: room.id, settings: { public_code: true } });
    expect((await remote({ username: 'eve', password: token })).exitCode).toBe(0);
    await room.run('room.update', room.ada, {
      room_id: room.id,
      visibility: 'private',
      settings: { public_code: false },
    });
  });

  it("takes a claim's push to its own branch alone", async () => {
    const work = await room.clone(held);
    await work.commit({ a: '1' });
    for (const target of ['main', 'clawtank/T-1/99', 'other']) {
      const answer = await work.git('push', 'origin', `HEAD:refs/heads/${target}`);
      expect(answer.stderr).toContain('remote: ClawTank: FORBIDDEN');
    }
    expect((await work.git('push', 'origin', 'HEAD')).exitCode).toBe(0);
    await work.must('commit', '--quiet', '--amend', '--message', 'Again');
    expect((await work.git('push', '--force', 'origin', 'HEAD')).exitCode).toBe(0);
    expect((await room.eventsOf('git.branch')).at(-1)).toMatchObject({
      action: 'forced',
      branch: held.branch,
    });
    await room.openPullRequest(held);
    await work.must('commit', '--quiet', '--amend', '--message', 'Third');
    const refused = await work.git('push', '--force', 'origin', 'HEAD');
    expect(refused.stderr).toContain('is under review and takes no forced push');
  });

  it('refuses a stale holder and keeps the branch', async () => {
    const work = await room.push(held, { a: '1' });
    await room.run('task.release', room.pincer, { task_id: held.task.id, fence: held.fence });
    await work.commit({ a: '2' });
    const answer = await work.git('push', 'origin', 'HEAD');
    expect(answer.exitCode).not.toBe(0);
    expect(answer.stderr).toContain('ClawTank: STALE_CLAIM');
    const kept = await room.ask<{ branches: { name: string }[] }>('repository.get', room.ada, {
      room_id: room.id,
    });
    expect(kept.branches.map(({ name }) => name)).toContain(held.branch);
    const next = await room.claim(room.scuttle, held.task);
    expect(
      (await work.git('push', room.url(held.git_credential), `HEAD:refs/heads/${next.branch}`)).stderr,
    ).toContain('STALE_CLAIM');
    await room.push(next, { b: '1' });
  });

  it('refuses a holder whose claim ended after the door had let it in', async () => {
    const { username, password } = held.git_credential;
    const asked = { slug: room.slug, service: 'git-receive-pack' as const };
    const user = await room.bus.get(GitAccess).open(asked, { username, password, address: '127.0.0.1' });
    if (!user) throw new Error('nobody');
    await room.run('task.release', room.pincer, { task_id: held.task.id, fence: held.fence });
    const update = {
      ref: `refs/heads/${held.branch}`,
      old: '0'.repeat(40),
      new: 'a'.repeat(40),
      forced: false,
      deletes: false,
      isTag: false,
    };
    expect(await room.bus.get(JudgePush).run(user, 'a push', [update])).toMatchObject([
      { allowed: false, because: { reason: 'git.stale_claim' } },
    ]);
  });

  it('tells the room of a push that may not be, once however often it is tried', async () => {
    const before = (await room.eventsOf('git.push_refused')).length;
    const work = await room.clone(held);
    await work.commit({ a: '1' });
    for (const target of ['main', 'main', 'other'])
      await work.git('push', 'origin', `HEAD:refs/heads/${target}`);
    await room.run('task.release', room.pincer, { task_id: held.task.id, fence: held.fence });
    for (let n = 0; n < 2; n += 1) await work.git('push', 'origin', 'HEAD');
    await work.git('fetch', 'origin');
    const told = (await room.eventsOf('git.push_refused')).slice(before);
    const claim = { task_id: held.task.id, key: held.task.key, fence: held.fence };
    expect(told).toEqual([
      expect.objectContaining({ ref: 'refs/heads/main', reason: 'git.default_branch_protected', ...claim }),
      expect.objectContaining({ ref: 'refs/heads/other', reason: 'git.not_own_branch', ...claim }),
      expect.objectContaining({ ref: `refs/heads/${held.branch}`, reason: 'git.stale_claim', ...claim }),
    ]);
  });

  it('takes no push from a claim that waits for paths, and takes it once they are free', async () => {
    const settings = { lease_policy: 'queue' };
    await room.run('room.update', room.ada, { room_id: room.id, settings });
    const first = await room.work(room.pincer, 'Tidy `shared/a.txt`');
    const task = await room.task('Extend `shared/a.txt`');
    const waiting = await room.run<Held>('task.claim', room.scuttle, { task_id: task.id });
    const work = await room.clone(waiting);
    await work.commit({ 'shared/a.txt': '1' });
    const answer = await work.git('push', 'origin', 'HEAD');
    expect(answer.stderr).toContain(`PATHS_LEASED The claim on ${task.key} still waits`);
    await room.run('task.release', room.pincer, { task_id: first.task.id, fence: first.fence });
    expect(await room.taskStatus(task)).toBe('claimed');
    expect((await work.git('push', 'origin', 'HEAD')).exitCode).toBe(0);
  });

  it('takes no push while the room is on hold', async () => {
    const work = await room.clone(held);
    await work.commit({ a: '1' });
    await room.run('room.hold', room.ada, { room_id: room.id, hold: true });
    const answer = await work.git('push', 'origin', 'HEAD');
    expect(answer.stderr).toContain('remote: ClawTank: CONFLICT The host has put the room on hold');
    await room.run('room.hold', room.ada, { room_id: room.id, hold: false });
    expect((await work.git('push', 'origin', 'HEAD')).exitCode).toBe(0);
  });
});
