import type { AgentProfile, EventMap, Page, QueryReplyOf, Size, XpView } from '@clawtank/contracts';
import type { Caller } from '@clawtank/commands';
import { isEvent } from '@clawtank/events';
import { Failure, newId } from '@clawtank/kernel';
import {
  aCommit,
  aPullRequest,
  aTask,
  type LedgerRoom,
  principalOf,
  type ReputationKit,
  startReputation,
} from '../testing/ledger-room.js';
import { giveXp } from './give-xp.js';
import { XpInSnapshot } from './xp-in-snapshot.js';

let kit: ReputationKit;
let in_: LedgerRoom;

beforeAll(async () => {
  kit = await startReputation();
});
afterAll(() => kit.close());
beforeEach(async () => {
  in_ = await kit.makeRoom();
});

const APPROVED = { verdict: 'approve' } as const;

/** A task that somebody holds, in the room. */
async function heldTask(size: Size, by: Caller): Promise<string> {
  const task = aTask(size);
  await kit.happens(in_.room, 'task.created', task.created);
  await kit.happens(in_.room, 'task.update', task.held(by));
  await kit.happens(in_.room, 'git.commit', aCommit(task.id));
  return task.id;
}
const merge = (taskId: string | null, number = 1): Promise<void> =>
  kit.happens(in_.room, 'git.pull_request', aPullRequest('merged', taskId, { number }));
const review = (
  taskId: string,
  by: Caller,
  more: Partial<EventMap['git.pull_request']> = APPROVED,
): Promise<void> =>
  kit.happens(in_.room, 'git.pull_request', aPullRequest('reviewed', taskId, more), principalOf(by));

async function awarded(): Promise<[string, string, number][]> {
  await kit.settle();
  return (await kit.roomEvents(in_.room)).flatMap((event) =>
    isEvent(event, 'reputation.xp')
      ? [[event.data.subject.id, event.data.reason, event.data.amount] as [string, string, number]]
      : [],
  );
}
const ledger = (): Promise<object[]> =>
  kit.log.database.query('SELECT * FROM xp_entries WHERE room_id = $1 ORDER BY number', [in_.room.id]);

describe('the reputation consumer', () => {
  it.each([
    ['small', 45],
    ['medium', 90],
    ['large', 180],
  ] as const)('gives the holder of a merged %s task %i XP', async (size, amount) => {
    await merge(await heldTask(size, in_.adasAgent));
    expect(await awarded()).toEqual([[in_.adasAgent.id, 'merge', amount]]);
  });

  it('goes by the size that the task was given last, and by who held it last', async () => {
    const task = aTask('small');
    await kit.happens(in_.room, 'task.created', task.created);
    await kit.happens(in_.room, 'task.update', task.held(in_.adasAgent));
    await kit.happens(in_.room, 'task.update', { ...task.held(in_.bobsAgent), edited: { size: 'large' } });
    await kit.happens(in_.room, 'task.update', task.held(null));
    await kit.happens(in_.room, 'git.commit', aCommit(task.id));
    await merge(task.id);
    // 200 for its size, 0.8 for work taken over, 0.9 without a review.
    expect(await awarded()).toEqual([[in_.bobsAgent.id, 'merge', 144]]);
  });

  it('gives nothing for a pull request without a task, nor for one that is only closed', async () => {
    await merge(null);
    await kit.happens(
      in_.room,
      'git.pull_request',
      aPullRequest('closed', await heldTask('large', in_.adasAgent)),
    );
    expect(await awarded()).toEqual([]);
  });

  it("rewards the first approval of others' work, once per reviewer", async () => {
    const task = await heldTask('medium', in_.adasAgent);
    await review(task, in_.bob, { verdict: 'request_changes' });
    expect(await awarded()).toEqual([]);
    await review(task, in_.bob);
    await review(task, in_.bob);
    await review(task, in_.bobsAgent);
    expect(await awarded()).toEqual([
      [in_.bob.id, 'review', 20],
      [in_.bobsAgent.id, 'review', 20],
    ]);
  });

  it("rewards no review of one's own, one's agent's or one's owner's work", async () => {
    const byAgent = await heldTask('medium', in_.adasAgent);
    await review(byAgent, in_.ada);
    await review(byAgent, in_.adasAgent, { ...APPROVED, number: 2 });
    await review(await heldTask('medium', in_.ada), in_.adasAgent, { ...APPROVED, number: 3 });
    expect(await awarded()).toEqual([]);
  });

  it('rewards who resolved a conflict', async () => {
    const conflict = { conflict_id: newId(), files: ['a.ts'], task_ids: [newId()], branches: [] };
    await kit.happens(in_.room, 'git.conflict', { ...conflict, state: 'detected' });
    await kit.happens(in_.room, 'git.conflict', { ...conflict, state: 'resolved', resolved_by: null });
    expect(await awarded()).toEqual([]);
    const resolved_by = principalOf(in_.bobsAgent);
    await kit.happens(in_.room, 'git.conflict', { ...conflict, state: 'resolved', resolved_by });
    expect(await awarded()).toEqual([[in_.bobsAgent.id, 'conflict', 30]]);
  });

  it('gives everyone who earned something a bonus when the room is completed, once', async () => {
    const task = await heldTask('small', in_.adasAgent);
    await review(task, in_.bob);
    await merge(task);
    const completed = { from: 'active', to: 'completed', reason: 'asked' } as const;
    await kit.happens(in_.room, 'room.state_changed', completed);
    await kit.happens(in_.room, 'room.state_changed', completed);
    expect((await awarded()).slice(2)).toEqual([
      [in_.bob.id, 'completion', 50],
      [in_.adasAgent.id, 'completion', 50],
    ]);
  });

  it('tells total and level, and of a level that was reached', async () => {
    await merge(await heldTask('small', in_.adasAgent), 1);
    await merge(await heldTask('large', in_.adasAgent), 2);
    await kit.settle();
    const subject = principalOf(in_.adasAgent);
    const told = (await kit.roomEvents(in_.room)).filter((event) => event.type.startsWith('reputation.'));
    expect(told.map(({ type, data, actor }) => [type, data, actor.kind])).toEqual([
      ['reputation.xp', expect.objectContaining({ subject, amount: 45, total: 45, level: 1 }), 'system'],
      ['reputation.xp', expect.objectContaining({ subject, amount: 180, total: 225, level: 2 }), 'system'],
      ['reputation.level_up', { subject, level: 2 }, 'system'],
    ]);
  });

  it('gives nothing twice when it reads everything again', async () => {
    const task = await heldTask('large', in_.adasAgent);
    await review(task, in_.bob);
    await merge(task);
    await kit.happens(in_.room, 'room.state_changed', { from: 'active', to: 'completed', reason: 'asked' });
    await kit.settle();
    const before = { entries: await ledger(), events: await kit.roomEvents(in_.room) };
    await kit.rewind();
    await kit.rewind();
    expect({ entries: await ledger(), events: await kit.roomEvents(in_.room) }).toEqual(before);
    expect(before.entries).toHaveLength(4);
  });

  it('adds up over rooms that award at the same time', async () => {
    const rooms = [in_.room];
    for (let i = 0; i < 5; i += 1) rooms.push((await kit.makeRoom({}, in_)).room);
    const subject = principalOf(in_.adasAgent);
    await Promise.all(
      rooms.map((room) =>
        kit.log.work.run(async (tx) => {
          await tx.lockRoom(room.id);
          const source = { roomId: room.id, seq: 1, at: new Date().toISOString() };
          const award = {
            cause: `merge:${room.id}:1`,
            subject,
            reason: 'merge',
            amount: 50,
            taskId: null,
            factors: [],
            capabilities: [],
            languages: [],
          } as const;
          await giveXp(tx, award, source);
        }),
      ),
    );
    const { xp } = await kit.query<AgentProfile>(in_.ada, 'agents.profile', { handle: in_.adasAgent.name });
    expect(xp).toBe(300);
    const totals = await kit.log.database.query<{ total: number }>(
      'SELECT total FROM xp_entries WHERE subject_id = $1 ORDER BY total',
      [in_.adasAgent.id],
    );
    expect(totals.map((row) => row.total)).toEqual([50, 100, 150, 200, 250, 300]);
  });
});

describe('the ledger', () => {
  it.each([
    ['changed', 'UPDATE xp_entries SET amount = 1000000'],
    ['deleted', 'DELETE FROM xp_entries'],
    ['emptied', 'TRUNCATE xp_entries'],
  ])('is never %s', async (_what, sql) => {
    await merge(await heldTask('small', in_.adasAgent));
    await kit.settle();
    await expect(kit.log.database.query(sql)).rejects.toThrow('the XP ledger only grows');
    expect(await ledger()).toHaveLength(1);
  });

  it('takes a cause once', async () => {
    await merge(await heldTask('small', in_.adasAgent));
    await kit.settle();
    const again = kit.log.database.query(
      `INSERT INTO xp_entries (id, cause, subject_kind, subject_id, subject_name, amount, reason, room_id, seq,
         at, total, level)
       SELECT gen_random_uuid(), cause, subject_kind, subject_id, subject_name, amount, reason, room_id, seq,
         at, total, level FROM xp_entries WHERE room_id = $1`,
      [in_.room.id],
    );
    await expect(again).rejects.toThrow('xp_entries_cause_key');
  });

  it('outlives the room', async () => {
    await merge(await heldTask('small', in_.adasAgent));
    await kit.settle();
    await kit.log.database.query('DELETE FROM rooms WHERE id = $1', [in_.room.id]);
    expect(await ledger()).toHaveLength(1);
    const profile = await kit.query<AgentProfile>(in_.ada, 'agents.profile', { handle: in_.adasAgent.name });
    expect(profile).toMatchObject({ xp: 45, history: [] });
  });
});

describe('what is told of XP', () => {
  const board = (by: Caller | null, more: object = {}): Promise<Page<XpView>> =>
    kit.query<Page<XpView>>(by, 'leaderboard.list', more);
  const ranks = async (by: Caller | null, more: object = {}): Promise<[string, number][]> =>
    (await board(by, { room_id: in_.room.id, ...more })).items.map((row) => [row.subject.id, row.total]);

  async function twoEarners(): Promise<void> {
    await merge(await heldTask('large', in_.adasAgent), 1);
    await merge(await heldTask('small', in_.bobsAgent), 2);
    await kit.settle();
  }

  it('ranks a room for its members', async () => {
    await twoEarners();
    expect(await ranks(in_.bob)).toEqual([
      [in_.adasAgent.id, 180],
      [in_.bobsAgent.id, 45],
    ]);
    const first = await board(in_.bob, { room_id: in_.room.id, limit: 1 });
    expect(first.items).toHaveLength(1);
    expect(await ranks(in_.bob, { limit: 1, cursor: first.next_cursor })).toEqual([[in_.bobsAgent.id, 45]]);
  });

  it('counts only the period asked for', async () => {
    await twoEarners();
    // Only the test's own owner of the table may bend time in an append-only ledger.
    await kit.log.database.query('ALTER TABLE xp_entries DISABLE TRIGGER xp_entries_only_grow');
    await kit.log.database.query(
      "UPDATE xp_entries SET at = now() - interval '8 days' WHERE subject_id = $1",
      [in_.adasAgent.id],
    );
    await kit.log.database.query('ALTER TABLE xp_entries ENABLE TRIGGER xp_entries_only_grow');
    expect(await ranks(in_.bob, { period: 'week' })).toEqual([[in_.bobsAgent.id, 45]]);
    expect(await ranks(in_.bob, { period: 'month' })).toHaveLength(2);
    expect(await ranks(in_.bob, { period: 'all' })).toHaveLength(2);
  });

  it('shows strangers what was earned in public, and no private room', async () => {
    await twoEarners();
    const refusal = await ranks(null).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ reason: 'room.not_found' });
    const everybody = (await board(null, { limit: 100 })).items.map((row) => row.subject.id);
    expect(everybody).not.toContain(in_.adasAgent.id);
    in_ = await kit.makeRoom({ visibility: 'public' });
    await twoEarners();
    expect(await ranks(null)).toHaveLength(2);
    expect((await board(null, { limit: 100 })).items.map((row) => row.subject.id)).toContain(
      in_.adasAgent.id,
    );
  });

  it('tells of a private room only to its members where XP was earned', async () => {
    await merge(await heldTask('small', in_.ada));
    await kit.settle();
    const outsider = (await kit.makeRoom()).ada;
    const reputation = (by: Caller | null) =>
      kit.query<QueryReplyOf<'users.reputation'>>(by, 'users.reputation', { user_id: in_.ada.id });
    expect(await reputation(in_.bob)).toMatchObject({
      user: { id: in_.ada.id },
      xp: 45,
      level: 1,
      history: [{ amount: 45, reason: 'merge', room_id: in_.room.id, subject: { id: in_.ada.id } }],
    });
    expect((await reputation(in_.bobsAgent)).history).toHaveLength(1);
    expect(await reputation(outsider)).toMatchObject({ xp: 45, history: [] });
    expect((await reputation(null)).history).toEqual([]);
  });

  it("shows an agent's profile, of one without XP too", async () => {
    const { name } = in_.adasAgent;
    expect(await kit.query(null, 'agents.profile', { handle: name.toUpperCase() })).toMatchObject({
      agent: { id: in_.adasAgent.id, owner_id: in_.ada.id },
      xp: 0,
      level: 1,
      next_level_at: 100,
      history: [],
    });
  });

  it.each([
    ['agents.profile', { handle: 'nobody-here' }, 'agent.not_found'],
    ['users.reputation', { user_id: newId() }, 'user.not_found'],
    ['users.reputation', { user_id: 'x' }, 'input.invalid'],
    ['leaderboard.list', { period: 'year' }, 'input.invalid'],
    ['leaderboard.list', { cursor: 'x' }, 'input.invalid'],
    ['leaderboard.list', { room_id: newId() }, 'room.not_found'],
  ])('%s %j → %s', async (name, input, reason) => {
    const error = await kit.query(in_.ada, name, input).catch((failure: unknown) => failure);
    expect(error).toBeInstanceOf(Failure);
    expect(error).toMatchObject({ reason });
  });

  it('gives the snapshot what the room was last told', async () => {
    await twoEarners();
    const other = await kit.makeRoom({}, in_);
    const here = in_;
    in_ = other;
    await merge(await heldTask('large', in_.bobsAgent));
    await kit.settle();
    const { xp } = await kit.log.database.transaction((tx) => kit.get(XpInSnapshot).read(tx, here.room));
    expect(xp?.map((row) => [row.subject.id, row.total, row.level])).toEqual([
      [in_.adasAgent.id, 180, 2],
      [in_.bobsAgent.id, 45, 1],
    ]);
  });
});
