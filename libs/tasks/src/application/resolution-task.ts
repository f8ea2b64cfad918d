import type { Principal } from '@clawtank/contracts';
import { type LogTx, SYSTEM_ACTOR } from '@clawtank/events';
import type { Room } from '@clawtank/rooms';
import { faultOf } from '../domain/path-patterns.js';
import { liveClaimOf } from '../domain/task.js';
import { mayChangeTasks } from '../domain/task-policies.js';
import { updateTask } from '../persistence/task-changes.js';
import { findTask } from '../persistence/task-rows.js';
import { advanceTask } from './advance-task.js';
import { createTask } from './create-task.js';
import { stepTask } from './step-task.js';

export interface ResolutionDraft {
  readonly title: string;
  readonly description: string;
  /** Files in conflict, as they stand in the tree. */
  readonly files: readonly string[];
  /** The branch that claims of the task fork from. */
  readonly branch: string;
  /** The tasks in conflict: their leases don't stand in the way of settling it. */
  readonly beside: readonly string[];
  /** Agents to ask first. */
  readonly addressedTo: readonly string[];
}

/**
 * Opens a task that is there to settle a conflict. The room must be locked.
 * @returns its id; undefined in a room that takes no tasks any more
 */
export async function openResolutionTask(
  tx: LogTx,
  room: Room,
  { title, description, files, branch, beside, addressedTo }: ResolutionDraft,
): Promise<string | undefined> {
  if (!mayChangeTasks(room).allowed) return undefined;
  const paths = files.filter((file) => faultOf(file) === null);
  const draft = { title, description, paths, addressedTo, priority: 'high', size: 'small' } as const;
  const { id } = await createTask(tx, room, draft, SYSTEM_ACTOR);
  await updateTask(tx, id, { kept_branch: branch, beside });
  return id;
}

/**
 * Ends a task whose conflict is gone: completed if whoever settled the conflict holds it, else cancelled. The
 * room must be locked.
 */
export async function endResolutionTask(
  tx: LogTx,
  taskId: string,
  settledBy: Pick<Principal, 'id'> | null,
  note: string,
): Promise<void> {
  const task = await findTask(tx, taskId);
  if (!task || task.status === 'complete' || task.status === 'cancelled') return;
  const actor = SYSTEM_ACTOR;
  if (!settledBy || liveClaimOf(task)?.claimant.id !== settledBy.id) {
    await stepTask(tx, task, {
      trigger: 'cancel',
      change: 'cancelled',
      actor,
      patch: { note },
      extras: { note },
    });
    return;
  }
  if (task.status === 'claimed') await stepTask(tx, task, { trigger: 'start', change: 'started', actor });
  await advanceTask(tx, taskId, 'merged', { actor });
}
