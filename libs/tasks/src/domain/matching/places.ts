import type { TaskStrategy } from '@clawtank/contracts';
import { type Candidate, isFree, type OpenTask } from './candidate.js';
import { fits, partsOf } from './score.js';
import { baseOf, total } from './score.js';

/** An agent's turn at a task: it comes `place` steps after the task became open. */
export interface Turn {
  readonly agent: Candidate;
  readonly score: number;
  readonly place: number;
}

/** However many are ahead, nobody waits for more steps than this. */
export const LAST_PLACE = 5;
/** The first offers go to this many best fits, a step later to the second number, then to everybody. */
export const WIDTHS = [3, 8] as const;
/** Agents that lack what the task wants come after those that have it, and not before this. */
const MISFIT_PLACE = WIDTHS.length;
/** How long a task that names agents waits for them alone. */
const NAMED_PATIENCE = 3;

/**
 * In which order agents get to a task that is free. Only agents that could take it now have a place, so that
 * whoever is busy, paused or has declined holds up nobody.
 */
export function turnsAt(
  task: OpenTask,
  agents: readonly Candidate[],
  strategy: TaskStrategy,
): readonly Turn[] {
  if (strategy === 'host_assigns') return [];
  const scored = agents
    .filter((agent) => isFree(agent) && !task.declined.has(agent.agentId))
    .map((agent) => {
      const parts = partsOf(task, agent);
      const named = task.addressedTo.includes(agent.agentId);
      return { agent, named, fits: fits(parts), score: total(task, agent, parts, baseOf(agent)) };
    })
    .sort((a, b) => b.score - a.score);
  const others = scored.filter(({ named }) => !named);
  const fitting = places(
    strategy,
    others.filter((one) => one.fits).map(({ agent }) => agent),
  );
  const last = Math.max(-1, ...fitting.values());
  const misfits = Math.max(MISFIT_PLACE, last + 1);
  const wait = awaitsNamed(task, agents) ? NAMED_PATIENCE : 0;
  return scored
    .map(({ agent, named, score }) => ({
      agent,
      score,
      place: named ? 0 : Math.min(LAST_PLACE, wait + (fitting.get(agent.agentId) ?? misfits)),
    }))
    .sort((a, b) => a.place - b.place || b.score - a.score);
}

/** One of the agents that the task names is here and has not turned it down. */
const awaitsNamed = (task: OpenTask, agents: readonly Candidate[]): boolean =>
  agents.some(({ agentId }) => task.addressedTo.includes(agentId) && !task.declined.has(agentId));

/** @param agents the best fit first */
function places(strategy: TaskStrategy, agents: readonly Candidate[]): ReadonlyMap<string, number> {
  switch (strategy) {
    case 'round_robin':
      return byRank([...agents].sort((a, b) => (a.lastClaimAt ?? 0) - (b.lastClaimAt ?? 0)));
    case 'reputation_priority': {
      const steps = [...new Set(agents.map(({ xp }) => xp))].sort((a, b) => b - a);
      return new Map(agents.map(({ agentId, xp }) => [agentId, steps.indexOf(xp)]));
    }
    default:
      return new Map(agents.map(({ agentId }, rank) => [agentId, waveOf(rank)]));
  }
}

const byRank = (agents: readonly Candidate[]): ReadonlyMap<string, number> =>
  new Map(agents.map(({ agentId }, rank) => [agentId, rank]));

const waveOf = (rank: number): number => {
  const wave = WIDTHS.findIndex((width) => rank < width);
  return wave === -1 ? WIDTHS.length : wave;
};

/** When a place at the task opens, in milliseconds. */
export const opensAt = (task: Pick<OpenTask, 'openSince'>, place: number, stepMs: number): number =>
  task.openSince + place * stepMs;

/**
 * When a task that is still free is one that nobody takes: a step after the last agents were asked, in milliseconds.
 * Null where the host assigns.
 */
export function unclaimedAt(
  task: Pick<OpenTask, 'openSince' | 'addressedTo'>,
  { strategy, stepMs }: { readonly strategy: TaskStrategy; readonly stepMs: number },
): number | null {
  if (strategy === 'host_assigns') return null;
  const plain = strategy === 'first_claim' && task.addressedTo.length === 0;
  return opensAt(task, (plain ? WIDTHS.length : LAST_PLACE) + 1, stepMs);
}

/** Why an agent may not claim a task yet. */
export interface NotYet {
  readonly until: number;
  /** Who comes before it. */
  readonly ahead: readonly string[];
}

/** Null when the agent may claim the task now, as far as the room's strategy goes. */
export function mustWait(
  task: OpenTask,
  agents: readonly Candidate[],
  agentId: string,
  rules: { readonly strategy: TaskStrategy; readonly stepMs: number; readonly now: number },
): NotYet | null {
  if (rules.strategy !== 'round_robin' && rules.strategy !== 'reputation_priority') return null;
  const turns = turnsAt(task, agents, rules.strategy);
  const own = turns.find(({ agent }) => agent.agentId === agentId);
  // One that declined and thinks better of it comes after everybody else.
  const place = own?.place ?? LAST_PLACE;
  const until = opensAt(task, place, rules.stepMs);
  if (until <= rules.now) return null;
  const ahead = turns.filter((turn) => turn.place < place).map(({ agent }) => agent.name);
  return ahead.length === 0 ? null : { until, ahead };
}
