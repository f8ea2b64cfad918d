import { type CommandReplyOf, LIMITS, type TaskBlockInput } from '@clawtank/contracts';
import { actorOf, type Command, type CommandContext, CommandHandler, Text } from '@clawtank/commands';
import { enforce } from '@clawtank/kernel';
import { IsInt, IsOptional } from 'class-validator';
import { mayBlock } from '../../domain/task-policies.js';
import { enterTask, type TaskAccess } from '../enter-task.js';
import { stepTask } from '../step-task.js';
import { taskView } from '../task-view.js';
import { TaskBody } from './bodies.js';

export class TaskBlockBody extends TaskBody implements TaskBlockInput {
  @Text(LIMITS.MESSAGE_BYTES)
  reason!: string;

  @IsOptional()
  @IsInt()
  fence?: number;
}

@CommandHandler('task.block', TaskBlockBody)
export class BlockTask implements Command<'task.block', TaskAccess> {
  async authorise({ tx, caller }: CommandContext, input: TaskBlockInput): Promise<TaskAccess> {
    const access = await enterTask(tx, caller, input.task_id);
    enforce(mayBlock(access.task, caller, input.fence ?? undefined));
    return access;
  }

  async run(
    { tx, caller }: CommandContext,
    input: TaskBlockInput,
    { task }: TaskAccess,
  ): Promise<CommandReplyOf<'task.block'>> {
    const patch = { blocked_manual: input.reason };
    const step = { trigger: 'block', change: 'blocked', actor: actorOf(caller), patch } as const;
    return { task: taskView(await stepTask(tx, task, step)) };
  }
}
