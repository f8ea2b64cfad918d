import type { Actor, Priority, Size } from '@clawtank/contracts';
import type { LogTx } from '@clawtank/events';
import { enforce } from '@clawtank/kernel';
import type { Room } from '@clawtank/rooms';
import { fail } from '../domain/failures.js';
import type { Task } from '../domain/task.js';
import { mayChangeTasks } from '../domain/task-policies.js';
import { advance, NO_FACTS } from '../domain/task-states.js';
import { waitsFor } from '../domain/waiting.js';
import { insertTask, listWaits, setDependencies } from '../persistence/task-changes.js';
import { listTasks } from '../persistence/task-rows.js';
import { soundPatterns } from './sound-patterns.js';
import { reread } from './step-task.js';

export interface TaskDraft {
  readonly title: string;
  readonly description?: string | undefined;
  readonly priority?: Priority | undefined;
  readonly size?: Size | undefined;
  readonly capabilities?: readonly string[] | undefined;
  readonly languages?: readonly string[] | undefined;
  readonly paths?: readonly string[] | undefined;
  readonly dependsOn?: readonly string[] | undefined;
  readonly parentId?: string | undefined;
  /** A finished task of the room that this one carries on. */
  readonly followUpOf?: string | undefined;
  readonly deadline?: string | undefined | null;
  readonly sourceMessageIds?: readonly string[] | undefined;
  readonly suggestionId?: string | undefined;
  readonly addressedTo?: readonly string[] | undefined;
}

/**
 * Makes a task in a room, which must be locked, and announces it.
 * @throws paths.invalid, task.unknown_dependency, task.dependency_cycle, task.closed (the parent),
 *   task.room_closed
 */
export async function createTask(tx: LogTx, room: Room, draft: TaskDraft, actor: Actor): Promise<Task> {
  enforce(mayChangeTasks(room));
  const dependsOn = [...new Set(draft.dependsOn ?? [])];
  if (draft.followUpOf !== undefined) await requireFinished(tx, room, draft.followUpOf);
  const dependencyOpen = await checkRelations(tx, room, dependsOn, draft.parentId);
  const id = await insertTask(tx, room.id, {
    title: draft.title,
    description: draft.description ?? '',
    status: advance(null, 'create', { ...NO_FACTS, dependencyOpen }) === 'blocked' ? 'blocked' : 'open',
    priority: draft.priority ?? 'normal',
    size: draft.size ?? 'medium',
    capabilities: draft.capabilities ?? [],
    languages: draft.languages ?? [],
    paths: soundPatterns(draft.paths ?? []),
    parentId: draft.parentId ?? null,
    followUpOf: draft.followUpOf ?? null,
    createdBy: actor,
    deadline: draft.deadline ?? null,
    sourceMessageIds: draft.sourceMessageIds ?? [],
    addressedTo: draft.addressedTo ?? [],
  });
  await setDependencies(tx, id, dependsOn);
  const task = await reread(tx, id);
  announceCreation(tx, task, draft.suggestionId ?? null, actor);
  return task;
}

/** What goes on is changed or given a subtask instead. */
async function requireFinished(tx: LogTx, room: Room, taskId: string): Promise<void> {
  const task = (await findRelated(tx, room.id, [taskId])).get(taskId);
  if (task && !isDone(task)) throw fail('task.not_finished', { key: task.key, status: task.status });
}

/** True when one of the dependencies is open. */
async function checkRelations(
  tx: LogTx,
  room: Room,
  dependsOn: readonly string[],
  parentId: string | undefined,
): Promise<boolean> {
  const related = parentId === undefined ? dependsOn : [...dependsOn, parentId];
  const known = await findRelated(tx, room.id, related);
  const parent = parentId === undefined ? undefined : known.get(parentId);
  if (parent && isDone(parent)) throw fail('task.closed', { key: parent.key, status: parent.status });
  // The parent waits for its new subtask, so the subtask must not wait for the parent.
  if (parent && waitsFor(await listWaits(tx, room.id), dependsOn, parent.id))
    throw fail('task.dependency_cycle', {});
  return dependsOn.some((id) => !isDone(known.get(id)));
}

/**
 * The tasks of these ids, all of this room.
 * @throws task.unknown_dependency
 */
export async function findRelated(
  tx: LogTx,
  roomId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Task>> {
  if (ids.length === 0) return new Map();
  const tasks = (await listTasks(tx, roomId)).filter((task) => ids.includes(task.id));
  const known = new Map(tasks.map((task) => [task.id, task]));
  const unknown = ids.filter((id) => !known.has(id));
  if (unknown.length > 0) throw fail('task.unknown_dependency', { task_ids: unknown });
  return known;
}

const isDone = (task: Task | undefined): boolean =>
  task?.status === 'complete' || task?.status === 'cancelled';

function announceCreation(tx: LogTx, task: Task, suggestionId: string | null, actor: Actor): void {
  tx.appendToRoom(task.roomId, {
    type: 'task.created',
    actor,
    data: {
      task_id: task.id,
      key: task.key,
      title: task.title,
      description: task.description,
      status: task.status,
      priority: task.priority,
      size: task.size,
      capabilities: task.capabilities,
      languages: task.languages,
      paths: task.paths,
      parent_id: task.parentId,
      depends_on: task.dependsOn,
      deadline: task.deadline,
      source_message_id: task.sourceMessageIds[0] ?? null,
      source_message_ids: task.sourceMessageIds,
      follow_up_of: task.followUpOf,
      suggestion_id: suggestionId,
    },
  });
}
