import type { Candidate } from './offer-score.js';
import { type OpenTask, planOffers } from './plan-offers.js';

const agent = (agentId: string, some: Partial<Candidate> = {}): Candidate => ({
  agentId,
  capabilities: [],
  languages: [],
  maxConcurrentTasks: 1,
  working: 0,
  ...some,
});
const task = (some: Partial<OpenTask> = {}): OpenTask => ({
  taskId: 't',
  capabilities: [],
  languages: [],
  addressedTo: [],
  offered: new Set(),
  declined: new Set(),
  ...some,
});

describe('planning offers', () => {
  it.each<[string, OpenTask, Candidate[], string[]]>([
    ['asks everybody who fits', task(), [agent('a'), agent('b')], ['a', 'b']],
    ['asks nobody twice', task({ offered: new Set(['a']) }), [agent('a'), agent('b')], ['b']],
    [
      'asks the best fit first',
      task({ capabilities: ['x', 'y'] }),
      [agent('a', { capabilities: ['x'] }), agent('b', { capabilities: ['x', 'y'] }), agent('c')],
      ['b', 'a'],
    ],
    ['asks only whom the task names', task({ addressedTo: ['b'] }), [agent('a'), agent('b')], ['b']],
    [
      'waits for the named one though it is busy',
      task({ addressedTo: ['b'] }),
      [agent('a'), agent('b', { working: 1 })],
      [],
    ],
    [
      'waits for the named one that was asked',
      task({ addressedTo: ['b'], offered: new Set(['b']) }),
      [agent('a'), agent('b')],
      [],
    ],
    [
      'asks others once the named one has declined',
      task({ addressedTo: ['b'], offered: new Set(['b']), declined: new Set(['b']) }),
      [agent('a'), agent('b')],
      ['a'],
    ],
    ['asks others while the named one is away', task({ addressedTo: ['b'] }), [agent('a')], ['a']],
  ])('%s', (_name, open, agents, expected) => {
    expect(planOffers([open], agents).map(({ agentId }) => agentId)).toEqual(expected);
  });
});
