import type { QueryInputOf, QueryReplyOf } from '@clawtank/contracts';
import { type Query, type QueryContext, QueryHandler } from '@clawtank/commands';
import type { Tx } from '@clawtank/database';
import { newId } from '@clawtank/kernel';
import { principalsOf, requireMember, viewRoom } from '@clawtank/rooms';
import { IsUUID } from 'class-validator';
import { fail } from '../../domain/failures.js';
import { hindrancesOfAgent } from '../../domain/matching/hindrances.js';
import { answerForAgent } from '../../domain/matching/why.js';
import { findRoomOfTask, findTask, listTasks } from '../../persistence/task-rows.js';
import { asMissingTask } from '../enter-task.js';
import { waitingTasks, waitSentence } from '../grant-leases.js';
import { readMatching } from '../matching.js';
import { hindranceView, matchesFor, principalOf, queueOf, whyTask } from '../why.js';
import { TaskGetInput } from './get-task.js';
import { RoomInput, RoomListInput } from './room-input.js';

/** Why nobody is on a task: what is in its way, and how every agent of the room stands to it. */
@QueryHandler('tasks.why', TaskGetInput)
export class WhyTask implements Query<'tasks.why'> {
  async run(
    { tx, caller }: QueryContext,
    input: QueryInputOf<'tasks.why'>,
  ): Promise<QueryReplyOf<'tasks.why'>> {
    const roomId = (await findRoomOfTask(tx, input.task_id)) ?? newId();
    const { room } = requireMember(await asMissingTask(() => viewRoom(tx, caller, roomId)));
    const task = await findTask(tx, input.task_id);
    if (!task) throw fail('task.not_found', {});
    const keys = new Map((await listTasks(tx, room.id)).map(({ id, key }) => [id, key]));
    return whyTask(room, task, await readMatching(tx, room), (id) => keys.get(id) ?? id);
  }
}

export class AgentWhyInput extends RoomInput {
  @IsUUID()
  agent_id!: string;
}

/** Why an agent is on nothing: what keeps it from work, and how every open task stands to it. */
@QueryHandler('room_agents.why', AgentWhyInput)
export class WhyAgent implements Query<'room_agents.why'> {
  async run(
    { tx, caller }: QueryContext,
    input: QueryInputOf<'room_agents.why'>,
  ): Promise<QueryReplyOf<'room_agents.why'>> {
    const { room } = requireMember(await viewRoom(tx, caller, input.room_id));
    const { task_strategy: strategy } = room.settings;
    const matching = await readMatching(tx, room);
    const agent = matching.candidates.find(({ agentId }) => agentId === input.agent_id);
    if (!agent) {
      const known = (await principalsOf(tx, room.id)).find(
        ({ kind, id }) => kind === 'agent' && id === input.agent_id,
      );
      if (!known) throw fail('task.no_such_agent', {});
      const { id, name } = known;
      const answer = `${name} is not in the room.`;
      return {
        agent: { kind: 'agent', id, name },
        present: false,
        strategy,
        answer,
        hindrances: [],
        tasks: [],
      };
    }
    const hindrances = hindrancesOfAgent(agent);
    const tasks = matchesFor(room, agent, matching, await queueOf(tx, room, matching));
    const facts = tasks.map((task) => ({
      ...task,
      askedAt: task.asked_at === null ? null : Date.parse(task.asked_at),
      hindrances: task.hindrances.map(({ code, text }) => ({ code, text, until: null })),
    }));
    return {
      agent: principalOf(agent),
      present: true,
      strategy,
      answer: [
        ...(await waitsOf(tx, room.id, agent.agentId)),
        answerForAgent({ name: agent.name, hindrances, tasks: facts }),
      ].join(' '),
      hindrances: hindrances.map(hindranceView),
      tasks,
    };
  }
}

/** What an agent's claims in line wait for, in words. */
async function waitsOf(tx: Tx, roomId: string, agentId: string): Promise<string[]> {
  const mine = (await waitingTasks(tx, roomId)).filter(({ claim }) => claim?.claimant.id === agentId);
  return mine.flatMap(({ key, blockers }) =>
    (blockers.paths?.waits_for ?? []).map((wait) => waitSentence(key, wait)),
  );
}

/** The room's open tasks in the order in which they are to be taken, with what put each in its place. */
@QueryHandler('tasks.queue', RoomListInput)
export class TaskQueue implements Query<'tasks.queue'> {
  async run(
    { tx, caller }: QueryContext,
    input: QueryInputOf<'tasks.queue'>,
  ): Promise<QueryReplyOf<'tasks.queue'>> {
    const { room } = requireMember(await viewRoom(tx, caller, input.room_id));
    const queue = await queueOf(tx, room, await readMatching(tx, room));
    return { items: queue.map(({ view }) => view), next_cursor: null };
  }
}
