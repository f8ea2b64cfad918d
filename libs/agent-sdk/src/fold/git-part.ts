import type { BranchView, PullRequestView, RoomSnapshot } from '@clawtank/contracts';
import { conflictsAfter, type EventOf, newestFirst, patch, upsert } from './shared.js';

export function branchMoved(snapshot: RoomSnapshot, event: EventOf<'git.branch'>): RoomSnapshot {
  const { branch: name, action, sha } = event.data;
  const isDefault = name === snapshot.room.repository.default_branch;
  // A merge moves the default branch for a task, but the branch is nobody's.
  const task_id = isDefault ? null : event.data.task_id;
  const isIt = (branch: BranchView): boolean => branch.name === name;
  const before = snapshot.branches.find(isIt);
  const branches =
    action === 'deleted' || sha === null
      ? snapshot.branches.filter((branch) => !isIt(branch))
      : upsert(
          snapshot.branches,
          // How far it is from the default branch is only known to the server; the last count stands.
          {
            name,
            sha,
            task_id,
            ahead: before?.ahead ?? 0,
            behind: before?.behind ?? 0,
            updated_at: event.at,
          },
          isIt,
        );
  const { room } = snapshot;
  return {
    ...snapshot,
    branches: [...branches].sort((a, b) => (a.updated_at < b.updated_at ? 1 : -1)),
    room: isDefault ? { ...room, repository: { ...room.repository, head_sha: sha } } : room,
  };
}

export function pullRequestMoved(snapshot: RoomSnapshot, event: EventOf<'git.pull_request'>): RoomSnapshot {
  const { number, task_id, action } = event.data;
  const before = snapshot.pull_requests.find((other) => other.number === number);
  const next = movedTo(before ?? opened(snapshot, event), event);
  const pull_requests = newestFirst(
    upsert(inLine(snapshot.pull_requests, before, next), next, (other) => other.number === number),
  );
  if (action !== 'opened' && action !== 'closed') return { ...snapshot, pull_requests };
  const tasks = patch(
    snapshot.tasks,
    (task) => task.id === task_id,
    (task) => ({ ...task, pull_request: action === 'opened' ? number : null }),
  );
  return { ...snapshot, pull_requests, tasks };
}

/** Whoever leaves the merge queue lets those behind move up. */
function inLine(
  pulls: readonly PullRequestView[],
  before: PullRequestView | undefined,
  next: PullRequestView,
): readonly PullRequestView[] {
  const left = next.queue_position === null ? before?.queue_position : null;
  if (typeof left !== 'number') return pulls;
  return patch(
    pulls,
    ({ queue_position: place }) => place !== null && place > left,
    (pull) => ({ ...pull, queue_position: (pull.queue_position ?? 0) - 1 }),
  );
}

function opened(snapshot: RoomSnapshot, event: EventOf<'git.pull_request'>): PullRequestView {
  const { number, title, branch, head_sha, task_id } = event.data;
  return {
    number,
    title,
    // The text is read with the pull request itself.
    body: '',
    state: 'open',
    branch,
    base: snapshot.room.repository.default_branch,
    head_sha,
    task_id,
    author: event.actor,
    mergeable: 'unknown',
    conflict_files: [],
    merged_sha: null,
    queue_position: null,
    approved: false,
    reviews: [],
    checks: [],
    created_at: event.at,
    merged_at: null,
  };
}

function movedTo(before: PullRequestView, event: EventOf<'git.pull_request'>): PullRequestView {
  const { action, title, head_sha, mergeable = before.mergeable, merged_sha } = event.data;
  // An approval and checks speak of one commit and lapse when the head moves.
  const moved = head_sha !== before.head_sha;
  const checks = moved ? [] : before.checks;
  const next = { ...before, title, head_sha, mergeable, checks, approved: before.approved && !moved };
  switch (action) {
    case 'merged':
      return {
        ...next,
        state: 'merged',
        merged_sha: merged_sha ?? before.merged_sha,
        merged_at: event.at,
        queue_position: null,
      };
    case 'closed':
      return { ...next, state: 'closed', queue_position: null };
    case 'queued':
      return { ...next, queue_position: event.data.position ?? null };
    case 'dequeued':
      return { ...next, queue_position: null };
    case 'reviewed':
      return reviewed(next, event);
    case 'opened':
    case 'updated':
    case 'mergeability':
      return next;
  }
}

function reviewed(pull: PullRequestView, event: EventOf<'git.pull_request'>): PullRequestView {
  const { verdict, head_sha: sha } = event.data;
  if (!verdict) return pull;
  // What it says in words is read with the pull request itself.
  const review = {
    id: event.id,
    reviewer: event.actor,
    verdict,
    body: '',
    sha,
    comments: [],
    created_at: event.at,
  };
  return { ...pull, approved: verdict === 'approve', reviews: [...pull.reviews, review] };
}

/** A conflict with the default branch stands in the way of the other branch's pull request. */
export function conflicted(snapshot: RoomSnapshot, event: EventOf<'git.conflict'>): RoomSnapshot {
  const { state, files, branches } = event.data;
  const inTheWay = branches.includes(snapshot.room.repository.default_branch) && state !== 'predicted';
  const pull_requests = patch(
    snapshot.pull_requests,
    (pull) => inTheWay && pull.state === 'open' && branches.includes(pull.branch),
    (pull) => ({ ...pull, conflict_files: state === 'resolved' ? [] : files }),
  );
  return { ...snapshot, pull_requests, conflicts: conflictsAfter(snapshot.conflicts, event) };
}

export function checked(snapshot: RoomSnapshot, event: EventOf<'git.checks'>): RoomSnapshot {
  const { sha, ...check } = event.data;
  const pull_requests = patch(
    snapshot.pull_requests,
    (pull) => pull.head_sha === sha,
    (pull) => ({ ...pull, checks: upsert(pull.checks, check, (other) => other.context === check.context) }),
  );
  return { ...snapshot, pull_requests };
}
