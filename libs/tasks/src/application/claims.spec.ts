import type { CommandReplyOf } from '@clawtank/contracts';
import { newId } from '@clawtank/kernel';
import { startTasks, type TasksKit, type TasksRoom } from '../testing/tasks-room.js';
import { findClaimCredential, isClaimCurrent, liveClaims, markPushed, requireFence } from './claims.js';

let kit: TasksKit;
let here: TasksRoom;
beforeAll(async () => {
  kit = await startTasks();
});
afterAll(() => kit.close());
beforeEach(async () => {
  here = await kit.makeRoom({}, { maxConcurrentTasks: 3 });
});

type Claimed = CommandReplyOf<'task.claim'>;

describe('claiming', () => {
  it('gives a fence, a branch, and a credential that is shown once', async () => {
    const task = await kit.create(here.member, here.room);
    const commandId = newId();
    const claim = { task_id: task.id, command_id: commandId };
    const claimed = await kit.run(here.pincer, 'task.claim', claim);
    expect(claimed).toMatchObject({
      task: { key: 'T-1', status: 'claimed', assignee: { kind: 'agent', id: here.pincer.id }, fence: 1 },
      fence: 1,
      branch: 'clawtank/T-1/1',
      base_branch: 'main',
      leases: [],
      warnings: [],
      git_credential: { url: `/git/${here.room.slug}.git`, username: 'T-1.1' },
    });
    expect(claimed.git_credential.password).toHaveLength(32);
    await expect(kit.run(here.pincer, 'task.claim', claim)).rejects.toMatchObject({
      code: 'CONFLICT',
      reason: 'command.already_issued',
    });
    const stored = await kit.log.database.query<{ all: string }>(
      `SELECT (SELECT string_agg(c::text, '') FROM task_claims c)
         || (SELECT string_agg(e::text, '') FROM stream_events e) AS "all"`,
    );
    expect(stored[0]?.all).not.toContain(claimed.git_credential.password);
  });

  it('has one winner out of fifty at the same instant, and tells the others who it is', async () => {
    const task = await kit.create(here.member, here.room);
    const agents = await Promise.all(Array.from({ length: 50 }, () => kit.anAgentIn(here.room, here.member)));
    const outcomes = await Promise.allSettled(
      agents.map((agent) => kit.run(agent, 'task.claim', { task_id: task.id })),
    );
    const won = outcomes.filter((outcome) => outcome.status === 'fulfilled').map(({ value }) => value);
    expect(won).toHaveLength(1);
    const winner = won[0]?.task.assignee;
    for (const outcome of outcomes.filter(({ status }) => status === 'rejected'))
      expect(outcome).toMatchObject({
        reason: { code: 'CONFLICT', reason: 'task.taken', details: { by: winner?.name, by_id: winner?.id } },
      });
    expect(await kit.inRoom(here.room, (tx) => liveClaims(tx, here.room.id))).toHaveLength(1);
  });

  it('has one holder in the database even without the lock', async () => {
    const task = await kit.create(here.member, here.room);
    await kit.run(here.pincer, 'task.claim', { task_id: task.id });
    await expect(
      kit.log.database.query(
        `INSERT INTO task_claims (task_id, fence, room_id, claimant_kind, claimant_id, claimant_name, claimant_user_id,
           branch, base_branch, lease_seconds)
         SELECT task_id, 2, room_id, claimant_kind, claimant_id, claimant_name, claimant_user_id, branch, base_branch, 1
         FROM task_claims WHERE task_id = $1`,
        [task.id],
      ),
    ).rejects.toMatchObject({ code: '23505', constraint: 'task_claims_one_open' });
  });

  it('is for agents that are in the room, not paused, and have a hand free', async () => {
    const [first, second] = [
      await kit.create(here.member, here.room),
      await kit.create(here.member, here.room),
    ];
    const busy = await kit.anAgentIn(here.room, here.member, { maxConcurrentTasks: 1 });
    const paused = await kit.anAgentIn(here.room, here.member, { paused: true });
    await kit.run(busy, 'task.claim', { task_id: first.id });
    const absent = { ...busy, id: newId(), name: 'absent' };
    for (const [agent, reason] of [
      [busy, 'task.agent_busy'],
      [paused, 'task.agent_paused'],
      [absent, 'task.agent_absent'],
    ] as const)
      await expect(kit.run(agent, 'task.claim', { task_id: second.id })).rejects.toMatchObject({
        code: 'CONFLICT',
        reason,
      });
    expect(await kit.task(here.member, second.id)).toMatchObject({ status: 'open', fence: null });
  });

  it("takes work in review out of an agent's hands", async () => {
    const [first, second] = [
      await kit.create(here.member, here.room),
      await kit.create(here.member, here.room),
    ];
    const agent = await kit.anAgentIn(here.room, here.member, { maxConcurrentTasks: 1 });
    await kit.run(agent, 'task.claim', { task_id: first.id });
    await kit.run(agent, 'task.start', { task_id: first.id, fence: 1 });
    await kit.run(agent, 'task.submit', { task_id: first.id, fence: 1 });
    expect(await kit.run(agent, 'task.claim', { task_id: second.id })).toMatchObject({ fence: 1 });
  });

  it('is open to people', async () => {
    const task = await kit.create(here.member, here.room);
    expect(await kit.run(here.member, 'task.claim', { task_id: task.id })).toMatchObject({
      task: { assignee: { kind: 'human', id: here.member.id } },
    });
  });

  it('is refused on hold', async () => {
    const task = await kit.create(here.member, here.room);
    await kit.log.database.query('UPDATE rooms SET hold = true WHERE id = $1', [here.room.id]);
    await expect(kit.run(here.pincer, 'task.claim', { task_id: task.id })).rejects.toMatchObject({
      reason: 'room.on_hold',
    });
  });

  it('gives a missing task, and one out of sight, the same answer', async () => {
    const task = await kit.create(here.member, here.room);
    const missing = await kit.run(here.stranger, 'task.claim', { task_id: newId() }).catch((e: unknown) => e);
    const hidden = await kit.run(here.stranger, 'task.claim', { task_id: task.id }).catch((e: unknown) => e);
    expect(missing).toMatchObject({ code: 'NOT_FOUND', reason: 'task.not_found' });
    expect(hidden).toEqual(missing);
  });
});

describe('a claim that goes on', () => {
  it('is given again to its holder with a new password, and the older one stops working', async () => {
    const task = await kit.create(here.member, here.room);
    const first = await kit.run(here.pincer, 'task.claim', { task_id: task.id });
    const second = await kit.run(here.pincer, 'task.claim', { task_id: task.id });
    expect(second).toMatchObject({ fence: 1, branch: first.branch });
    expect(await find(first)).toBeUndefined();
    expect(await find(second)).toMatchObject({ taskId: task.id, key: 'T-1', fence: 1, current: true });
    expect(await kit.roomEvents(here.room, 'task.update')).toHaveLength(1);
  });

  it('is found by its credential and no other', async () => {
    const task = await kit.create(here.member, here.room);
    const { git_credential: given } = await kit.run(here.pincer, 'task.claim', { task_id: task.id });
    for (const wrong of [
      { ...given, password: 'wrong' },
      { ...given, username: 'T-1.2' },
      { ...given, username: 'T-2.1' },
      { ...given, username: "T-1.1'; --" },
      { ...given, username: '' },
    ])
      expect(await find({ git_credential: wrong })).toBeUndefined();
  });

  it('is no longer current once released, or once its holder has left', async () => {
    const task = await kit.create(here.member, here.room);
    const first = await kit.run(here.pincer, 'task.claim', { task_id: task.id });
    await kit.run(here.pincer, 'task.release', { task_id: task.id, fence: 1 });
    expect(await find(first)).toMatchObject({ current: false });
    const second = await kit.run(here.pincer, 'task.claim', { task_id: task.id });
    expect(await find(second)).toMatchObject({ current: true, fence: 2 });
    await kit.log.database.query('DELETE FROM room_members WHERE user_id = $1', [here.member.id]);
    expect(await find(second)).toMatchObject({ current: false });
  });

  it('forks the next one from the branch it left, if that was pushed', async () => {
    const task = await kit.create(here.member, here.room);
    await kit.run(here.pincer, 'task.claim', { task_id: task.id });
    await kit.run(here.pincer, 'task.release', { task_id: task.id, fence: 1, note: 'half done' });
    const second = await kit.run(here.clawdia, 'task.claim', { task_id: task.id });
    expect(second).toMatchObject({ fence: 2, base_branch: 'main', task: { note: 'half done' } });
    await kit.inRoom(here.room, (tx) => markPushed(tx, task.id, 2));
    const { task: released } = await kit.run(here.clawdia, 'task.release', { task_id: task.id, fence: 2 });
    expect(released).toMatchObject({ status: 'open', assignee: null, branch: 'clawtank/T-1/2', fence: 2 });
    expect(await kit.run(here.pincer, 'task.claim', { task_id: task.id })).toMatchObject({
      fence: 3,
      branch: 'clawtank/T-1/3',
      base_branch: 'clawtank/T-1/2',
    });
  });

  it('may be given back by the person behind it and by the host, not by others', async () => {
    const task = await kit.create(here.member, here.room);
    const release = (fence: number): { task_id: string; fence: number } => ({ task_id: task.id, fence });
    await kit.run(here.clawdia, 'task.claim', { task_id: task.id });
    await expect(kit.run(here.member, 'task.release', release(1))).rejects.toMatchObject({
      code: 'FORBIDDEN',
      reason: 'task.not_yours',
    });
    await kit.run(here.host, 'task.release', release(1));
    await kit.run(here.pincer, 'task.claim', { task_id: task.id });
    await kit.run(here.member, 'task.release', release(2));
    await kit.run(here.pincer, 'task.claim', { task_id: task.id });
    await kit.run(here.host, 'task.release', release(3));
  });
});

describe('assigning', () => {
  it('makes a claim that its agent learns of and fetches', async () => {
    const task = await kit.create(here.member, here.room, { paths: ['src/**'] });
    const assigned = await kit.run(here.host, 'task.assign', {
      task_id: task.id,
      assignee_id: here.pincer.id,
    });
    expect(assigned).toMatchObject({
      fence: 1,
      task: { status: 'claimed', assignee: { id: here.pincer.id } },
    });
    expect(await kit.ownEvents(here.pincer, 'task.update')).toMatchObject([
      { task_id: task.id, change: 'assigned', fence: 1, assignee: { id: here.pincer.id } },
    ]);
    const claimed = await kit.run(here.pincer, 'task.claim', { task_id: task.id });
    expect(claimed).toMatchObject({ fence: 1, branch: 'clawtank/T-1/1', leases: [{ pattern: 'src/**' }] });
    expect(await find(claimed)).toMatchObject({ current: true });
    await expect(kit.run(here.clawdia, 'task.claim', { task_id: task.id })).rejects.toMatchObject({
      reason: 'task.taken',
    });
  });

  it('is for people, to people and agents of the room', async () => {
    const task = await kit.create(here.member, here.room);
    const assign = (caller: typeof here.host, assignee_id: string): Promise<unknown> =>
      kit.run(caller, 'task.assign', { task_id: task.id, assignee_id });
    await expect(assign(here.pincer, here.pincer.id)).rejects.toMatchObject({ reason: 'task.people_only' });
    await expect(assign(here.host, here.stranger.id)).rejects.toMatchObject({
      reason: 'task.no_such_assignee',
    });
    await expect(assign(here.stranger, here.stranger.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(assign(here.host, here.member.id)).resolves.toMatchObject({ fence: 1 });
    await expect(assign(here.host, here.pincer.id)).rejects.toMatchObject({ reason: 'task.taken' });
  });
});

describe('an old fence', () => {
  it('is refused by every fenced command and changes nothing', async () => {
    const task = await kit.create(here.member, here.room);
    await kit.run(here.pincer, 'task.claim', { task_id: task.id });
    await kit.run(here.pincer, 'task.release', { task_id: task.id, fence: 1 });
    await kit.run(here.clawdia, 'task.claim', { task_id: task.id });
    const before = await kit.task(here.member, task.id);
    const old = { task_id: task.id, fence: 1 };
    const stale = { code: 'STALE_CLAIM', reason: 'claim.stale', details: { fence: 1, current_fence: 2 } };
    await expect(kit.run(here.pincer, 'task.start', old)).rejects.toMatchObject(stale);
    await expect(kit.run(here.pincer, 'task.progress', old)).rejects.toMatchObject(stale);
    await expect(kit.run(here.pincer, 'task.submit', old)).rejects.toMatchObject(stale);
    await expect(kit.run(here.pincer, 'task.release', old)).rejects.toMatchObject(stale);
    await expect(kit.run(here.pincer, 'task.block', { ...old, reason: 'x' })).rejects.toMatchObject(stale);
    await expect(kit.run(here.pincer, 'task.unblock', old)).rejects.toMatchObject(stale);
    await expect(kit.run(here.host, 'task.release', old)).rejects.toMatchObject(stale);
    await expect(
      kit.inRoom(here.room, (tx) => requireFence(tx, here.pincer, task.id, 1)),
    ).rejects.toMatchObject(stale);
    await expect(kit.run(here.pincer, 'task.start', { ...old, fence: 2 })).rejects.toMatchObject({
      code: 'FORBIDDEN',
      reason: 'task.not_yours',
    });
    await expect(kit.run(here.clawdia, 'task.start', { ...old, fence: 3 })).rejects.toMatchObject({
      code: 'STALE_CLAIM',
    });
    expect(await kit.task(here.member, task.id)).toEqual(before);
    expect(await kit.inRoom(here.room, (tx) => isClaimCurrent(tx, task.id, 1))).toBe(false);
    expect(await kit.inRoom(here.room, (tx) => isClaimCurrent(tx, task.id, 2))).toBe(true);
  });
});

function find(claimed: Pick<Claimed, 'git_credential'>): Promise<unknown> {
  const { username, password } = claimed.git_credential;
  return kit.inRoom(here.room, (tx) => findClaimCredential(tx, { roomId: here.room.id, username, password }));
}
