import type { PullRequestView, TaskView } from '@clawtank/contracts';
import { ALLOWED, type Verdict } from '@clawtank/kernel';
import { deny } from './failures.js';
import type { Room } from './room.js';
import { isRoomEdge } from './room-states.js';

export interface RemainingWork {
  readonly tasks: readonly Pick<TaskView, 'id' | 'key' | 'title' | 'status'>[];
  readonly pull_requests: readonly Pick<PullRequestView, 'number' | 'title' | 'approved'>[];
}

/** What is not done yet, as the host is shown it. */
export function remainingWork(work: {
  readonly tasks: readonly TaskView[];
  readonly pull_requests: readonly PullRequestView[];
}): RemainingWork {
  const tasks = work.tasks.filter(({ status }) => status !== 'complete' && status !== 'cancelled');
  const pullRequests = work.pull_requests.filter(({ state }) => state === 'open');
  return {
    tasks: tasks.map(({ id, key, title, status }) => ({ id, key, title, status })),
    pull_requests: pullRequests.map(({ number, title, approved }) => ({ number, title, approved })),
  };
}

/** Whether the room's state lets it be completed. */
export function mayComplete(room: Pick<Room, 'state'>): Verdict {
  if (isRoomEdge(room.state, 'completed')) return ALLOWED;
  return deny('room.illegal_transition', { from: room.state, to: 'completed' });
}

/** Whether it may be completed with this work left. */
export function mayLeaveBehind(remaining: RemainingWork, confirmed: boolean): Verdict {
  const done = remaining.tasks.length === 0 && remaining.pull_requests.length === 0;
  return done || confirmed ? ALLOWED : deny('room.work_remains', remaining);
}
