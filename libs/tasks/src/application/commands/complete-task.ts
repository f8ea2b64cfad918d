import type { CommandReplyOf, TaskRef } from '@clawtank/contracts';
import { actorOf, type Command, type CommandContext, CommandHandler } from '@clawtank/commands';
import { enforce } from '@clawtank/kernel';
import { mayComplete } from '../../domain/task-policies.js';
import { enterTask, type TaskAccess } from '../enter-task.js';
import { stepTask } from '../step-task.js';
import { taskView } from '../task-view.js';
import { TaskBody } from './bodies.js';

@CommandHandler('task.complete', TaskBody)
export class CompleteTask implements Command<'task.complete', TaskAccess> {
  authorise({ tx, caller }: CommandContext, input: TaskRef): Promise<TaskAccess> {
    return enterTask(tx, caller, input.task_id);
  }

  async run(
    { tx, caller }: CommandContext,
    _input: TaskRef,
    { task }: TaskAccess,
  ): Promise<CommandReplyOf<'task.complete'>> {
    enforce(mayComplete(task));
    const step = { trigger: 'complete', change: 'completed', actor: actorOf(caller) } as const;
    return { task: taskView(await stepTask(tx, task, step)) };
  }
}
