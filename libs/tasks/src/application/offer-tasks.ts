import { userStream } from '@clawtank/contracts';
import { type LogTx, SYSTEM_ACTOR } from '@clawtank/events';
import { mayTakeWork, type PresentAgent, type Room } from '@clawtank/rooms';
import type { Candidate } from '../domain/matching/candidate.js';
import { unclaimedAt } from '../domain/matching/places.js';
import { planOffers, type PlannedOffer } from '../domain/plan-offers.js';
import type { Task } from '../domain/task.js';
import { markUnclaimed, saveOffersDue, saveUnclaimedDue } from '../persistence/matching-rows.js';
import { insertOffer } from '../persistence/offer-rows.js';
import { listTasks } from '../persistence/task-rows.js';
import { announceUpdate } from './announce-update.js';
import { type Matching, readMatching } from './matching.js';

/**
 * Asks agents about the room's open tasks: those whose turn it is and who were not asked yet. Notes when to ask
 * more of them. The room must be locked.
 */
export async function offerOpenTasks(tx: LogTx, room: Room): Promise<void> {
  if (!mayTakeWork(room).allowed) {
    await saveUnclaimedDue(tx, room.id, new Map());
    return saveOffersDue(tx, room.id, new Map());
  }
  const tasks = await listTasks(tx, room.id, { status: ['open'] });
  if (tasks.length === 0) return;
  const matching = await readMatching(tx, room);
  const { agents, candidates, rules, toAsked } = matching;
  const { offers, due } = planOffers(tasks.map(toAsked), candidates, rules);
  const taskOf = new Map(tasks.map((task) => [task.id, task]));
  const agentOf = new Map(agents.map((agent) => [agent.agentId, agent]));
  for (const offer of offers) {
    const task = taskOf.get(offer.taskId);
    const agent = agentOf.get(offer.agentId);
    if (task && agent) await offerTo(tx, task, agent, offer);
  }
  const renewal = nextRenewal(candidates);
  await saveOffersDue(tx, room.id, renewal === null ? due : withRenewal(tasks, due, renewal));
  await tellUnclaimed(tx, room, tasks, matching);
}

/** When an agent that has nothing left of its budget gets a new one. */
function nextRenewal(candidates: readonly Candidate[]): number | null {
  const renewals = candidates.flatMap(({ budgetSpent }) => budgetSpent?.until ?? []);
  return renewals.length > 0 ? Math.min(...renewals) : null;
}

const withRenewal = (
  tasks: readonly Task[],
  due: ReadonlyMap<string, number>,
  renewal: number,
): ReadonlyMap<string, number> =>
  new Map(tasks.map(({ id }) => [id, Math.min(due.get(id) ?? renewal, renewal)]));

/** Says once of each task that everybody who could take it was asked and nobody did. */
async function tellUnclaimed(
  tx: LogTx,
  room: Room,
  tasks: readonly Task[],
  { rules, toAsked }: Matching,
): Promise<void> {
  const due = new Map<string, number>();
  for (const task of tasks) {
    const asked = toAsked(task);
    const at = unclaimedAt(asked, rules);
    if (at === null || (rules.leasesBlock && asked.met.length > 0)) continue;
    if (at > rules.now) due.set(task.id, at);
    else if (await markUnclaimed(tx, task.id, task.claim?.fence ?? 0))
      announceUpdate(tx, task, task, { change: 'unclaimed', actor: SYSTEM_ACTOR });
  }
  await saveUnclaimedDue(tx, room.id, due);
}

async function offerTo(tx: LogTx, task: Task, agent: PresentAgent, offer: PlannedOffer): Promise<void> {
  if (!(await insertOffer(tx, task.id, task.claim?.fence ?? 0, agent.agentId, offer))) return;
  const data = {
    task_id: task.id,
    key: task.key,
    room_id: task.roomId,
    title: task.title,
    agent_id: agent.agentId,
    score: offer.score,
    reasons: offer.reasons,
  };
  for (const id of [agent.agentId, agent.ownerId])
    tx.appendTo(userStream(id), { type: 'task.offer', actor: SYSTEM_ACTOR, data }, task.roomId);
}
