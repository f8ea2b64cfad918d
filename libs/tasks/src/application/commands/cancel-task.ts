import { type CommandReplyOf, LIMITS, type TaskCancelInput } from '@clawtank/contracts';
import { actorOf, type Command, type CommandContext, CommandHandler, OptionalText } from '@clawtank/commands';
import { enforce } from '@clawtank/kernel';
import { mayCancel } from '../../domain/task-policies.js';
import { enterTask, type TaskAccess } from '../enter-task.js';
import { stepTask } from '../step-task.js';
import { taskView } from '../task-view.js';
import { TaskBody } from './bodies.js';

export class TaskCancelBody extends TaskBody implements TaskCancelInput {
  @OptionalText(LIMITS.MESSAGE_BYTES)
  reason?: string;
}

/** Ends a task that is not done. Its subtasks stay; whoever waited for it goes on. */
@CommandHandler('task.cancel', TaskCancelBody)
export class CancelTask implements Command<'task.cancel', TaskAccess> {
  async authorise({ tx, caller }: CommandContext, input: TaskCancelInput): Promise<TaskAccess> {
    const access = await enterTask(tx, caller, input.task_id);
    enforce(mayCancel(access.task, caller));
    return access;
  }

  async run(
    { tx, caller }: CommandContext,
    input: TaskCancelInput,
    { task }: TaskAccess,
  ): Promise<CommandReplyOf<'task.cancel'>> {
    const extras = { comment: input.reason ?? null };
    const step = { trigger: 'cancel', change: 'cancelled', actor: actorOf(caller), extras } as const;
    return { task: taskView(await stepTask(tx, task, step)) };
  }
}
