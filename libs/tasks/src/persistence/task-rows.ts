import type { Actor, Priority, Size, TaskState } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';
import type { Claim, ClaimEnd, PathWaiting, Task, WorkingState } from '../domain/task.js';

interface TaskRow {
  id: string;
  room_id: string;
  number: number;
  title: string;
  description: string;
  status: TaskState;
  blocked_from: WorkingState | null;
  blocked_conflict: string[] | null;
  blocked_paths: PathWaiting | null;
  blocked_manual: string | null;
  priority: Priority;
  size: Size;
  capabilities: string[];
  languages: string[];
  paths: string[];
  parent_id: string | null;
  depends_on: string[];
  open_dependencies: string[];
  open_subtasks: string[];
  created_by: Actor;
  due: string | null;
  source_message_ids: string[];
  follow_up_of: string | null;
  addressed_to: string[];
  beside: string[];
  fence: number;
  kept_branch: string | null;
  progress: number | null;
  note: string | null;
  summary: string | null;
  pull_request: number | null;
  approved_fence: number | null;
  open_since: Date;
  offers_due_at: Date | null;
  created_at: Date;
  updated_at: Date;
  completed_at: Date | null;
  claimant_kind: 'human' | 'agent' | null;
  claimant_id: string;
  claimant_name: string;
  claimant_user_id: string;
  branch: string;
  base_branch: string;
  lease_expires_at: Date | null;
  held_for: string | null;
  ended_at: Date | null;
  end_reason: ClaimEnd | null;
}

const SELECT = `
  SELECT t.*, t.deadline::text AS due, c.claimant_kind, c.claimant_id, c.claimant_name, c.claimant_user_id, c.branch, c.base_branch,
         c.lease_expires_at, c.held_for, c.ended_at, c.end_reason,
         ARRAY(SELECT d.depends_on FROM task_dependencies d WHERE d.task_id = t.id ORDER BY 1) AS depends_on,
         ARRAY(SELECT d.depends_on FROM task_dependencies d JOIN tasks o ON o.id = d.depends_on
               WHERE d.task_id = t.id AND o.status NOT IN ('complete', 'cancelled') ORDER BY 1) AS open_dependencies,
         ARRAY(SELECT 'T-' || s.number FROM tasks s
               WHERE s.parent_id = t.id AND s.status NOT IN ('complete', 'cancelled') ORDER BY s.number) AS open_subtasks
  FROM tasks t LEFT JOIN task_claims c ON c.task_id = t.id AND c.fence = t.fence`;

export async function findTask(tx: Tx, id: string): Promise<Task | undefined> {
  const rows = await tx.query<TaskRow>(`${SELECT} WHERE t.id = $1`, [id]);
  return rows[0] && toTask(rows[0]);
}

/** The room that a task belongs to. */
export async function findRoomOfTask(tx: Tx, id: string): Promise<string | undefined> {
  const rows = await tx.query<{ room_id: string }>('SELECT room_id FROM tasks WHERE id = $1', [id]);
  return rows[0]?.room_id;
}

export interface TaskFilter {
  readonly status?: readonly TaskState[];
  readonly assigneeId?: string;
  /** Only tasks that somebody holds. */
  readonly held?: boolean;
  /** Only tasks after this number. */
  readonly after?: number;
  readonly limit?: number;
}

/** Tasks of a room in the order they were made. */
export async function listTasks(tx: Tx, roomId: string, filter: TaskFilter = {}): Promise<Task[]> {
  const rows = await tx.query<TaskRow>(
    `${SELECT} WHERE t.room_id = $1 AND t.number > $2 AND ($3::text[] IS NULL OR t.status = ANY($3))
       AND ($4::uuid IS NULL OR (c.claimant_id = $4 AND (c.ended_at IS NULL OR c.end_reason = 'completed')))
       AND (NOT $5 OR (c.fence IS NOT NULL AND c.ended_at IS NULL))
     ORDER BY t.number LIMIT $6`,
    [
      roomId,
      filter.after ?? 0,
      filter.status ?? null,
      filter.assigneeId ?? null,
      filter.held ?? false,
      filter.limit ?? null,
    ],
  );
  return rows.map(toTask);
}

/** Tasks that wait for this one and have it as their last open dependency. */
export async function listReleasedBy(tx: Tx, taskId: string): Promise<Task[]> {
  const rows = await tx.query<TaskRow>(
    `${SELECT} WHERE t.status = 'blocked' AND t.id IN (SELECT task_id FROM task_dependencies WHERE depends_on = $1)
     ORDER BY t.number`,
    [taskId],
  );
  return rows.map(toTask).filter((task) => task.blockers.dependencies.length === 0);
}

/** Tasks of a room whose claims wait for paths, the longest waiting first. */
export async function listWaiting(tx: Tx, roomId: string): Promise<Task[]> {
  const rows = await tx.query<TaskRow>(
    `${SELECT} WHERE t.room_id = $1 AND t.status = 'blocked' AND t.blocked_paths IS NOT NULL
     ORDER BY t.blocked_paths->>'since', t.number`,
    [roomId],
  );
  return rows.map(toTask);
}

/** Keys of the tasks that somebody is at work on in a room, by holder. */
export async function listBusy(tx: Tx, roomId: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await tx.query<{ claimant_id: string; keys: string[] }>(
    `SELECT c.claimant_id, array_agg('T-' || t.number ORDER BY t.number) AS keys
     FROM task_claims c JOIN tasks t ON t.id = c.task_id
     WHERE c.room_id = $1 AND c.ended_at IS NULL AND t.status IN ('claimed', 'in_progress')
     GROUP BY c.claimant_id`,
    [roomId],
  );
  return new Map(rows.map((row) => [row.claimant_id, row.keys]));
}

function toTask(row: TaskRow): Task {
  return {
    id: row.id,
    roomId: row.room_id,
    number: row.number,
    key: `T-${String(row.number)}`,
    title: row.title,
    description: row.description,
    status: row.status,
    blockedFrom: row.blocked_from,
    blockers: {
      dependencies: row.open_dependencies,
      conflict: row.blocked_conflict,
      paths: row.blocked_paths,
      manual: row.blocked_manual,
    },
    priority: row.priority,
    size: row.size,
    capabilities: row.capabilities,
    languages: row.languages,
    paths: row.paths,
    parentId: row.parent_id,
    dependsOn: row.depends_on,
    openSubtasks: row.open_subtasks,
    createdBy: row.created_by,
    deadline: row.due,
    sourceMessageIds: row.source_message_ids,
    followUpOf: row.follow_up_of,
    addressedTo: row.addressed_to,
    beside: row.beside,
    claim: toClaim(row),
    keptBranch: row.kept_branch,
    progress: row.progress,
    note: row.note,
    summary: row.summary,
    pullRequest: row.pull_request,
    approvedFence: row.approved_fence,
    openSince: row.open_since,
    offersDueAt: row.offers_due_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    completedAt: row.completed_at,
  };
}

function toClaim(row: TaskRow): Claim | null {
  if (row.claimant_kind === null) return null;
  return {
    fence: row.fence,
    claimant: {
      kind: row.claimant_kind,
      id: row.claimant_id,
      name: row.claimant_name,
      userId: row.claimant_user_id,
    },
    branch: row.branch,
    baseBranch: row.base_branch,
    leaseExpiresAt: row.lease_expires_at,
    heldFor: row.held_for,
    endedAt: row.ended_at,
    endReason: row.end_reason,
  };
}

/** How many tasks of each room are still to be done, and how many are. */
export async function countTasks(
  tx: Tx,
  roomIds: readonly string[],
): Promise<{ room_id: string; open: number; complete: number }[]> {
  return tx.query<{ room_id: string; open: number; complete: number }>(
    `SELECT room_id, count(*) FILTER (WHERE status NOT IN ('complete', 'cancelled')) AS open,
            count(*) FILTER (WHERE status = 'complete') AS complete
     FROM tasks WHERE room_id = ANY($1) GROUP BY room_id`,
    [roomIds],
  );
}
