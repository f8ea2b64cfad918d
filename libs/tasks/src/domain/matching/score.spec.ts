import { anAgentCandidate, anOpenTask as task } from '../../testing/matching.js';
import type { Candidate, OpenTask } from './candidate.js';
import { matchOf, WEIGHTS } from './score.js';

const agent = (some: Partial<Candidate> = {}): Candidate =>
  anAgentCandidate('a1', {
    capabilities: ['backend', 'Testing'],
    languages: ['typescript'],
    maxConcurrentTasks: 2,
    ...some,
  });
const history = (word: string, completed: number, failed: number) => new Map([[word, { completed, failed }]]);

describe('how well an agent fits a task', () => {
  it('has weights that add up to one', () => {
    expect(Object.values(WEIGHTS).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1);
  });

  it.each<[string, OpenTask, Candidate, ReturnType<typeof matchOf>]>([
    ['knows nothing against anybody free', task(), agent(), { score: 0.88, reasons: ['free'], fits: true }],
    [
      'counts what is in hand',
      task(),
      agent({ working: 1 }),
      { score: 0.8, reasons: ['1 of 2 in hand'], fits: true },
    ],
    [
      'trusts who named it',
      task({ addressedTo: ['a1'], capabilities: ['design'] }),
      agent(),
      { score: 1, reasons: ['named by the task'], fits: true },
    ],
    [
      'says which capabilities match, whatever their case, and which are lacking',
      task({ capabilities: ['testing', 'design'] }),
      agent(),
      { score: 0.7, reasons: ['capabilities: testing', 'lacks: design', 'free'], fits: true },
    ],
    [
      'counts what was completed in what is wanted',
      task({ languages: ['TypeScript'] }),
      agent({ outcomes: history('typescript', 8, 0) }),
      {
        score: 0.98,
        reasons: ['languages: typescript', 'completed 8 of 8 in typescript', 'free'],
        fits: true,
      },
    ],
    [
      'and what was not',
      task({ languages: ['TypeScript'] }),
      agent({ outcomes: history('typescript', 0, 8) }),
      {
        score: 0.78,
        reasons: ['languages: typescript', 'completed 0 of 8 in typescript', 'free'],
        fits: true,
      },
    ],
    [
      'falls back on all its work where it has no history in what is wanted',
      task({ languages: ['typescript'] }),
      agent({ outcomes: history('', 8, 0) }),
      { score: 0.98, reasons: ['languages: typescript', 'completed 8 of 8', 'free'], fits: true },
    ],
    [
      'says what is left of a budget',
      task(),
      agent({ budgetLeft: 0.2 }),
      { score: 0.84, reasons: ['free', '20 % of the budget left'], fits: true },
    ],
    [
      'remembers who had it before',
      task({ gaveUp: new Set(['a1']) }),
      agent(),
      { score: 0.44, reasons: ['free', 'had it before and did not finish'], fits: true },
    ],
    [
      'minds leases in the way',
      task({ met: [{ taskKey: 'T-9', pattern: 'src/**' }] }),
      agent(),
      { score: 0.61, reasons: ['free', 'meets src/** of T-9'], fits: true },
    ],
    [
      'does not hide one that lacks everything',
      task({ languages: ['rust'] }),
      agent(),
      { score: 0.27, reasons: ['lacks: rust', 'free'], fits: false },
    ],
  ])('%s', (_name, wanted, candidate, expected) => {
    expect(matchOf(wanted, candidate)).toEqual(expected);
  });
});
