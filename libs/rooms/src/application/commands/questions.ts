import type { AgentAnswerInput, AgentAskInput } from '@clawtank/contracts';
import { actorOf, type Command, type CommandContext, CommandHandler } from '@clawtank/commands';
import type { LogTx } from '@clawtank/events';
import { newId } from '@clawtank/kernel';
import { fail } from '../../domain/failures.js';
import type { Room, RoomAccess } from '../../domain/room.js';
import {
  findQuestion,
  findRoomOfQuestion,
  hasOpenQuestion,
  insertQuestion,
  type OpenedQuestion,
  saveAnswer,
} from '../../persistence/questions.js';
import { findRoomAgent } from '../../persistence/room-agents.js';
import { enterRoom } from '../access.js';
import { AgentAnswerBody, AgentAskBody } from '../inputs/agent-inputs.js';
import { ClaimClock } from '../ports.js';
import { requirePerson } from '../require-person.js';
import { RoomSnapshots } from '../room-snapshots.js';

/** An agent asks the people of the room; its claim's clock stands still until one of them answers. */
@CommandHandler('agent.ask', AgentAskBody)
export class AskQuestion implements Command<'agent.ask', RoomAccess> {
  constructor(
    private readonly clock: ClaimClock,
    private readonly snapshots: RoomSnapshots,
  ) {}

  async authorise({ tx, caller }: CommandContext, input: AgentAskInput): Promise<RoomAccess> {
    if (caller.kind !== 'agent') throw fail('agent.not_an_agent', {});
    const access = await enterRoom(tx, caller, input.room_id);
    const agent = await findRoomAgent(tx, access.room.id, caller.id);
    if (!agent?.joined || agent.left) throw fail('agent.not_registered', {});
    return access;
  }

  async run(
    { tx, caller }: CommandContext,
    input: AgentAskInput,
    { room }: RoomAccess,
  ): Promise<{ question_id: string }> {
    const id = newId();
    const { text, options = [] } = input;
    const taskId = input.task_id ?? null;
    if (taskId !== null) await this.stopClock(tx, room, caller.id, taskId);
    await insertQuestion(tx, { id, roomId: room.id, agentId: caller.id, taskId, text, options });
    const data = { question_id: id, agent_id: caller.id, text, options, task_id: taskId, to: null };
    tx.appendToRoom(room.id, { type: 'agent.question', actor: actorOf(caller), data });
    return { question_id: id };
  }

  /** Only the clock of its own claim: a question must not keep another's alive. */
  private async stopClock(tx: LogTx, room: Room, agentId: string, taskId: string): Promise<void> {
    const { tasks } = await this.snapshots.readParts(tx, room);
    const own = tasks.some((task) => task.id === taskId && task.assignee?.id === agentId);
    if (!own) throw fail('agent.not_its_task', {});
    await this.clock.hold(tx, taskId, 'question');
  }
}

/** A person of the room answers. */
@CommandHandler('agent.answer', AgentAnswerBody)
export class AnswerQuestion implements Command<'agent.answer', OpenedQuestion> {
  constructor(private readonly clock: ClaimClock) {}

  async authorise({ tx, caller }: CommandContext, input: AgentAnswerInput): Promise<OpenedQuestion> {
    requirePerson(caller);
    const roomId = await findRoomOfQuestion(tx, input.question_id, caller.id);
    if (roomId === undefined) throw fail('question.not_found', {});
    await enterRoom(tx, caller, roomId);
    const question = await findQuestion(tx, input.question_id);
    if (!question) throw fail('question.not_found', {});
    return question;
  }

  async run(
    { tx, caller }: CommandContext,
    input: AgentAnswerInput,
    question: OpenedQuestion,
  ): Promise<{ question_id: string }> {
    if (!question.open) throw fail('question.closed', {});
    await saveAnswer(tx, question.id, input.answer, caller.id);
    const data = { question_id: question.id, agent_id: question.agentId, answer: input.answer };
    tx.appendToRoom(question.roomId, { type: 'agent.answered', actor: actorOf(caller), data });
    const { taskId } = question;
    if (taskId !== null && !(await hasOpenQuestion(tx, taskId))) await this.clock.release(tx, taskId);
    return { question_id: question.id };
  }
}
