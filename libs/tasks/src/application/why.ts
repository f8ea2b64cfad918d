import type {
  AgentMatchView,
  HindranceView,
  Principal,
  QueuedTaskView,
  TaskMatchView,
  TaskWhyView,
} from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';
import { mayTakeWork, type Room } from '@clawtank/rooms';
import type { Candidate } from '../domain/matching/candidate.js';
import {
  type Hindrance,
  hindrancesOfAgent,
  hindrancesOfPair,
  hindrancesOfTask,
} from '../domain/matching/hindrances.js';
import { turnsAt } from '../domain/matching/places.js';
import { rankQueue } from '../domain/matching/queue.js';
import { matchOf } from '../domain/matching/score.js';
import { answerForTask } from '../domain/matching/why.js';
import type { Task } from '../domain/task.js';
import { countAwaiting } from '../persistence/matching-rows.js';
import { listTasks } from '../persistence/task-rows.js';
import type { Matching } from './matching.js';

export const hindranceView = ({ code, text, until }: Hindrance): HindranceView => ({
  code,
  text,
  until: until === null ? null : new Date(until).toISOString(),
});

const roomFacts = (room: Room, { rules }: Matching) => {
  const work = mayTakeWork(room);
  const hostAssigns = room.settings.task_strategy === 'host_assigns';
  const refusal = work.allowed ? null : work.because.message;
  return { refusal, hostAssigns, leasesBlock: rules.leasesBlock };
};

/** What keeps everybody from a task. */
export function taskHindrances(
  room: Room,
  task: Task,
  matching: Matching,
  keyOf: (taskId: string) => string,
): readonly Hindrance[] {
  return hindrancesOfTask(task, roomFacts(room, matching), matching.toAsked(task).met, keyOf);
}

type Facts = Omit<AgentMatchView, 'agent'>;

/** How an agent stands to a task, from the same data that offers and claims go by. */
function pairFacts(task: Task, agent: Candidate, matching: Matching): Facts {
  const asked = matching.toAsked(task);
  const turn = turnsAt(asked, matching.candidates, matching.rules.strategy).find(
    (one) => one.agent.agentId === agent.agentId,
  );
  const offer = matching.offers.find((one) => one.task_id === task.id && one.agent_id === agent.agentId);
  return {
    ...matchOf(asked, agent),
    hindrances: hindrancesOfPair(asked, agent, turn, matching.rules).map(hindranceView),
    asked_at: offer?.offered_at?.toISOString() ?? null,
    declined_at: offer?.declined_at?.toISOString() ?? null,
    decline_reason: offer?.decline_reason ?? null,
  };
}

export const principalOf = ({ agentId: id, name }: Candidate): Principal => ({ kind: 'agent', id, name });

/** Why nobody is on a task. */
export function whyTask(
  room: Room,
  task: Task,
  matching: Matching,
  keyOf: (taskId: string) => string,
): TaskWhyView {
  // Nobody's chances are worth a word once it is over.
  const over = task.status === 'complete' || task.status === 'cancelled';
  const agents = (over ? [] : matching.candidates)
    .map((agent) => {
      const { hindrances, ...facts } = pairFacts(task, agent, matching);
      const own = hindrancesOfAgent(agent).map(hindranceView);
      return { agent: principalOf(agent), ...facts, hindrances: [...own, ...hindrances] };
    })
    .sort((a, b) => b.score - a.score);
  const hindrances = taskHindrances(room, task, matching, keyOf);
  const dueAt = task.offersDueAt?.getTime() ?? null;
  return {
    task_id: task.id,
    key: task.key,
    status: task.status,
    strategy: room.settings.task_strategy,
    answer: answerForTask({
      key: task.key,
      hindrances,
      agents: agents.map((view) => ({
        name: view.agent.name,
        fits: view.fits,
        askedAt: view.asked_at === null ? null : Date.parse(view.asked_at),
        hindrances: view.hindrances.map(({ code, text }) => ({ code, text, until: null })),
      })),
      dueAt,
      now: matching.rules.now,
    }),
    hindrances: hindrances.map(hindranceView),
    agents,
    offers_due_at: task.offersDueAt?.toISOString() ?? null,
  };
}

/** The room's open tasks in the order in which they are to be taken. */
export async function queueOf(
  tx: Tx,
  room: Room,
  matching: Matching,
): Promise<readonly { readonly task: Task; readonly view: QueuedTaskView }[]> {
  const tasks = await listTasks(tx, room.id, { status: ['open'] });
  const awaiting = await countAwaiting(tx, room.id);
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const ranked = rankQueue(
    tasks.map((task) => ({
      taskId: task.id,
      number: task.number,
      priority: task.priority,
      openFor: matching.rules.now - task.openSince.getTime(),
      awaitedBy: awaiting.get(task.id) ?? 0,
      begun: task.keptBranch !== null,
      met: matching.rules.leasesBlock ? matching.toAsked(task).met : [],
    })),
  );
  return ranked.flatMap(({ taskId, rank, reasons }) => {
    const task = byId.get(taskId);
    if (!task) return [];
    const { key, title, priority } = task;
    return [{ task, view: { task_id: taskId, key, title, priority, rank, reasons } }];
  });
}

/** How the room's open tasks stand to an agent. */
export function matchesFor(
  room: Room,
  agent: Candidate,
  matching: Matching,
  queue: Awaited<ReturnType<typeof queueOf>>,
): readonly TaskMatchView[] {
  return queue.map(({ task, view }) => {
    const { hindrances, ...facts } = pairFacts(task, agent, matching);
    const general = taskHindrances(room, task, matching, () => '').map(hindranceView);
    const { task_id, key, title, rank } = view;
    return { task_id, key, title, rank, ...facts, hindrances: [...general, ...hindrances] };
  });
}
