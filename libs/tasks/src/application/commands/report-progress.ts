import { type CommandReplyOf, LIMITS, type TaskProgressInput } from '@clawtank/contracts';
import { actorOf, type Command, type CommandContext, CommandHandler, OptionalText } from '@clawtank/commands';
import { enforce } from '@clawtank/kernel';
import { IsNumber, IsOptional, Max, Min } from 'class-validator';
import { mayStep } from '../../domain/task-policies.js';
import { enterTask, type TaskAccess } from '../enter-task.js';
import { touchTask } from '../step-task.js';
import { taskView } from '../task-view.js';
import { FencedTaskBody } from './bodies.js';

export class TaskProgressBody extends FencedTaskBody implements TaskProgressInput {
  @IsOptional()
  @IsNumber()
  @Min(0)
  @Max(1)
  progress?: number;

  @OptionalText(LIMITS.MESSAGE_BYTES)
  note?: string;
}

/** How far the holder is; renews the claim's lease. */
@CommandHandler('task.progress', TaskProgressBody)
export class ReportProgress implements Command<'task.progress', TaskAccess> {
  async authorise({ tx, caller }: CommandContext, input: TaskProgressInput): Promise<TaskAccess> {
    const access = await enterTask(tx, caller, input.task_id);
    enforce(mayStep(access.task, caller, input.fence));
    return access;
  }

  async run(
    { tx, caller }: CommandContext,
    input: TaskProgressInput,
    { task }: TaskAccess,
  ): Promise<CommandReplyOf<'task.progress'>> {
    const told = { progress: input.progress ?? task.progress, note: input.note ?? task.note };
    const actor = actorOf(caller);
    const after = await touchTask(tx, task, { change: 'progressed', actor, patch: told, extras: told });
    return { task: taskView(after) };
  }
}
