import type { XpFactorName } from '@clawtank/contracts';
import { amountOf, type Checks, checksOf, floodFactor, type WorkFacts, workFactors } from './factors.js';
import { NO_WORK, type Work } from './work.js';

const at = (minutes: number): string => new Date(1_750_000_000_000 + minutes * 60_000).toISOString();
const facts = (work: Partial<Work> = {}, more: Partial<WorkFacts> = {}): WorkFacts => ({
  work: { ...NO_WORK, workers: ['a'], ...work },
  size: 'medium',
  checks: 'none',
  recent: 0,
  ...more,
});
const factor = (given: WorkFacts, name: XpFactorName): number | undefined =>
  workFactors(given).find((each) => each.name === name)?.value;

describe('the factors of merged work', () => {
  it.each<[string, WorkFacts, XpFactorName, number | undefined]>([
    ['a small task', facts({}, { size: 'small' }), 'base', 50],
    ['a large task', facts({}, { size: 'large' }), 'base', 200],
    ['carried through', facts(), 'completion', 1],
    ['taken over', facts({ workers: ['a', 'b'] }), 'completion', 0.8],
    ['approved by another person', facts({ approvers: ['x'] }), 'quality', 1.1],
    ['approved in the third round', facts({ approvers: ['x'], rounds: 2 }), 'quality', 0.8],
    ['not approved', facts(), 'quality', 0.9],
    ['sent back for ever', facts({ rounds: 50 }), 'quality', 0.6],
    ['times not seen', facts(), 'speed', 1],
    ['within the usual time', facts({ claimedAt: at(0), submittedAt: at(480) }), 'speed', 1.1],
    ['slower', facts({ claimedAt: at(0), submittedAt: at(481) }), 'speed', 1],
    ['much slower', facts({ claimedAt: at(0), submittedAt: at(1921) }), 'speed', 0.9],
    ['a clock that ran backwards', facts({ claimedAt: at(5), submittedAt: at(0) }), 'speed', 1.1],
    ['checks passed', facts({}, { checks: 'passed' }), 'tests', 1.15],
    ['checks failed', facts({}, { checks: 'failed' }), 'tests', 0.7],
    ['checks pending', facts({}, { checks: 'pending' }), 'tests', 1],
    ['no checks', facts(), 'tests', 1],
    ['alone', facts(), 'collaboration', 1],
    ['with a reviewer', facts({ reviewers: ['x'] }), 'collaboration', 1.1],
    ['no flood', facts({}, { recent: 9 }), 'flood', undefined],
    ['a flood', facts({}, { recent: 10 }), 'flood', 0.5],
    ['a greater flood', facts({}, { recent: 20 }), 'flood', 0.25],
  ])('%s', (_name, given, name, value) => {
    expect(factor(given, name)).toBe(value);
  });

  it('each say what was seen', () => {
    const factors = workFactors(facts({ approvers: ['x'], claimedAt: at(0), submittedAt: at(41) }));
    expect(factors.map(({ evidence }) => evidence)).toEqual([
      'a medium task',
      'carried from claim to merge',
      'approved by another person; never sent back',
      '41 min from claim to submission',
      'no checks ran',
      '1 other person took part in the review',
    ]);
  });

  it.each([
    [
      'the best',
      facts({ approvers: ['x'], claimedAt: at(0), submittedAt: at(1) }, { checks: 'passed' }),
      153,
    ],
    [
      'the worst',
      facts(
        { workers: ['a', 'b'], rounds: 9, claimedAt: at(0), submittedAt: at(9999) },
        { checks: 'failed', recent: 99 },
      ),
      8,
    ],
  ])('%s come to this', (_name, given, amount) => {
    expect(amountOf(workFactors(given))).toBe(amount);
  });
});

describe('checks', () => {
  it.each<[string[], Checks]>([
    [[], 'none'],
    [['success'], 'passed'],
    [['success', 'pending'], 'pending'],
    [['success', 'failure', 'pending'], 'failed'],
    [['error'], 'failed'],
  ])('%j are %s', (states, expected) => {
    expect(checksOf(states)).toBe(expected);
  });
});

it('counts nothing less before the eleventh award of a day', () => {
  expect([0, 9, 10, 19, 20].map((recent) => floodFactor(recent)[0]?.value ?? 1)).toEqual([
    1, 1, 0.5, 0.5, 0.25,
  ]);
});
