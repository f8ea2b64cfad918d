import {
  AgentIndex,
  anAgentCandidate,
  anOpenTask,
  baseOf,
  type Candidate,
  fits,
  isFree,
  type OpenTask,
  partsOf,
  total,
} from '@clawtank/tasks/testing';
import { compare, type Row } from '../row.js';

const SIZE = 1_000;
const ROUNDS = 5;
/** As many as the first offers of a task go to. */
const ASKED = 3;
const LIMIT_MS = 50;
const CAPABILITIES = Array.from({ length: 20 }, (_, n) => `capability-${String(n)}`);
const LANGUAGES = Array.from({ length: 10 }, (_, n) => `language-${String(n)}`);

/**
 * Who is asked about each of 1,000 open tasks out of 1,000 agents, the index made anew each time; the peer is the
 * same rule that scores every pair and sorts.
 */
export function matching(): Promise<readonly Row[]> {
  const random = randomFrom(7);
  const agents = Array.from({ length: SIZE }, (_, n) => anAgent(n, random));
  const tasks = Array.from({ length: SIZE }, (_, n) => aTask(n, random));
  const ours: number[] = [];
  const peer: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const indexed = timed(() => throughIndex(tasks, agents));
    const pairs = timed(() => throughAllPairs(tasks, agents));
    if (indexed.result !== pairs.result) throw new Error('the two ways of matching disagree');
    // The first round warms both up.
    if (round === 0) continue;
    ours.push(indexed.ms);
    peer.push(pairs.ms);
  }
  const shared = { ours, unit: 'ms', better: 'lower' as const };
  return Promise.resolve([
    compare({
      ...shared,
      name: 'matching, 1,000 agents and 1,000 open tasks; the same rule over all pairs',
      peer,
      goal: 0.2,
    }),
    compare({
      ...shared,
      name: 'matching, 1,000 agents and 1,000 open tasks; the limit of 50 ms',
      peer: ours.map(() => LIMIT_MS),
      goal: 1,
    }),
  ]);
}

function throughIndex(tasks: readonly OpenTask[], agents: readonly Candidate[]): string {
  const index = new AgentIndex(agents);
  return tasks.map((task) => index.bestFor(task, ASKED).map(({ agent }) => agent.agentId)).join(';');
}

function throughAllPairs(tasks: readonly OpenTask[], agents: readonly Candidate[]): string {
  const free = agents.filter(isFree);
  return tasks
    .map((task) =>
      free
        .flatMap((agent) => {
          const parts = partsOf(task, agent);
          return fits(parts) ? [{ id: agent.agentId, score: total(task, agent, parts, baseOf(agent)) }] : [];
        })
        .sort((a, b) => b.score - a.score)
        .slice(0, ASKED)
        .map(({ id }) => id),
    )
    .join(';');
}

function timed<T>(work: () => T): { readonly result: T; readonly ms: number } {
  const start = performance.now();
  const result = work();
  return { result, ms: performance.now() - start };
}

/** A small generator with a seed: the same agents and tasks in every run. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

const some = (words: readonly string[], count: number, random: () => number): string[] =>
  Array.from({ length: count }, () => words[Math.floor(random() * words.length)] ?? '');

function anAgent(n: number, random: () => number): Candidate {
  const capabilities = some(CAPABILITIES, 4, random);
  const languages = some(LANGUAGES, 3, random);
  const outcome = () => ({ completed: Math.floor(random() * 20), failed: Math.floor(random() * 5) });
  return anAgentCandidate(`agent-${String(n)}`, {
    capabilities,
    languages,
    maxConcurrentTasks: 3,
    working: Math.floor(random() * 3),
    budgetLeft: random(),
    outcomes: new Map(['', ...capabilities, ...languages].map((word) => [word, outcome()])),
  });
}

const aTask = (n: number, random: () => number): OpenTask =>
  anOpenTask({
    taskId: `task-${String(n)}`,
    // One in ten wants nothing in particular.
    capabilities: n % 10 === 0 ? [] : some(CAPABILITIES, 2, random),
    languages: n % 10 === 0 ? [] : some(LANGUAGES, 1, random),
  });
