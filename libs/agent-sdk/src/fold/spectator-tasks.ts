import type { Envelope, SpectatorEventMap, SpectatorSnapshot, SpectatorTaskView } from '@clawtank/contracts';
import { defined, newestFirst, patch, upsert } from './shared.js';

type SpectatorEventOf<K extends keyof SpectatorEventMap> = Envelope<K, SpectatorEventMap[K]>;

export function taskShown(
  snapshot: SpectatorSnapshot,
  event: SpectatorEventOf<'task.created'>,
): SpectatorSnapshot {
  const { task_id: id, suggestion_id: _, ...told } = event.data;
  const task: SpectatorTaskView = {
    id,
    ...told,
    assignee: null,
    branch: null,
    progress: null,
    pull_request: null,
  };
  return { ...snapshot, tasks: upsert(snapshot.tasks, task, (other) => other.id === id) };
}

const ENDS_CLAIM: ReadonlySet<string> = new Set(['released', 'expired', 'completed', 'cancelled']);

export function taskMoved(
  snapshot: SpectatorSnapshot,
  event: SpectatorEventOf<'task.update'>,
): SpectatorSnapshot {
  const { task_id, status, assignee, branch, progress, edited, change } = event.data;
  const tasks = patch(
    snapshot.tasks,
    (task) => task.id === task_id,
    (task) => ({
      ...task,
      ...defined(edited ?? {}),
      ...defined({ progress }),
      ...(change === 'completed' ? { progress: 1 } : {}),
      status,
      assignee,
      branch,
    }),
  );
  const leases = ENDS_CLAIM.has(change)
    ? snapshot.leases.filter((lease) => lease.task_id !== task_id)
    : snapshot.leases;
  return { ...snapshot, tasks, leases };
}

export function leaseShown(
  snapshot: SpectatorSnapshot,
  event: SpectatorEventOf<'task.lease'>,
): SpectatorSnapshot {
  const { task_id, key: task_key, patterns } = event.data;
  const holder = snapshot.tasks.find((task) => task.id === task_id)?.assignee;
  if (!holder) return snapshot;
  const known = new Set(
    snapshot.leases.filter((lease) => lease.task_id === task_id).map((lease) => lease.pattern),
  );
  const fresh = patterns.filter((pattern) => !known.has(pattern));
  const leases = [...snapshot.leases, ...fresh.map((pattern) => ({ task_id, task_key, pattern, holder }))];
  return { ...snapshot, leases };
}

export function pullRequestShown(
  snapshot: SpectatorSnapshot,
  event: SpectatorEventOf<'git.pull_request'>,
): SpectatorSnapshot {
  const { number, title, branch, task_id, action, verdict } = event.data;
  const before = snapshot.pull_requests.find((other) => other.number === number);
  const state = action === 'merged' ? 'merged' : action === 'closed' ? 'closed' : (before?.state ?? 'open');
  const approved =
    action === 'reviewed' ? verdict === 'approve' : action !== 'updated' && (before?.approved ?? false);
  const next = { number, title, state, branch, task_id, approved };
  const pull_requests = newestFirst(upsert(snapshot.pull_requests, next, (other) => other.number === number));
  if (action !== 'opened' && action !== 'closed') return { ...snapshot, pull_requests };
  const tasks = patch(
    snapshot.tasks,
    (task) => task.id === task_id,
    (task) => ({ ...task, pull_request: action === 'opened' ? number : null }),
  );
  return { ...snapshot, pull_requests, tasks };
}
