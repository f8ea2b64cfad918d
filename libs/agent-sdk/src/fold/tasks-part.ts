import type { LeaseView, RoomSnapshot, TaskChange, TaskView } from '@clawtank/contracts';
import { defined, type EventOf, patch, upsert } from './shared.js';

export function taskSuggested(snapshot: RoomSnapshot, event: EventOf<'task.suggested'>): RoomSnapshot {
  const { suggestion_id: id, deadline = null, follow_up_of = null, ...told } = event.data;
  const { source_message_ids = [told.message_id], ...rest } = told;
  // One that is told again was amended.
  const created_at = snapshot.suggestions.find((other) => other.id === id)?.created_at ?? event.at;
  const added = { deadline, source_message_ids, follow_up_of, created_at };
  const suggestion = { id, room_id: snapshot.room.id, ...rest, ...added };
  return { ...snapshot, suggestions: upsert(snapshot.suggestions, suggestion, (other) => other.id === id) };
}

const without = (snapshot: RoomSnapshot, suggestionId: string | null): RoomSnapshot['suggestions'] =>
  snapshot.suggestions.filter((suggestion) => suggestion.id !== suggestionId);

export const taskDismissed = (snapshot: RoomSnapshot, event: EventOf<'task.dismissed'>): RoomSnapshot => ({
  ...snapshot,
  suggestions: without(snapshot, event.data.suggestion_id),
});

export function taskCreated(snapshot: RoomSnapshot, event: EventOf<'task.created'>): RoomSnapshot {
  const { task_id: id, suggestion_id, deadline = null, ...told } = event.data;
  const { source_message_ids = sourcesOf(told.source_message_id), ...rest } = told;
  const task: TaskView = {
    id,
    room_id: snapshot.room.id,
    ...rest,
    deadline,
    source_message_ids,
    assignee: null,
    created_by: event.actor,
    fence: null,
    branch: null,
    lease_expires_at: null,
    progress: null,
    note: null,
    summary: null,
    blocked_by: event.data.status === 'blocked' ? openDependencies(snapshot, event.data.depends_on) : null,
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

const sourcesOf = (messageId: string | null): readonly string[] => (messageId === null ? [] : [messageId]);

/** Changes after which the claim is over and its leases with it. */
const ENDS_CLAIM: ReadonlySet<TaskChange> = new Set(['released', 'expired', 'completed', 'cancelled']);

/** What a task waits for from its beginning on. */
const openDependencies = (snapshot: RoomSnapshot, depends_on: readonly string[]): TaskView['blocked_by'] => ({
  kind: 'dependency',
  task_ids: depends_on.filter((id) =>
    snapshot.tasks.some((task) => task.id === id && task.status !== 'complete'),
  ),
});

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
    branch,
    lease_expires_at,
    updated_at: event.at,
    completed_at: change === 'completed' ? event.at : task.completed_at,
  };
}

export function leased(snapshot: RoomSnapshot, event: EventOf<'task.lease'>): RoomSnapshot {
  const { task_id, key, patterns, source, why = [] } = event.data;
  const task = snapshot.tasks.find((other) => other.id === task_id);
  const holder = task?.assignee;
  if (!holder) return snapshot;
  const fresh = patterns.map(
    (pattern, index): LeaseView => ({
      task_id,
      task_key: key,
      pattern,
      holder,
      source,
      why: why[index] ?? null,
      expires_at: task.lease_expires_at,
    }),
  );
  const same = (lease: LeaseView) => (other: LeaseView) =>
    other.task_id === task_id && other.pattern === lease.pattern;
  // What was guessed becomes a lease like any other once a push has touched it.
  const kept = snapshot.leases.filter(
    (lease) => lease.source !== 'inferred' || source === 'inferred' || !fresh.some(same(lease)),
  );
  return { ...snapshot, leases: [...kept, ...fresh.filter((lease) => !kept.some(same(lease)))] };
}
