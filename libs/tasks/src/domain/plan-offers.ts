import { type Candidate, type OfferScore, scoreOffer, type Wanted } from './offer-score.js';

export interface OpenTask extends Wanted {
  readonly taskId: string;
  /** Agents that were offered it in this round. */
  readonly offered: ReadonlySet<string>;
  /** Of those, the ones that turned it down. */
  readonly declined: ReadonlySet<string>;
}

export interface PlannedOffer extends OfferScore {
  readonly taskId: string;
  readonly agentId: string;
}

/**
 * Which agents to ask about which open tasks. A task that names agents goes to them alone, as long as one of
 * them is here and has not turned it down; each agent is asked once a round, the best fit first.
 */
export function planOffers(tasks: readonly OpenTask[], agents: readonly Candidate[]): PlannedOffer[] {
  return tasks.flatMap((task) =>
    candidatesFor(task, agents)
      .filter((agent) => !task.offered.has(agent.agentId))
      .flatMap((agent) => {
        const fit = scoreOffer(task, agent);
        return fit ? [{ taskId: task.taskId, agentId: agent.agentId, ...fit }] : [];
      })
      .sort((a, b) => b.score - a.score),
  );
}

function candidatesFor(task: OpenTask, agents: readonly Candidate[]): readonly Candidate[] {
  const named = agents.filter(
    ({ agentId }) => task.addressedTo.includes(agentId) && !task.declined.has(agentId),
  );
  return named.length > 0 ? named : agents;
}
