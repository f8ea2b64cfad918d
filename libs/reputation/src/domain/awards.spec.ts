import type { Principal, Size } from '@clawtank/contracts';
import {
  type Award,
  type Backed,
  completionAwards,
  conflictAward,
  mergeAward,
  reviewAward,
  type WorkedTask,
} from './awards.js';

const human = (id: string): Principal => ({ kind: 'human', id, name: id });
const agent = (id: string): Principal => ({ kind: 'agent', id, name: id });
const ada: Backed = { principal: human('ada'), personId: 'ada' };
const bob: Backed = { principal: human('bob'), personId: 'bob' };
const adasAgent: Backed = { principal: agent('pincer'), personId: 'ada' };
const adasOther: Backed = { principal: agent('molt'), personId: 'ada' };
const bobsAgent: Backed = { principal: agent('shell'), personId: 'bob' };
const orphan: Backed = { principal: agent('gone'), personId: null };

const PULL = { roomId: 'r', number: 7 };
const aTask = (worker: Backed | null, size: Size = 'medium'): WorkedTask => ({ id: 't', size, worker });
const given = (award: Award | null): [string, number] | null => award && [award.subject.id, award.amount];

describe('mergeAward', () => {
  it.each<[string, WorkedTask | undefined, [string, number] | null]>([
    ['a small task', aTask(adasAgent, 'small'), ['pincer', 50]],
    ['a medium task', aTask(adasAgent, 'medium'), ['pincer', 100]],
    ['a large task', aTask(ada, 'large'), ['ada', 200]],
    ['a task that nobody had', aTask(null), null],
    ['a pull request without a task', undefined, null],
  ])('for %s', (_name, task, expected) => {
    expect(given(mergeAward(PULL, task))).toEqual(expected);
  });

  it('has one cause per pull request', () => {
    expect(mergeAward(PULL, aTask(ada))?.cause).toBe('merge:r:7');
    expect(mergeAward(PULL, aTask(bob))?.cause).toBe('merge:r:7');
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
  ])('goes to %s', (_name, reviewer, task, expected) => {
    expect(given(reviewAward(PULL, reviewer, task))).toEqual(expected);
  });

  it('has one cause per reviewer and pull request', () => {
    expect(reviewAward(PULL, bob, aTask(ada))?.cause).toBe('review:r:7:bob');
    expect(reviewAward({ ...PULL, number: 8 }, bob, aTask(ada))?.cause).toBe('review:r:8:bob');
  });
});

describe('conflictAward', () => {
  it('goes to who resolved it, once per conflict', () => {
    expect(conflictAward('c', agent('pincer'), 't')).toEqual({
      cause: 'conflict:c',
      subject: agent('pincer'),
      reason: 'conflict',
      amount: 30,
      taskId: 't',
    });
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
