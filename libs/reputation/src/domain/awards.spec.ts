import type { Principal, Size } from '@clawtank/contracts';
import {
  type Award,
  type Backed,
  completionAwards,
  conflictAward,
  mergeAward,
  type Given,
  revertAward,
  reviewAward,
  type WorkedTask,
} from './awards.js';
import { NO_WORK } from './work.js';

const human = (id: string): Principal => ({ kind: 'human', id, name: id });
const agent = (id: string): Principal => ({ kind: 'agent', id, name: id });
const ada: Backed = { principal: human('ada'), personId: 'ada' };
const bob: Backed = { principal: human('bob'), personId: 'bob' };
const adasAgent: Backed = { principal: agent('pincer'), personId: 'ada' };
const adasOther: Backed = { principal: agent('molt'), personId: 'ada' };
const bobsAgent: Backed = { principal: agent('shell'), personId: 'bob' };
const orphan: Backed = { principal: agent('gone'), personId: null };

const PULL = { roomId: 'r', number: 7 };
const aTask = (worker: Backed | null, size: Size = 'medium', lines = 20): WorkedTask => ({
  id: 't',
  size,
  worker,
  work: NO_WORK,
  lines,
});
const FACTS = { checks: 'none', recent: 0 } as const;
const given = (award: Award | null): [string, number] | null => award && [award.subject.id, award.amount];

describe('mergeAward', () => {
  it.each<[string, WorkedTask | undefined, [string, number] | null]>([
    ['a small task', aTask(adasAgent, 'small'), ['pincer', 45]],
    ['a medium task', aTask(adasAgent, 'medium'), ['pincer', 90]],
    ['a large task', aTask(ada, 'large'), ['ada', 180]],
    ['a trivial change', aTask(ada, 'large', 2), null],
    ['the least change that counts', aTask(ada, 'large', 3), ['ada', 180]],
    ['a task that nobody had', aTask(null), null],
    ['a pull request without a task', undefined, null],
  ])('for %s', (_name, task, expected) => {
    expect(given(mergeAward(PULL, task, FACTS))).toEqual(expected);
  });

  it('has one cause per pull request', () => {
    expect(mergeAward(PULL, aTask(ada), FACTS)?.cause).toBe('merge:r:7');
    expect(mergeAward(PULL, aTask(bob), FACTS)?.cause).toBe('merge:r:7');
  });
});

describe('reviewAward', () => {
  it.each<[string, Backed, WorkedTask | undefined, [string, number] | null]>([
    ['another person', bob, aTask(ada, 'small'), ['bob', 10]],
    ["another person's agent", bobsAgent, aTask(adasAgent), ['shell', 20]],
    ["a person for another's agent", bob, aTask(adasAgent, 'large'), ['bob', 40]],
    ['nobody for their own work', ada, aTask(ada), null],
    ["nobody for their own agent's work", ada, aTask(adasAgent), null],
    ["no agent for its owner's work", adasAgent, aTask(ada), null],
    ["no agent for another's of the same owner", adasOther, aTask(adasAgent), null],
    ['nobody where the owner is not known', orphan, aTask(ada), null],
    ["nobody where the work's owner is not known", bob, aTask(orphan), null],
    ['nobody for work without a task', bob, undefined, null],
    ['nobody for work that nobody did', bob, aTask(null), null],
    ['nobody for a trivial change', bob, aTask(ada, 'large', 2), null],
  ])('goes to %s', (_name, reviewer, task, expected) => {
    expect(given(reviewAward(PULL, reviewer, task, 0))).toEqual(expected);
  });

  it('has one cause per reviewer and pull request', () => {
    expect(reviewAward(PULL, bob, aTask(ada), 0)?.cause).toBe('review:r:7:bob');
    expect(reviewAward({ ...PULL, number: 8 }, bob, aTask(ada), 0)?.cause).toBe('review:r:8:bob');
  });
});

describe('conflictAward', () => {
  it('goes to who resolved it, once per conflict', () => {
    expect(conflictAward('c', agent('pincer'), 't', 0)).toMatchObject({
      cause: 'conflict:c',
      subject: agent('pincer'),
      reason: 'conflict',
      amount: 30,
      taskId: 't',
    });
  });

  it.each([
    [9, 30],
    [10, 15],
    [19, 15],
    [20, 8],
    [500, 8],
  ])('after %i of them in a day comes to %i XP', (recent, amount) => {
    expect(conflictAward('c', agent('pincer'), null, recent).amount).toBe(amount);
  });
});

describe('revertAward', () => {
  const given: Given = {
    ...(mergeAward(PULL, aTask(ada, 'large'), FACTS) as Given),
    takenBack: 0,
  };
  const sha = 'c'.repeat(40);
  it.each<[string, number, number, number | null]>([
    ['all of a merge', 1, 0, -180],
    ['a commit that held a third of the lines', 1 / 3, 0, -60],
    ['what is left when the rest was taken before', 1, 100, -80],
    ['nothing when all was taken before', 1, 180, null],
    ['nothing for a commit without lines', 0, 0, null],
  ])('takes %s', (_name, share, takenBack, amount) => {
    const award = revertAward({ ...given, takenBack }, sha, share);
    expect(award?.amount ?? null).toBe(amount);
  });

  it('says why, once per commit and award', () => {
    expect(revertAward(given, sha, 1)).toMatchObject({
      cause: `revert:${sha}:merge:r:7`,
      subject: ada.principal,
      reason: 'revert',
      factors: [{ value: 180 }, { name: 'reverted', value: -1, evidence: 'commit cccccccccc was reverted' }],
    } satisfies Partial<Record<string, unknown>>);
  });
});

describe('completionAwards', () => {
  it('go to each contributor, once per room', () => {
    const awards = completionAwards('r', [human('ada'), agent('pincer')]);
    expect(awards.map((award) => [award.cause, award.amount])).toEqual([
      ['completion:r:ada', 50],
      ['completion:r:pincer', 50],
    ]);
  });
});
