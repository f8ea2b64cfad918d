import type { AgentProfile, EventMap, Page, QueryReplyOf, XpView } from '@clawtank/contracts';
import type { Caller } from '@clawtank/commands';
import { isEvent } from '@clawtank/events';
import fc from 'fast-check';
import {
  aCommit,
  aPullRequest,
  aTask,
  type LedgerRoom,
  principalOf,
  type ReputationKit,
  startReputation,
} from '../testing/ledger-room.js';

let kit: ReputationKit;
let in_: LedgerRoom;

beforeAll(async () => {
  kit = await startReputation();
});
afterAll(() => kit.close());
beforeEach(async () => {
  in_ = await kit.makeRoom({ visibility: 'public' });
});

const sha = (digit: string): string => digit.repeat(40);

interface Done {
  readonly taskId: string;
  readonly commits: readonly string[];
}

/** Work that was claimed, pushed in two commits of 20 and 60 lines, and merged. */
async function mergedWork(
  by: Caller,
  number = 1,
  traits: { capabilities?: string[]; languages?: string[] } = {},
): Promise<Done> {
  const task = aTask('medium');
  const { room } = in_;
  await kit.happens(room, 'task.created', { ...task.created, ...traits });
  await kit.happens(room, 'task.update', task.held(by));
  const first = aCommit(task.id);
  const second = aCommit(task.id, { additions: 60, deletions: 0 });
  await kit.happens(room, 'git.commit', first);
  await kit.happens(room, 'git.commit', second);
  await merge(task.id, number);
  return { taskId: task.id, commits: [first.sha, second.sha] };
}
const mergeCommit = (number: number): string => `${number}`.padStart(40, 'f');
const merge = (taskId: string, number: number): Promise<void> =>
  kit.happens(
    in_.room,
    'git.pull_request',
    aPullRequest('merged', taskId, { number, merged_sha: mergeCommit(number) }),
  );
const revert = (taskId: string | null, ...shas: string[]): Promise<void> =>
  kit.happens(
    in_.room,
    'git.commit',
    aCommit(taskId, { message: shas.map((each) => `This reverts commit ${each}.`).join('\n') }),
  );

async function awards(): Promise<EventMap['reputation.xp'][]> {
  await kit.settle();
  return (await kit.roomEvents(in_.room)).flatMap((event) =>
    isEvent(event, 'reputation.xp') ? [event.data] : [],
  );
}
const amounts = async (): Promise<number[]> => (await awards()).map(({ amount }) => amount);
const profile = (agent: Caller): Promise<AgentProfile> =>
  kit.query<AgentProfile>(in_.ada, 'agents.profile', { handle: agent.name });

describe('why this number', () => {
  it('is told with every award, from what the log says', async () => {
    const task = aTask('large');
    await kit.happens(in_.room, 'task.created', task.created);
    await kit.happens(in_.room, 'task.update', task.held(in_.adasAgent));
    await kit.happens(in_.room, 'git.commit', aCommit(task.id));
    await kit.happens(in_.room, 'task.update', { ...task.held(in_.adasAgent), change: 'submitted' });
    await kit.happens(in_.room, 'task.update', { ...task.held(in_.adasAgent), change: 'changes_requested' });
    const check = { context: 'ci', description: '', target_url: null };
    await kit.happens(in_.room, 'git.checks', { ...check, sha: sha('a'), state: 'pending' });
    await kit.happens(in_.room, 'git.checks', { ...check, sha: sha('a'), state: 'success' });
    await kit.happens(
      in_.room,
      'git.pull_request',
      aPullRequest('reviewed', task.id, { verdict: 'approve' }),
      principalOf(in_.bob),
    );
    await merge(task.id, 1);
    const given = (await awards()).find(({ reason }) => reason === 'merge');
    expect(given?.factors?.map(({ name, value }) => [name, value])).toEqual([
      ['base', 200],
      ['completion', 1],
      ['quality', 0.95],
      ['speed', 1.1],
      ['tests', 1.15],
      ['collaboration', 1.1],
    ]);
    expect(given?.amount).toBe(264);
    const { history } = await profile(in_.adasAgent);
    expect(history[0]?.factors).toEqual(given?.factors);
  });

  it('leaves nothing for a change of two lines', async () => {
    const task = aTask('large');
    await kit.happens(in_.room, 'task.created', task.created);
    await kit.happens(in_.room, 'task.update', task.held(in_.adasAgent));
    await kit.happens(in_.room, 'git.commit', aCommit(task.id, { additions: 1, deletions: 1 }));
    await merge(task.id, 1);
    expect(await amounts()).toEqual([]);
  });

  it('gives less from the eleventh merge of a day on', async () => {
    for (let number = 1; number <= 11; number += 1) await mergedWork(in_.adasAgent, number);
    expect(await amounts()).toEqual([...Array<number>(10).fill(90), 45]);
  });
});

describe('a revert', () => {
  it('of the merge takes back all that its maker and its reviewers had for it', async () => {
    const { taskId } = await mergedWork(in_.adasAgent);
    await kit.happens(
      in_.room,
      'git.pull_request',
      aPullRequest('reviewed', taskId, { verdict: 'approve' }),
      principalOf(in_.bob),
    );
    await revert(null, mergeCommit(1));
    expect((await amounts()).sort((a, b) => a - b)).toEqual([-90, -20, 20, 90]);
    expect(await profile(in_.adasAgent)).toMatchObject({
      xp: 0,
      level: 1,
      record: { merged: 1, reverted: 1 },
    });
  });

  it('of one commit takes back its share of the lines, once', async () => {
    const { commits } = await mergedWork(in_.adasAgent);
    await revert(null, commits[0] ?? '');
    await revert(null, commits[0] ?? '');
    expect(await amounts()).toEqual([90, -23]);
    await revert(null, mergeCommit(1));
    expect((await amounts()).at(-1)).toBe(-67);
  });

  it('made for a task counts when that task is merged', async () => {
    await mergedWork(in_.adasAgent, 1);
    const task = aTask('small');
    await kit.happens(in_.room, 'task.created', task.created);
    await kit.happens(in_.room, 'task.update', task.held(in_.bobsAgent));
    await revert(task.id, mergeCommit(1));
    expect(await amounts()).toEqual([90]);
    await merge(task.id, 2);
    expect(await amounts()).toEqual([90, 45, -90]);
  });

  it('of something that was never rewarded takes nothing', async () => {
    await revert(null, sha('9'));
    expect(await amounts()).toEqual([]);
  });

  it('never pays twice nor takes more than was given, however often the log is read', async () => {
    const step = fc.record({ what: fc.constantFrom('merge', 'revert', 'rewind'), which: fc.nat(3) });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 6 }), async (steps) => {
        in_ = await kit.makeRoom();
        let merged = 0;
        for (const { what, which } of steps) {
          if (what === 'merge') await mergedWork(in_.adasAgent, (merged += 1));
          else if (what === 'revert') await revert(null, mergeCommit(which + 1));
          else await kit.rewind();
        }
        const given = await amounts();
        await kit.rewind();
        expect(await amounts()).toEqual(given);
        expect(given.filter((amount) => amount > 0)).toHaveLength(merged);
        expect(given.reduce((sum, amount) => sum + amount, 0)).toBeGreaterThanOrEqual(0);
        expect((await profile(in_.adasAgent)).xp).toBe(given.reduce((sum, amount) => sum + amount, 0));
      }),
      { numRuns: 5, verbose: 1 },
    );
  });

  it.each([
    ['a negative award that reverses nothing', "-5, 'revert', NULL"],
    ['a negative merge', "-5, 'merge', NULL"],
    ['a positive revert', "5, 'revert', (SELECT id FROM xp_entries LIMIT 1)"],
  ])('is guarded by the database against %s', async (_what, values) => {
    await mergedWork(in_.adasAgent);
    await kit.settle();
    const insert = kit.log.database.query(
      `INSERT INTO xp_entries (id, cause, subject_kind, subject_id, subject_name, room_id, seq, at, total, level,
         amount, reason, reverses)
       SELECT gen_random_uuid(), gen_random_uuid()::text, 'agent', gen_random_uuid(), 'x', gen_random_uuid(), 1,
         now(), 5, 1, ${values}`,
    );
    await expect(insert).rejects.toThrow('xp_entries_amount_check');
  });
});

describe('profiles and leaderboards', () => {
  const ranked = async (more: object): Promise<string[]> =>
    (await kit.query<Page<XpView>>(in_.ada, 'leaderboard.list', { room_id: in_.room.id, ...more })).items.map(
      ({ subject }) => subject.id,
    );

  it('know specialisms, badges and what fades', async () => {
    await mergedWork(in_.adasAgent, 1, { capabilities: ['api'], languages: ['rust'] });
    await mergedWork(in_.adasAgent, 2, { capabilities: ['api'] });
    await kit.settle();
    await age(360);
    expect(await profile(in_.adasAgent)).toMatchObject({
      xp: 180,
      standing: 45,
      hidden: false,
      badges: [{ id: 'first-merge' }],
      record: { merged: 2, reviews: 0, conflicts: 0, rooms: 0, reverted: 0 },
      specialisms: [
        { kind: 'capability', name: 'api', xp: 180, tasks: 2 },
        { kind: 'language', name: 'rust', xp: 90, tasks: 1 },
      ],
    });
  });

  async function age(days: number): Promise<void> {
    // Only the test's own owner of the table may bend time in an append-only ledger.
    const { database } = kit.log;
    await database.query('ALTER TABLE xp_entries DISABLE TRIGGER xp_entries_only_grow');
    await database.query(`UPDATE xp_entries SET at = at - interval '${days} days' WHERE room_id = $1`, [
      in_.room.id,
    ]);
    await database.query('ALTER TABLE xp_entries ENABLE TRIGGER xp_entries_only_grow');
  }

  it('rank by capability, language and kind', async () => {
    await mergedWork(in_.adasAgent, 1, { capabilities: ['api'], languages: ['rust'] });
    await mergedWork(in_.bob, 2, { capabilities: ['docs'] });
    await kit.settle();
    expect(await ranked({ capability: 'api' })).toEqual([in_.adasAgent.id]);
    expect(await ranked({ language: 'rust' })).toEqual([in_.adasAgent.id]);
    expect(await ranked({ capability: 'docs', kind: 'agent' })).toEqual([]);
    expect(await ranked({ kind: 'human' })).toEqual([in_.bob.id]);
  });

  it('leave out who wants to be left out, until they want back', async () => {
    await mergedWork(in_.adasAgent, 1);
    await mergedWork(in_.bob, 2);
    await kit.settle();
    await kit.command(in_.ada, 'reputation.hide', { hidden: true, agent_id: in_.adasAgent.id });
    await kit.command(in_.bob, 'reputation.hide', { hidden: true });
    expect(await ranked({})).toEqual([]);
    expect(await profile(in_.adasAgent)).toMatchObject({ hidden: true, xp: 90 });
    await kit.command(in_.bob, 'reputation.hide', { hidden: false });
    expect(await ranked({})).toEqual([in_.bob.id]);
  });

  it.each([
    [
      "somebody else's agent",
      () => kit.command(in_.bob, 'reputation.hide', { hidden: true, agent_id: in_.adasAgent.id }),
      'agent.not_found',
    ],
    [
      'an agent',
      () => kit.command(in_.adasAgent, 'reputation.hide', { hidden: true }),
      'reputation.people_only',
    ],
    ['nonsense', () => kit.command(in_.bob, 'reputation.hide', { hidden: 'yes' }), 'input.invalid'],
  ])('refuse to hide for %s', async (_who, act, reason) => {
    await expect(act()).rejects.toMatchObject({ reason });
  });
});

describe('the showcase of a completed room', () => {
  const showcase = (by: Caller | null) =>
    kit.query<QueryReplyOf<'rooms.showcase'>>(by, 'rooms.showcase', { room_id: in_.room.id });

  it('is told from the log, to strangers too', async () => {
    await mergedWork(in_.adasAgent);
    await kit.happens(in_.room, 'room.state_changed', { from: 'active', to: 'completed', reason: 'asked' });
    await kit.settle();
    expect((await showcase(null)).showcase).toMatchObject({
      room_id: in_.room.id,
      commits: 2,
      additions: 75,
      pull_requests_merged: 1,
      xp: 140,
      people: [{ subject: { id: in_.adasAgent.id }, xp: 140 }],
    });
  });

  it('does not exist before, nor for strangers to a private room', async () => {
    await expect(showcase(in_.ada)).rejects.toMatchObject({ reason: 'showcase.not_completed' });
    in_ = await kit.makeRoom();
    await expect(showcase(null)).rejects.toMatchObject({ reason: 'room.not_found' });
  });
});
