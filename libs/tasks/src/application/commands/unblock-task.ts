import type { CommandReplyOf, TaskUnblockInput } from '@clawtank/contracts';
import { actorOf, type Command, type CommandContext, CommandHandler } from '@clawtank/commands';
import { enforce } from '@clawtank/kernel';
import { IsInt, IsOptional } from 'class-validator';
import { fail } from '../../domain/failures.js';
import { mayBlock } from '../../domain/task-policies.js';
import { enterTask, type TaskAccess } from '../enter-task.js';
import { stepTask } from '../step-task.js';
import { taskView } from '../task-view.js';
import { TaskBody } from './bodies.js';

export class TaskUnblockBody extends TaskBody implements TaskUnblockInput {
  @IsOptional()
  @IsInt()
  fence?: number;
}

/** Takes away what was blocked by hand; dependencies and conflicts go away by themselves. */
@CommandHandler('task.unblock', TaskUnblockBody)
export class UnblockTask implements Command<'task.unblock', TaskAccess> {
  async authorise({ tx, caller }: CommandContext, input: TaskUnblockInput): Promise<TaskAccess> {
    const access = await enterTask(tx, caller, input.task_id);
    enforce(mayBlock(access.task, caller, input.fence ?? undefined));
    return access;
  }

  async run(
    { tx, caller }: CommandContext,
    _input: TaskUnblockInput,
    { task }: TaskAccess,
  ): Promise<CommandReplyOf<'task.unblock'>> {
    if (task.blockers.manual === null) throw fail('task.not_blocked', { key: task.key });
    const patch = { blocked_manual: null };
    const step = { trigger: 'unblock', change: 'unblocked', actor: actorOf(caller), patch } as const;
    return { task: taskView(await stepTask(tx, task, step)) };
  }
}
