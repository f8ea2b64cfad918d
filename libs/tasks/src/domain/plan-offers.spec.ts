import type { TaskStrategy } from '@clawtank/contracts';
import { anAgentCandidate as agent, anOpenTask } from '../testing/matching.js';
import type { Candidate } from './matching/candidate.js';
import { type AskedTask, planOffers } from './plan-offers.js';

const STEP = 1_000;
const task = (some: Partial<AskedTask> = {}): AskedTask => ({ ...anOpenTask(), offered: new Set(), ...some });
const crowd = (count: number) =>
  Array.from({ length: count }, (_, n) => agent(`a${String(n).padStart(2, '0')}`));
const plan = (open: AskedTask, agents: Candidate[], now = 0, strategy: TaskStrategy = 'first_claim') =>
  planOffers([open], agents, { strategy, stepMs: STEP, now, leasesBlock: true });
const asked = (...args: Parameters<typeof plan>) => plan(...args).offers.map(({ agentId }) => agentId);

describe('planning offers', () => {
  it.each<[string, AskedTask, Candidate[], string[]]>([
    ['asks everybody who fits, up to three', task(), [agent('a'), agent('b')], ['a', 'b']],
    ['asks nobody twice', task({ offered: new Set(['a']) }), [agent('a'), agent('b')], ['b']],
    [
      'asks the best fit first, and nobody yet who lacks what is wanted',
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
      'asks others once the named one has declined',
      task({ addressedTo: ['b'], offered: new Set(['b']), declined: new Set(['b']) }),
      [agent('a'), agent('b')],
      ['a'],
    ],
    ['asks others while the named one is away', task({ addressedTo: ['b'] }), [agent('a')], ['a']],
    ['asks nobody whose budget is spent', task(), [agent('a', { budgetLeft: 0 }), agent('b')], ['b']],
    [
      'waits until the paths are free',
      task({ met: [{ taskKey: 'T-9', pattern: 'src/**' }] }),
      [agent('a')],
      [],
    ],
    ['asks nobody who is paused', task(), [agent('a', { paused: true }), agent('b')], ['b']],
  ])('%s', (_name, open, agents, expected) => {
    expect(asked(open, agents)).toEqual(expected);
  });

  it('widens by a step at a time, and says when', () => {
    const agents = crowd(10);
    expect(asked(task(), agents)).toHaveLength(3);
    expect(plan(task(), agents).due.get('t')).toBe(STEP);
    const three = task({ offered: new Set(['a00', 'a01', 'a02']) });
    expect(asked(three, agents, STEP - 1)).toEqual([]);
    expect(asked(three, agents, STEP)).toHaveLength(5);
    expect(asked(three, agents, 2 * STEP)).toHaveLength(7);
    expect(plan(three, agents, 2 * STEP).due.size).toBe(0);
  });

  it('asks the next best as soon as one of the first declines or is busy', () => {
    const agents = crowd(4);
    const open = task({ offered: new Set(['a00', 'a01', 'a02']), declined: new Set(['a01']) });
    expect(asked(open, agents)).toEqual(['a03']);
    const busy = [agent('a00', { working: 1 }), ...agents.slice(1)];
    expect(asked(task({ offered: new Set(['a00', 'a01', 'a02']) }), busy)).toEqual(['a03']);
  });

  it('asks those that lack what is wanted when nobody else took it', () => {
    const open = task({ languages: ['rust'] });
    const agents = [agent('a'), agent('b', { languages: ['rust'] })];
    expect(asked(open, agents)).toEqual(['b']);
    expect(asked({ ...open, offered: new Set(['b']) }, agents, STEP)).toEqual([]);
    expect(plan({ ...open, offered: new Set(['b']) }, agents, 2 * STEP).offers).toMatchObject([
      { agentId: 'a', fits: false, reasons: ['lacks: rust', 'free'] },
    ]);
  });

  it('asks others when the named one stays silent', () => {
    const open = task({ addressedTo: ['b'], offered: new Set(['b']) });
    expect(asked(open, [agent('a'), agent('b')], 3 * STEP - 1)).toEqual([]);
    expect(asked(open, [agent('a'), agent('b')], 3 * STEP)).toEqual(['a']);
  });

  it('asks by turns where the room says so, and nobody where the host assigns', () => {
    const agents = [
      agent('a', { lastClaimAt: 5, xp: 10 }),
      agent('b', { lastClaimAt: 3, xp: 90 }),
      agent('c'),
    ];
    expect(asked(task(), agents, 0, 'round_robin')).toEqual(['c']);
    expect(asked(task(), agents, STEP, 'round_robin')).toEqual(['c', 'b']);
    expect(asked(task(), agents, 0, 'reputation_priority')).toEqual(['b']);
    expect(asked(task(), agents, STEP, 'reputation_priority')).toEqual(['b', 'a']);
    expect(asked(task(), agents, 9 * STEP, 'host_assigns')).toEqual([]);
  });
});
