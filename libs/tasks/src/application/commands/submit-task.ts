import { type CommandReplyOf, LIMITS, type TaskSubmitInput } from '@clawtank/contracts';
import { actorOf, type Command, type CommandContext, CommandHandler, OptionalText } from '@clawtank/commands';
import { enforce } from '@clawtank/kernel';
import { mayStep } from '../../domain/task-policies.js';
import { enterTask, type TaskAccess } from '../enter-task.js';
import { stepTask, touchTask } from '../step-task.js';
import { taskView } from '../task-view.js';
import { FencedTaskBody } from './bodies.js';

export class TaskSubmitBody extends FencedTaskBody implements TaskSubmitInput {
  @OptionalText(LIMITS.MESSAGE_BYTES)
  summary?: string;
}

/**
 * Hands work in for review. Opening a pull request has done so already: after that it only adds the summary.
 */
@CommandHandler('task.submit', TaskSubmitBody)
export class SubmitTask implements Command<'task.submit', TaskAccess> {
  async authorise({ tx, caller }: CommandContext, input: TaskSubmitInput): Promise<TaskAccess> {
    const access = await enterTask(tx, caller, input.task_id);
    enforce(mayStep(access.task, caller, input.fence));
    return access;
  }

  async run(
    { tx, caller }: CommandContext,
    input: TaskSubmitInput,
    { task }: TaskAccess,
  ): Promise<CommandReplyOf<'task.submit'>> {
    const summary = input.summary ?? task.summary;
    const submitted = {
      change: 'submitted',
      actor: actorOf(caller),
      patch: { summary },
      extras: { summary },
    } as const;
    const handedIn = task.status === 'review' && task.pullRequest !== null;
    const after = handedIn
      ? await touchTask(tx, task, submitted)
      : await stepTask(tx, task, { trigger: 'submit', ...submitted });
    return { task: taskView(after) };
  }
}
