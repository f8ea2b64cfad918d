import type { Principal, TaskBlocker, TaskView } from '@clawtank/contracts';
import { liveClaimOf, type Task } from '../domain/task.js';

/** Whoever holds the task, or completed it. */
export function assigneeOf({ claim }: Task): Principal | null {
  if (!claim || (claim.endedAt !== null && claim.endReason !== 'completed')) return null;
  const { kind, id, name } = claim.claimant;
  return { kind, id, name };
}

/** The claim's branch, or the one that an earlier claim left. */
export const branchOf = (task: Task): string | null =>
  assigneeOf(task) ? (task.claim?.branch ?? null) : task.keptBranch;

/** The reason to name; a task may have several. */
export function blockedBy({ status, blockers }: Task): TaskBlocker | null {
  if (status !== 'blocked') return null;
  if (blockers.dependencies.length > 0) return { kind: 'dependency', task_ids: blockers.dependencies };
  if (blockers.conflict) return { kind: 'conflict', files: blockers.conflict };
  if (blockers.paths) {
    const { since, waits_for } = blockers.paths;
    return { kind: 'paths', since, waits_for };
  }
  return { kind: 'manual', reason: blockers.manual ?? '' };
}

/** When the live claim ends; null while its clock stands still. */
export const leaseEndOf = (task: Task): string | null =>
  liveClaimOf(task)?.leaseExpiresAt?.toISOString() ?? null;

/** A task as members see it. */
export function taskView(task: Task): TaskView {
  return {
    id: task.id,
    room_id: task.roomId,
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
    assignee: assigneeOf(task),
    created_by: task.createdBy,
    deadline: task.deadline,
    source_message_id: task.sourceMessageIds[0] ?? null,
    source_message_ids: task.sourceMessageIds,
    follow_up_of: task.followUpOf,
    fence: task.claim?.fence ?? null,
    branch: branchOf(task),
    lease_expires_at: leaseEndOf(task),
    progress: task.progress,
    note: task.note,
    summary: task.summary,
    blocked_by: blockedBy(task),
    pull_request: task.pullRequest,
    created_at: task.createdAt.toISOString(),
    updated_at: task.updatedAt.toISOString(),
    completed_at: task.completedAt?.toISOString() ?? null,
  };
}
