import { userStream } from '@clawtank/contracts';
import { type LogTx, SYSTEM_ACTOR } from '@clawtank/events';
import { connectedAgents, mayTakeWork, type PresentAgent, type Room } from '@clawtank/rooms';
import type { Candidate } from '../domain/offer-score.js';
import { type OpenTask, planOffers, type PlannedOffer } from '../domain/plan-offers.js';
import type { Task } from '../domain/task.js';
import { insertOffer, listOffers, type OfferRow } from '../persistence/offer-rows.js';
import { listBusy, listTasks } from '../persistence/task-rows.js';

/** Offers the room's open tasks to the agents that are in it and were not asked yet. The room must be locked. */
export async function offerOpenTasks(tx: LogTx, room: Room): Promise<void> {
  if (!mayTakeWork(room).allowed) return;
  const agents = (await connectedAgents(tx, room.id)).filter(({ paused }) => !paused);
  if (agents.length === 0) return;
  const tasks = await listTasks(tx, room.id, { status: ['open'] });
  if (tasks.length === 0) return;
  const busy = await listBusy(tx, room.id);
  const offers = await listOffers(tx, room.id);
  const planned = planOffers(
    tasks.map((task) => toOpenTask(task, offers)),
    agents.map((agent) => toCandidate(agent, busy.get(agent.agentId)?.length ?? 0)),
  );
  for (const offer of planned) {
    const task = tasks.find(({ id }) => id === offer.taskId);
    const agent = agents.find(({ agentId }) => agentId === offer.agentId);
    if (task && agent) await offerTo(tx, task, agent, offer);
  }
}

function toOpenTask(task: Task, offers: readonly OfferRow[]): OpenTask {
  const mine = offers.filter((offer) => offer.task_id === task.id);
  return {
    taskId: task.id,
    capabilities: task.capabilities,
    languages: task.languages,
    addressedTo: task.addressedTo,
    offered: new Set(mine.map((offer) => offer.agent_id)),
    declined: new Set(mine.filter((offer) => offer.declined).map((offer) => offer.agent_id)),
  };
}

const toCandidate = (agent: PresentAgent, working: number): Candidate => ({
  agentId: agent.agentId,
  capabilities: agent.capabilities,
  languages: agent.languages,
  maxConcurrentTasks: agent.maxConcurrentTasks,
  working,
});

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
