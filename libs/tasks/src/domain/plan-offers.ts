import type { TaskStrategy } from '@clawtank/contracts';
import { AgentIndex } from './matching/agent-index.js';
import { type Candidate, isFree, type OpenTask } from './matching/candidate.js';
import { opensAt, turnsAt, WIDTHS } from './matching/places.js';
import { type Match, matchOf } from './matching/score.js';

export interface AskedTask extends OpenTask {
  /** Agents that were asked since it was last free. */
  readonly offered: ReadonlySet<string>;
}

export interface PlannedOffer extends Match {
  readonly taskId: string;
  readonly agentId: string;
}

export interface OfferRules {
  readonly strategy: TaskStrategy;
  readonly stepMs: number;
  /** In milliseconds. */
  readonly now: number;
  /** Overlapping leases are refused here: a task that meets one waits. */
  readonly leasesBlock: boolean;
}

export interface OfferPlan {
  readonly offers: readonly PlannedOffer[];
  /** For each task that more agents are to be asked about later, when. */
  readonly due: ReadonlyMap<string, number>;
}

/**
 * Which agents to ask about which open tasks now, and when to look again. Offers start with the agents whose turn
 * it is and widen by a step at a time; each agent is asked once for each time that a task is free. A task whose
 * paths are held is offered when they are free.
 */
export function planOffers(
  tasks: readonly AskedTask[],
  agents: readonly Candidate[],
  rules: OfferRules,
): OfferPlan {
  const offers: PlannedOffer[] = [];
  const due = new Map<string, number>();
  if (rules.strategy === 'host_assigns') return { offers, due };
  const index = new AgentIndex(agents);
  const free = agents.filter(isFree);
  for (const task of tasks) {
    const unasked = free.filter(({ agentId }) => !task.offered.has(agentId) && !task.declined.has(agentId));
    if (unasked.length === 0 || (rules.leasesBlock && task.met.length > 0)) continue;
    const { now: asked, next } = turnsNow(task, agents, index, rules);
    for (const agent of asked.filter(({ agentId }) => !task.offered.has(agentId)))
      offers.push({ taskId: task.taskId, agentId: agent.agentId, ...matchOf(task, agent) });
    if (next !== null) due.set(task.taskId, next);
  }
  return { offers, due };
}

interface TurnsNow {
  readonly now: readonly Candidate[];
  readonly next: number | null;
}

function turnsNow(
  task: AskedTask,
  agents: readonly Candidate[],
  index: AgentIndex,
  { strategy, stepMs, now }: OfferRules,
): TurnsNow {
  const wave = Math.floor((now - task.openSince) / stepMs);
  const width = WIDTHS[Math.max(0, wave)];
  // While only the best few are asked, nobody else needs to be looked at.
  if (strategy === 'first_claim' && width !== undefined && task.addressedTo.length === 0) {
    const best = index.bestFor(task, width).map(({ agent }) => agent);
    return { now: best, next: opensAt(task, Math.max(0, wave) + 1, stepMs) };
  }
  const turns = turnsAt(task, agents, strategy);
  const later = turns.filter(({ place }) => opensAt(task, place, stepMs) > now);
  const [first] = later;
  return {
    now: turns.filter(({ place }) => opensAt(task, place, stepMs) <= now).map(({ agent }) => agent),
    next: first ? opensAt(task, first.place, stepMs) : null,
  };
}
