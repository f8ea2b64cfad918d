import { type CommandReplyOf, LIMITS, type TaskReleaseInput } from '@clawtank/contracts';
import { actorOf, type Command, type CommandContext, CommandHandler, OptionalText } from '@clawtank/commands';
import { enforce } from '@clawtank/kernel';
import { mayRelease } from '../../domain/task-policies.js';
import { enterTask, type TaskAccess } from '../enter-task.js';
import { handOver } from '../hand-over.js';
import { leaveLine, stepTask } from '../step-task.js';
import { taskView } from '../task-view.js';
import { FencedTaskBody } from './bodies.js';

export class TaskReleaseBody extends FencedTaskBody implements TaskReleaseInput {
  /** Hand-over to whoever claims the task next. */
  @OptionalText(LIMITS.MESSAGE_BYTES)
  note?: string;
}

/** Gives a claim back. Its branch is kept: the next claim forks from it. */
@CommandHandler('task.release', TaskReleaseBody)
export class ReleaseTask implements Command<'task.release', TaskAccess> {
  async authorise({ tx, caller }: CommandContext, input: TaskReleaseInput): Promise<TaskAccess> {
    const access = await enterTask(tx, caller, input.task_id);
    enforce(mayRelease(access.task, caller, input.fence, access.standing === 'host'));
    return access;
  }

  async run(
    { tx, caller }: CommandContext,
    input: TaskReleaseInput,
    { task }: TaskAccess,
  ): Promise<CommandReplyOf<'task.release'>> {
    const note = await handOver(tx, task, 'released', input.note ?? task.note);
    const held = task.blockers.paths ? await leaveLine(tx, task, actorOf(caller)) : task;
    const after = await stepTask(tx, held, {
      trigger: 'release',
      change: 'released',
      actor: actorOf(caller),
      patch: { note },
      extras: { note },
    });
    return { task: taskView(after) };
  }
}
