import { type Actor, type EventMap, type TaskChange, userStream } from '@clawtank/contracts';
import type { LogTx } from '@clawtank/events';
import type { Task } from '../domain/task.js';
import { assigneeOf, blockedBy, branchOf, leaseEndOf } from './task-view.js';

type Update = EventMap['task.update'];

/** Fields that belong to one kind of change. */
export type UpdateExtras = Pick<
  Update,
  'progress' | 'note' | 'reported_usage' | 'summary' | 'blocked_by' | 'comment' | 'edited'
>;

export interface Announcement {
  readonly change: TaskChange;
  readonly actor: Actor;
  readonly extras?: UpdateExtras;
}

/**
 * Appends what changed to the room, and a copy to the stream of whoever holds the task or has just lost it.
 * @param before the task before the change
 * @param after the task as saved
 */
export function announceUpdate(
  tx: LogTx,
  before: Task,
  after: Task,
  { change, actor, extras = {} }: Announcement,
): void {
  const data: Update = {
    task_id: after.id,
    key: after.key,
    change,
    status: after.status,
    assignee: assigneeOf(after),
    fence: after.claim?.fence ?? null,
    branch: branchOf(after),
    lease_expires_at: leaseEndOf(after),
    ...(before.status === 'blocked' || after.status === 'blocked' ? { blocked_by: blockedBy(after) } : {}),
    ...extras,
  };
  tx.appendToRoom(after.roomId, { type: 'task.update', actor, data });
  const holders = [assigneeOf(before), assigneeOf(after)].flatMap((holder) => (holder ? [holder.id] : []));
  for (const id of new Set(holders))
    tx.appendTo(userStream(id), { type: 'task.update', actor, data }, after.roomId);
}
