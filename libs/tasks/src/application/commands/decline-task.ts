import { type CommandReplyOf, LIMITS, type TaskDeclineInput } from '@clawtank/contracts';
import { actorOf, type Command, type CommandContext, CommandHandler, OptionalText } from '@clawtank/commands';
import { fail } from '../../domain/failures.js';
import { markDeclined } from '../../persistence/offer-rows.js';
import { enterTask, type TaskAccess } from '../enter-task.js';
import { offerOpenTasks } from '../offer-tasks.js';
import { TaskBody } from './bodies.js';

export class TaskDeclineBody extends TaskBody implements TaskDeclineInput {
  @OptionalText(LIMITS.MESSAGE_BYTES)
  reason?: string;
}

/** An agent turns an offer down; what names it may then be offered to others. */
@CommandHandler('task.decline', TaskDeclineBody)
export class DeclineTask implements Command<'task.decline', TaskAccess> {
  async authorise({ tx, caller }: CommandContext, input: TaskDeclineInput): Promise<TaskAccess> {
    const access = await enterTask(tx, caller, input.task_id);
    if (caller.kind !== 'agent') throw fail('task.agents_only', {});
    return access;
  }

  async run(
    { tx, caller }: CommandContext,
    input: TaskDeclineInput,
    { room, task }: TaskAccess,
  ): Promise<CommandReplyOf<'task.decline'>> {
    const reason = input.reason ?? null;
    const isNew = await markDeclined(tx, task.id, task.claim?.fence ?? 0, caller.id, reason);
    const data = { task_id: task.id, key: task.key, agent_id: caller.id, reason };
    if (isNew) tx.appendToRoom(room.id, { type: 'task.declined', actor: actorOf(caller), data });
    if (task.status === 'open') await offerOpenTasks(tx, room);
    return { task_id: task.id };
  }
}
