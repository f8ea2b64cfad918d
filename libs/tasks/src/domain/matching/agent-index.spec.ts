import fc from 'fast-check';
import { AgentIndex } from './agent-index.js';
import { type Candidate, isFree, type OpenTask } from './candidate.js';
import { anAgentCandidate, anOpenTask } from '../../testing/matching.js';
import { baseOf, fits, partsOf, total } from './score.js';

/** The rule without any index: every pair is scored, then sorted. */
function allPairs(task: OpenTask, agents: readonly Candidate[], count: number): string[] {
  return agents
    .filter((agent) => isFree(agent) && !task.declined.has(agent.agentId))
    .flatMap((agent) => {
      const parts = partsOf(task, agent);
      return fits(parts) ? [{ id: agent.agentId, score: total(task, agent, parts, baseOf(agent)) }] : [];
    })
    .sort((a, b) => b.score - a.score)
    .slice(0, count)
    .map(({ id, score }) => `${id} ${score.toFixed(9)}`);
}

const WORDS = ['web', 'api', 'Testing', 'docs', 'design'];
const LANGUAGES = ['typescript', 'Rust', 'go'];
const words = (from: readonly string[]) => fc.subarray([...from]);
const outcome = fc.record({ completed: fc.nat(9), failed: fc.nat(9) });
const agents = fc.array(
  fc.record({
    capabilities: words(WORDS),
    languages: words(LANGUAGES),
    paused: fc.boolean(),
    maxConcurrentTasks: fc.integer({ min: 1, max: 3 }),
    working: fc.nat(3),
    budgetLeft: fc.option(fc.constantFrom(0, 0.5, 1)),
    outcomes: fc
      .array(fc.tuple(fc.constantFrom('', 'web', 'testing', 'rust'), outcome))
      .map((list) => new Map(list)),
  }),
  { maxLength: 12 },
);
const task = fc.record({
  capabilities: words(WORDS),
  languages: words(LANGUAGES),
  declined: words(['a0', 'a3']).map((ids) => new Set(ids)),
  gaveUp: words(['a1', 'a4']).map((ids) => new Set(ids)),
  met: fc.constantFrom([], [{ taskKey: 'T-9', pattern: 'src/**' }]),
});

describe('the index of agents', () => {
  it('finds whom scoring every pair finds, with the same scores', () => {
    fc.assert(
      fc.property(
        agents,
        fc.array(task, { maxLength: 6 }),
        fc.integer({ min: 1, max: 5 }),
        (some, tasks, count) => {
          const candidates = some.map((traits, n) => anAgentCandidate(`a${String(n)}`, traits));
          const index = new AgentIndex(candidates);
          for (const traits of tasks) {
            const open = anOpenTask(traits);
            const found = index.bestFor(open, count);
            expect(found.map(({ agent, score }) => `${agent.agentId} ${score.toFixed(9)}`)).toEqual(
              allPairs(open, candidates, count),
            );
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
