import { type CommandReplyOf, LIMITS, type TaskProgressInput, type UsageReport } from '@clawtank/contracts';
import { actorOf, type Command, type CommandContext, CommandHandler, OptionalText } from '@clawtank/commands';
import { enforce } from '@clawtank/kernel';
import { Type } from 'class-transformer';
import { IsInt, IsNumber, IsObject, IsOptional, Max, Min, ValidateNested } from 'class-validator';
import { mayStep } from '../../domain/task-policies.js';
import { addUsage } from '../../persistence/budget-rows.js';
import { enterTask, type TaskAccess } from '../enter-task.js';
import { touchTask } from '../step-task.js';
import { taskView } from '../task-view.js';
import { FencedTaskBody } from './bodies.js';

const MOST = 1_000_000_000_000;

class UsageBody implements UsageReport {
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MOST)
  tokens?: number;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MOST)
  cost_cents?: number;
}

export class TaskProgressBody extends FencedTaskBody implements TaskProgressInput {
  @IsOptional()
  @IsNumber()
  @Min(0)
  @Max(1)
  progress?: number;

  @OptionalText(LIMITS.MESSAGE_BYTES)
  note?: string;

  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => UsageBody)
  usage?: UsageBody;
}

/** How far the holder is, and what an agent says it used since its last word; renews the claim's lease. */
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
    const { usage } = input;
    if (usage && caller.kind === 'agent') await addUsage(tx, task.id, input.fence, usage);
    const extras = { ...told, ...(usage ? { reported_usage: usage } : {}) };
    const after = await touchTask(tx, task, { change: 'progressed', actor, patch: told, extras });
    return { task: taskView(after) };
  }
}
