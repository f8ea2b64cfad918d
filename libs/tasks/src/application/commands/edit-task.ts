import type { Actor, CommandReplyOf, EventMap, TaskEditInput } from '@clawtank/contracts';
import { actorOf, type Command, type CommandContext, CommandHandler } from '@clawtank/commands';
import { type LogTx, SYSTEM_ACTOR } from '@clawtank/events';
import { enforce } from '@clawtank/kernel';
import { IsOptional, IsUUID } from 'class-validator';
import { fail } from '../../domain/failures.js';
import type { Task } from '../../domain/task.js';
import { mayChange } from '../../domain/task-policies.js';
import { waitsFor } from '../../domain/waiting.js';
import { listWaits, setDependencies } from '../../persistence/task-changes.js';
import { findRelated } from '../create-task.js';
import { enterTask, type TaskAccess } from '../enter-task.js';
import { soundPatterns } from '../sound-patterns.js';
import { reread, stepTask, touchTask } from '../step-task.js';
import { taskView } from '../task-view.js';
import { Day, TaskDetailsBody, Title } from './bodies.js';

export class TaskEditBody extends TaskDetailsBody implements TaskEditInput {
  @IsUUID()
  task_id!: string;

  @IsOptional()
  @Title()
  title?: string;

  @Day()
  deadline?: string | null;
}

type Edited = NonNullable<EventMap['task.update']['edited']>;

@CommandHandler('task.edit', TaskEditBody)
export class EditTask implements Command<'task.edit', TaskAccess> {
  async authorise({ tx, caller }: CommandContext, input: TaskEditInput): Promise<TaskAccess> {
    const access = await enterTask(tx, caller, input.task_id);
    enforce(mayChange(access.task, caller));
    return access;
  }

  async run(
    { tx, caller }: CommandContext,
    input: TaskEditInput,
    { task }: TaskAccess,
  ): Promise<CommandReplyOf<'task.edit'>> {
    if (task.status === 'complete' || task.status === 'cancelled')
      throw fail('task.closed', { key: task.key, status: task.status });
    const actor = actorOf(caller);
    const edited = editedFields(input);
    if (edited.depends_on) await replaceDependencies(tx, task, edited.depends_on);
    const { depends_on: _, ...patch } = edited;
    const after = await touchTask(tx, task, { change: 'edited', actor, patch, extras: { edited } });
    return { task: taskView(edited.depends_on ? await settle(tx, after, actor) : after) };
  }
}

/** Only what the input names: a field left out, or null, stays as it is; but for the deadline, which null ends. */
function editedFields(input: TaskEditInput): Edited {
  const { title, description, priority, size, capabilities, languages, paths, depends_on: dependsOn } = input;
  const { deadline } = input;
  return {
    ...(title == null ? {} : { title }),
    ...(description == null ? {} : { description }),
    ...(priority == null ? {} : { priority }),
    ...(size == null ? {} : { size }),
    ...(capabilities == null ? {} : { capabilities }),
    ...(languages == null ? {} : { languages }),
    ...(paths == null ? {} : { paths: soundPatterns(paths) }),
    ...(dependsOn == null ? {} : { depends_on: [...new Set(dependsOn)] }),
    ...(deadline === undefined ? {} : { deadline }),
  };
}

async function replaceDependencies(tx: LogTx, task: Task, dependsOn: readonly string[]): Promise<void> {
  await findRelated(tx, task.roomId, dependsOn);
  const waits = await listWaits(tx, task.roomId);
  const others = waits.filter((wait) => wait.task !== task.id || !task.dependsOn.includes(wait.for));
  if (waitsFor(others, dependsOn, task.id)) throw fail('task.dependency_cycle', {});
  await setDependencies(tx, task.id, dependsOn);
}

/** New dependencies may stop a task, and dropped ones let it go on. */
async function settle(tx: LogTx, task: Task, actor: Actor): Promise<Task> {
  const waits = task.blockers.dependencies.length > 0;
  if (waits && task.status !== 'blocked')
    return stepTask(tx, task, { trigger: 'await_dependency', change: 'blocked', actor });
  const { conflict, manual } = task.blockers;
  if (waits || task.status !== 'blocked' || conflict || manual !== null) return reread(tx, task.id);
  return stepTask(tx, task, { trigger: 'meet_dependency', change: 'unblocked', actor: SYSTEM_ACTOR });
}
