import type { Caller } from '@clawtank/commands';
import { Fact, type LogTx } from '@clawtank/events';
import { enforce, Failure, newId } from '@clawtank/kernel';
import { enterRoom, type RoomAccess } from '@clawtank/rooms';
import { fail } from '../domain/failures.js';
import type { Task } from '../domain/task.js';
import { mayChangeTasks } from '../domain/task-policies.js';
import { findRoomOfTask, findTask } from '../persistence/task-rows.js';

/** The locked room of a task, what the caller is in it, and the task as it is under the lock. */
export interface TaskAccess extends RoomAccess {
  readonly task: Task;
}

/** What those who want one task at the same moment all ask; the first who gets it makes the others ask again. */
const rooms = new Fact<string | undefined>();
const tasks = new Fact<Task | undefined>();

/**
 * Lets a caller act on a task: enters its room and reads it under the room's lock.
 * @throws task.not_found, the same for a missing task and for one in a room that the caller may not enter;
 *   task.room_closed
 */
export async function enterTask(tx: LogTx, caller: Caller, taskId: string): Promise<TaskAccess> {
  // A missing task takes the same way as one out of sight: a room is looked for either way.
  const roomId = (await roomOf(tx, taskId)) ?? newId();
  const access = await asMissingTask(() => enterRoom(tx, caller, roomId));
  const task = await tasks.of(tx, taskId, () => findTask(tx, taskId));
  if (!task) throw fail('task.not_found', {});
  enforce(mayChangeTasks(access.room));
  return { ...access, task };
}

/** A task never changes its room, so this much is true without the lock too. */
const roomOf = (tx: LogTx, taskId: string): Promise<string | undefined> =>
  rooms.of(tx, taskId, () => findRoomOfTask(tx, taskId));

/** Runs `enter`; a room that looks missing becomes a task that does. */
export async function asMissingTask<T>(enter: () => Promise<T>): Promise<T> {
  try {
    return await enter();
  } catch (error) {
    if (error instanceof Failure && error.code === 'NOT_FOUND') throw fail('task.not_found', {});
    throw error;
  }
}
