import type { TaskStrategy } from '@clawtank/contracts';
import { anAgentCandidate as agent, anOpenTask as task } from '../../testing/matching.js';
import type { Candidate, OpenTask } from './candidate.js';
import { LAST_PLACE, mustWait, turnsAt } from './places.js';

const STEP = 1_000;
const wait = (
  strategy: TaskStrategy,
  agents: Candidate[],
  agentId: string,
  now = 0,
  open: OpenTask = task(),
) => mustWait(open, agents, agentId, { strategy, stepMs: STEP, now });

const VETERAN = agent('veteran', { xp: 900, lastClaimAt: 20 });
const PEER = agent('peer', { xp: 900, lastClaimAt: 10 });
const NOVICE = agent('novice', { xp: 0 });
const ALL = [VETERAN, PEER, NOVICE];

describe('who may claim when', () => {
  it.each<[string, TaskStrategy, Candidate[], string, number | null]>([
    ['first claim: anybody at once', 'first_claim', ALL, 'novice', null],
    ['reputation: the highest at once', 'reputation_priority', ALL, 'veteran', null],
    ['reputation: equals share a step', 'reputation_priority', ALL, 'peer', null],
    ['reputation: the others a step later', 'reputation_priority', ALL, 'novice', STEP],
    [
      'reputation: nobody waits for a busy one',
      'reputation_priority',
      [agent('veteran', { xp: 900, working: 1 }), NOVICE],
      'novice',
      null,
    ],
    ['round robin: who never had one', 'round_robin', ALL, 'novice', null],
    ['round robin: who waited longer', 'round_robin', ALL, 'peer', STEP],
    ['round robin: who had the last one', 'round_robin', ALL, 'veteran', 2 * STEP],
    ['a lone agent never waits', 'round_robin', [VETERAN], 'veteran', null],
  ])('%s', (_name, strategy, agents, who, until) => {
    expect(wait(strategy, agents, who)?.until ?? null).toBe(until);
    if (until !== null) expect(wait(strategy, agents, who, until)).toBeNull();
  });

  it('names those ahead', () => {
    expect(wait('round_robin', ALL, 'veteran')?.ahead).toEqual(['novice', 'peer']);
  });

  it('lets nobody wait for ever', () => {
    const many = Array.from({ length: 30 }, (_, n) => agent(`a${String(n)}`, { lastClaimAt: n + 1 }));
    expect(wait('round_robin', many, 'a29')?.until).toBe(LAST_PLACE * STEP);
  });

  it('puts one that has declined behind the others', () => {
    const open = task({ declined: new Set(['novice']) });
    expect(wait('round_robin', ALL, 'peer', 0, open)).toBeNull();
    expect(wait('round_robin', ALL, 'novice', 0, open)?.until).toBe(LAST_PLACE * STEP);
  });

  it('puts those that lack what is wanted behind those that have it', () => {
    const open = task({ languages: ['go'] });
    const agents = [agent('a', { xp: 50 }), agent('b', { languages: ['go'] })];
    expect(
      turnsAt(open, agents, 'reputation_priority').map(({ agent: { agentId }, place }) => [agentId, place]),
    ).toEqual([
      ['b', 0],
      ['a', 2],
    ]);
  });
});
