import type { Principal, RoomSettings, RoomState } from '@clawtank/contracts';
import { ALLOWED, type Verdict } from '@clawtank/kernel';
import { deny } from './failures.js';
import { subtasksDone } from './may-merge.js';
import { liveClaimOf, type Task } from './task.js';

/** A caller: somebody, with the person behind. */
export interface Who extends Pick<Principal, 'kind' | 'id'> {
  readonly userId: string;
}

/** Tasks of a room that is over are left as they are. */
export function mayChangeTasks(room: { readonly state: RoomState }): Verdict {
  const over = room.state === 'completed' || room.state === 'archived';
  return over ? deny('task.room_closed', { state: room.state }) : ALLOWED;
}

/** Whether anybody could claim the task now. */
export function mayBeClaimed(task: Task): Verdict {
  const claim = liveClaimOf(task);
  if (claim) return deny('task.taken', { key: task.key, by: claim.claimant.name, by_id: claim.claimant.id });
  if (task.status === 'blocked') return deny('task.blocked', { key: task.key });
  return task.status === 'open' ? ALLOWED : deny('task.closed', { key: task.key, status: task.status });
}

/** Whether a word in chat may still change what is wanted: nobody has claimed it, and it is not over. */
export const mayBeAmended = (task: Task): boolean =>
  !liveClaimOf(task) && (task.status === 'open' || task.status === 'blocked');

/** People assign tasks; where the host does, nobody else. */
export function mayAssign(
  room: { readonly hostId: string; readonly settings: Pick<RoomSettings, 'task_strategy'> },
  caller: Pick<Who, 'kind' | 'id'>,
): Verdict {
  if (caller.kind !== 'human') return deny('task.people_only', {});
  const others = room.settings.task_strategy !== 'host_assigns' || caller.id === room.hostId;
  return others ? ALLOWED : deny('task.host_only_assigns', {});
}

/** An agent that is to take on one more task. */
export interface Worker {
  readonly name: string;
  /** False: it has not joined the room, or has left it. */
  readonly present: boolean;
  readonly paused: boolean;
  readonly maxConcurrentTasks: number;
  /** Keys of the tasks that it is at work on: claimed or in progress. */
  readonly busyWith: readonly string[];
}

export function mayTakeOn(worker: Worker): Verdict {
  const { name } = worker;
  if (!worker.present) return deny('task.agent_absent', { name });
  if (worker.paused) return deny('task.agent_paused', { name });
  if (worker.busyWith.length < worker.maxConcurrentTasks) return ALLOWED;
  return deny('task.agent_busy', { name, tasks: worker.busyWith, max: worker.maxConcurrentTasks });
}

/** The holder at that fence, and nobody else. */
export function mayStep(task: Task, caller: Pick<Who, 'id'>, fence: number): Verdict {
  const current = fenceIs(task, fence);
  const claim = liveClaimOf(task);
  if (!current.allowed || !claim || claim.claimant.id === caller.id) return current;
  return deny('task.not_yours', { key: task.key, by: claim.claimant.name });
}

/** The holder, the person behind it, or the host may give a claim back. */
export function mayRelease(task: Task, caller: Who, fence: number, isHost: boolean): Verdict {
  const claim = liveClaimOf(task);
  const behind = caller.kind === 'human' && (isHost || claim?.claimant.userId === caller.id);
  return behind ? fenceIs(task, fence) : mayStep(task, caller, fence);
}

function fenceIs(task: Task, fence: number): Verdict {
  if (liveClaimOf(task)?.fence === fence) return ALLOWED;
  return deny('claim.stale', { key: task.key, fence, current_fence: task.claim?.fence ?? null });
}

/** People change any task; an agent what it made or holds. */
export function mayChange(task: Task, caller: Who): Verdict {
  if (caller.kind === 'human' || task.createdBy.id === caller.id) return ALLOWED;
  return liveClaimOf(task)?.claimant.id === caller.id ? ALLOWED : deny('task.not_its_own', {});
}

/** People cancel any task; an agent what it made. */
export function mayCancel(task: Task, caller: Who): Verdict {
  const own = caller.kind === 'human' || task.createdBy.id === caller.id;
  return own ? ALLOWED : deny('task.not_its_own', {});
}

/** People stop any task; an agent only what it holds, at the fence it names. */
export function mayBlock(task: Task, caller: Who, fence: number | undefined): Verdict {
  if (fence !== undefined)
    return caller.kind === 'human' ? fenceIs(task, fence) : mayStep(task, caller, fence);
  return caller.kind === 'human' ? ALLOWED : deny('task.fence_needed', { key: task.key });
}

/** Work without a pull request is reviewed here; whose word counts is a rule of the room. */
export function mayReview(task: Task): Verdict {
  const claim = liveClaimOf(task);
  if (task.status !== 'review' || !claim)
    return deny('task.not_in_review', { key: task.key, status: task.status });
  return withoutPullRequest(task);
}

/** Completing by command is for approved work without a pull request. */
export function mayComplete(task: Task): Verdict {
  const claim = liveClaimOf(task);
  if (task.status !== 'review' || !claim)
    return deny('task.not_in_review', { key: task.key, status: task.status });
  const merged = withoutPullRequest(task);
  if (!merged.allowed) return merged;
  if (task.approvedFence !== claim.fence) return deny('task.not_approved', { key: task.key });
  return subtasksDone(task);
}

function withoutPullRequest(task: Task): Verdict {
  if (task.pullRequest === null) return ALLOWED;
  return deny('task.has_pull_request', { key: task.key, number: task.pullRequest });
}
