import type { LeaseView, RoomSnapshot, TaskChange, TaskView } from '@clawtank/contracts';
import { defined, type EventOf, patch, upsert } from './shared.js';

export function taskSuggested(snapshot: RoomSnapshot, event: EventOf<'task.suggested'>): RoomSnapshot {
  const { suggestion_id: id, ...told } = event.data;
  const suggestion = { id, room_id: snapshot.room.id, ...told, created_at: event.at };
  return { ...snapshot, suggestions: upsert(snapshot.suggestions, suggestion, (other) => other.id === id) };
}

const without = (snapshot: RoomSnapshot, suggestionId: string | null): RoomSnapshot['suggestions'] =>
  snapshot.suggestions.filter((suggestion) => suggestion.id !== suggestionId);

export const taskDismissed = (snapshot: RoomSnapshot, event: EventOf<'task.dismissed'>): RoomSnapshot => ({
  ...snapshot,
  suggestions: without(snapshot, event.data.suggestion_id),
});

export function taskCreated(snapshot: RoomSnapshot, event: EventOf<'task.created'>): RoomSnapshot {
  const { task_id: id, suggestion_id, ...told } = event.data;
  const task: TaskView = {
    id,
    room_id: snapshot.room.id,
    ...told,
    assignee: null,
    created_by: event.actor,
    fence: null,
    branch: null,
    lease_expires_at: null,
    progress: null,
    note: null,
    summary: null,
    blocked_by: null,
    pull_request: null,
    created_at: event.at,
    updated_at: event.at,
    completed_at: null,
  };
  return {
    ...snapshot,
    tasks: upsert(snapshot.tasks, task, (other) => other.id === id),
    suggestions: without(snapshot, suggestion_id),
  };
}

/** Changes after which the claim is over and its leases with it. */
const ENDS_CLAIM: ReadonlySet<TaskChange> = new Set(['released', 'expired', 'completed', 'cancelled']);

export function taskUpdated(snapshot: RoomSnapshot, event: EventOf<'task.update'>): RoomSnapshot {
  const { task_id, change } = event.data;
  const tasks = patch(
    snapshot.tasks,
    (task) => task.id === task_id,
    (task) => updated(task, event),
  );
  const leases = ENDS_CLAIM.has(change)
    ? snapshot.leases.filter((lease) => lease.task_id !== task_id)
    : patch(
        snapshot.leases,
        (lease) => lease.task_id === task_id,
        (lease) => ({ ...lease, expires_at: event.data.lease_expires_at }),
      );
  return { ...snapshot, tasks, leases };
}

function updated(task: TaskView, event: EventOf<'task.update'>): TaskView {
  const { status, assignee, fence, branch, lease_expires_at, progress, note, summary, edited } = event.data;
  const { blocked_by, change } = event.data;
  return {
    ...task,
    ...defined(edited ?? {}),
    ...defined({ progress, note, summary, blocked_by }),
    ...(change === 'completed' ? { progress: 1 } : {}),
    ...(status === 'blocked' ? {} : { blocked_by: null }),
    status,
    assignee,
    fence: fence ?? task.fence,
    branch: branch ?? task.branch,
    lease_expires_at,
    updated_at: event.at,
    completed_at: change === 'completed' ? event.at : task.completed_at,
  };
}

export function leased(snapshot: RoomSnapshot, event: EventOf<'task.lease'>): RoomSnapshot {
  const { task_id, key, patterns, source } = event.data;
  const task = snapshot.tasks.find((other) => other.id === task_id);
  const holder = task?.assignee;
  if (!holder) return snapshot;
  const fresh = patterns.map(
    (pattern): LeaseView => ({
      task_id,
      task_key: key,
      pattern,
      holder,
      source,
      expires_at: task.lease_expires_at,
    }),
  );
  const isNew = (lease: LeaseView): boolean =>
    !snapshot.leases.some((other) => other.task_id === task_id && other.pattern === lease.pattern);
  return { ...snapshot, leases: [...snapshot.leases, ...fresh.filter(isNew)] };
}
