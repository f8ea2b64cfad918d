import type { CommandReplyOf, FencedTaskRef } from '@clawtank/contracts';
import { actorOf, type Command, type CommandContext, CommandHandler } from '@clawtank/commands';
import { enforce } from '@clawtank/kernel';
import { mayStep } from '../../domain/task-policies.js';
import { enterTask, type TaskAccess } from '../enter-task.js';
import { stepTask } from '../step-task.js';
import { taskView } from '../task-view.js';
import { FencedTaskBody } from './bodies.js';

@CommandHandler('task.start', FencedTaskBody)
export class StartTask implements Command<'task.start', TaskAccess> {
  async authorise({ tx, caller }: CommandContext, input: FencedTaskRef): Promise<TaskAccess> {
    const access = await enterTask(tx, caller, input.task_id);
    enforce(mayStep(access.task, caller, input.fence));
    return access;
  }

  async run(
    { tx, caller }: CommandContext,
    _input: FencedTaskRef,
    { task }: TaskAccess,
  ): Promise<CommandReplyOf<'task.start'>> {
    const step = { trigger: 'start', change: 'started', actor: actorOf(caller) } as const;
    return { task: taskView(await stepTask(tx, task, step)) };
  }
}
