import type { Tx } from '@clawtank/database';
import { connectedAgents, type PresentAgent, type Room } from '@clawtank/rooms';
import { type BudgetState, saySpent } from '../domain/budget.js';
import type { Candidate, Met } from '../domain/matching/candidate.js';
import { compilePattern, overlap, type PathPattern } from '../domain/path-patterns.js';
import type { AskedTask, OfferRules } from '../domain/plan-offers.js';
import type { Task } from '../domain/task.js';
import { budgetOf, readBudgets } from './budgets.js';
import { type LeaseRow, listLeases } from '../persistence/lease-rows.js';
import { listGaveUp, listLastClaims, listOutcomes, listXp, readNow } from '../persistence/matching-rows.js';
import { listOffers, type OfferRow } from '../persistence/offer-rows.js';
import { listBusy } from '../persistence/task-rows.js';

/** What offers, claims and the answers to "why" go by: read once, the same for all three. */
export interface Matching {
  readonly agents: readonly PresentAgent[];
  readonly candidates: readonly Candidate[];
  readonly offers: readonly OfferRow[];
  readonly rules: OfferRules;
  /** An open task as the rules of matching see it. */
  readonly toAsked: (task: Task) => AskedTask;
}

const MS = 1_000;
const NOBODY: ReadonlySet<string> = new Set();

/** Everything that matching in a room depends on at this moment. */
export async function readMatching(tx: Tx, room: Room): Promise<Matching> {
  const agents = await connectedAgents(tx, room.id);
  const offers = await listOffers(tx, room.id);
  const gaveUp = await listGaveUp(tx, room.id);
  const leases = compiled(await listLeases(tx, room.id));
  const { task_strategy: strategy, claim_step_seconds: step } = room.settings;
  const leasesBlock = room.settings.lease_policy !== 'warn';
  const rules = { strategy, stepMs: step * MS, now: await readNow(tx), leasesBlock };
  return {
    agents,
    candidates: await readCandidates(tx, room.id, agents),
    offers,
    rules,
    toAsked: (task) => {
      const mine = offers.filter((offer) => offer.task_id === task.id);
      return {
        taskId: task.id,
        key: task.key,
        capabilities: task.capabilities,
        languages: task.languages,
        addressedTo: task.addressedTo,
        offered: new Set(mine.map((offer) => offer.agent_id)),
        declined: new Set(mine.filter((offer) => offer.declined_at).map((offer) => offer.agent_id)),
        gaveUp: gaveUp.get(task.id) ?? NOBODY,
        met: metBy(task, leases),
        openSince: task.openSince.getTime(),
      };
    },
  };
}

async function readCandidates(
  tx: Tx,
  roomId: string,
  agents: readonly PresentAgent[],
): Promise<readonly Candidate[]> {
  const ids = agents.map(({ agentId }) => agentId);
  const busy = await listBusy(tx, roomId);
  const outcomes = await listOutcomes(tx, ids);
  const lastClaims = await listLastClaims(tx, roomId);
  const xp = await listXp(tx, ids);
  const budgets = await readBudgets(tx, roomId, () => true);
  return agents.map((agent) => ({
    agentId: agent.agentId,
    name: agent.name,
    capabilities: agent.capabilities,
    languages: agent.languages,
    paused: agent.paused,
    maxConcurrentTasks: agent.maxConcurrentTasks,
    working: busy.get(agent.agentId)?.length ?? 0,
    outcomes: outcomes.get(agent.agentId) ?? new Map(),
    ...budgetFacts(budgetOf(budgets, agent.ownerId)),
    xp: xp.get(agent.agentId) ?? 0,
    lastClaimAt: lastClaims.get(agent.agentId)?.getTime() ?? null,
  }));
}

const budgetFacts = (state: BudgetState | null): Pick<Candidate, 'budgetLeft' | 'budgetSpent'> => ({
  budgetLeft: state && (state.spent ? 0 : state.left),
  budgetSpent: state?.spent ? { text: saySpent(state.spent), until: state.spent.renewsAt } : null,
});

interface Lease {
  readonly row: LeaseRow;
  readonly pattern: PathPattern;
}

const compiled = (rows: readonly LeaseRow[]): readonly Lease[] =>
  rows.map((row) => ({ row, pattern: compilePattern(row.pattern) }));

/** Which leases of other tasks the task's own paths meet. */
function metBy(task: Task, leases: readonly Lease[]): readonly Met[] {
  if (task.paths.length === 0 || leases.length === 0) return [];
  const own = task.paths.map(compilePattern);
  return leases
    .filter(({ row, pattern }) => row.task_id !== task.id && own.some((path) => overlap(path, pattern)))
    .map(({ row }) => ({ taskKey: row.task_key, pattern: row.pattern }));
}
