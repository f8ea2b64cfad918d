import { type Candidate, scoreOffer, type Wanted } from './offer-score.js';

const agent = (some: Partial<Candidate> = {}): Candidate => ({
  agentId: 'a1',
  capabilities: ['backend', 'Testing'],
  languages: ['typescript'],
  maxConcurrentTasks: 2,
  working: 0,
  ...some,
});
const task = (some: Partial<Wanted> = {}): Wanted => ({
  capabilities: [],
  languages: [],
  addressedTo: [],
  ...some,
});

describe('offers', () => {
  it.each<[string, Wanted, Candidate, { score: number; reasons: string[] } | null]>([
    ['offers what asks for nothing to anybody free', task(), agent(), { score: 1, reasons: ['free'] }],
    ['counts what is in hand', task(), agent({ working: 1 }), { score: 0.9, reasons: ['1 of 2 in hand'] }],
    ['offers nothing to full hands', task(), agent({ working: 2 }), null],
    ['nor when the task names it', task({ addressedTo: ['a1'] }), agent({ working: 2 }), null],
    [
      'trusts who named it',
      task({ addressedTo: ['a1'], capabilities: ['design'] }),
      agent(),
      { score: 1, reasons: ['named by the task'] },
    ],
    [
      'says which capabilities match, whatever their case',
      task({ capabilities: ['testing', 'design'] }),
      agent(),
      { score: 0.75, reasons: ['capabilities: testing', 'free'] },
    ],
    [
      'says which languages match',
      task({ languages: ['TypeScript'] }),
      agent(),
      { score: 1, reasons: ['languages: typescript', 'free'] },
    ],
    ['asks for one capability at least', task({ capabilities: ['design'] }), agent(), null],
    ['asks for one language at least', task({ languages: ['rust'] }), agent(), null],
  ])('%s', (_name, wanted, candidate, expected) => {
    expect(scoreOffer(wanted, candidate)).toEqual(expected);
  });
});
