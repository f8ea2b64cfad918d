import type { Actor, Priority, Size, TaskState } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';
import { invariant, newId } from '@clawtank/kernel';
import type { PathWaiting } from '../domain/task.js';
import type { Wait } from '../domain/waiting.js';

/** What may be changed of a task's own row; the claim has a row of its own. */
export interface TaskPatch {
  readonly title?: string;
  readonly description?: string;
  readonly status?: TaskState;
  readonly blocked_from?: TaskState | null;
  readonly blocked_conflict?: readonly string[] | null;
  readonly blocked_paths?: PathWaiting | null;
  readonly blocked_manual?: string | null;
  readonly priority?: Priority;
  readonly size?: Size;
  readonly capabilities?: readonly string[];
  readonly languages?: readonly string[];
  readonly paths?: readonly string[];
  readonly deadline?: string | null;
  readonly source_message_ids?: readonly string[];
  readonly kept_branch?: string;
  readonly beside?: readonly string[];
  readonly progress?: number | null;
  readonly note?: string | null;
  readonly summary?: string | null;
  readonly pull_request?: number | null;
  readonly approved_fence?: number | null;
}

const COLUMNS: readonly (keyof TaskPatch)[] = [
  'title',
  'description',
  'status',
  'blocked_from',
  'blocked_conflict',
  'blocked_paths',
  'blocked_manual',
  'priority',
  'size',
  'capabilities',
  'languages',
  'paths',
  'deadline',
  'source_message_ids',
  'kept_branch',
  'beside',
  'progress',
  'note',
  'summary',
  'pull_request',
  'approved_fence',
];

const asJson = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));

/** Writes what the patch names; a task that becomes complete gets its time. */
export async function updateTask(tx: Tx, id: string, patch: TaskPatch): Promise<void> {
  const given = COLUMNS.filter((column) => patch[column] !== undefined);
  const set = given.map((column, index) => `${column} = $${String(index + 2)}`);
  if (patch.status === 'complete') set.push('completed_at = clock_timestamp()');
  if (patch.status === 'open') set.push('open_since = clock_timestamp()', 'offers_due_at = NULL');
  set.push('updated_at = clock_timestamp()');
  const count = await tx.execute(`UPDATE tasks SET ${set.join(', ')} WHERE id = $1`, [
    id,
    ...given.map((column) => (column === 'blocked_paths' ? asJson(patch[column]) : patch[column])),
  ]);
  invariant(count === 1, `task ${id} is gone`);
}

export interface NewTask {
  readonly title: string;
  readonly description: string;
  readonly status: 'open' | 'blocked';
  readonly priority: Priority;
  readonly size: Size;
  readonly capabilities: readonly string[];
  readonly languages: readonly string[];
  readonly paths: readonly string[];
  readonly parentId: string | null;
  readonly createdBy: Actor;
  readonly deadline: string | null;
  readonly sourceMessageIds: readonly string[];
  readonly followUpOf: string | null;
  readonly addressedTo: readonly string[];
}

/** Adds a task with the next number of its room, which must be locked. */
export async function insertTask(tx: Tx, roomId: string, task: NewTask): Promise<string> {
  const id = newId();
  await tx.execute(
    `INSERT INTO tasks (id, room_id, number, title, description, status, blocked_from, priority, size, capabilities,
                        languages, paths, parent_id, created_by, source_message_ids,
                        addressed_to, follow_up_of, deadline)
     SELECT $1, $2, coalesce(max(number), 0) + 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,
            $17
     FROM tasks WHERE room_id = $2`,
    [
      id,
      roomId,
      task.title,
      task.description,
      task.status,
      task.status === 'blocked' ? 'open' : null,
      task.priority,
      task.size,
      task.capabilities,
      task.languages,
      task.paths,
      task.parentId,
      JSON.stringify(task.createdBy),
      task.sourceMessageIds,
      task.addressedTo,
      task.followUpOf,
      task.deadline,
    ],
  );
  return id;
}

export async function setDependencies(tx: Tx, taskId: string, dependsOn: readonly string[]): Promise<void> {
  await tx.execute('DELETE FROM task_dependencies WHERE task_id = $1', [taskId]);
  await tx.execute(
    'INSERT INTO task_dependencies (task_id, depends_on) SELECT $1, unnest($2::uuid[]) ON CONFLICT DO NOTHING',
    [taskId, dependsOn],
  );
}

/** Which task of a room can't be completed before which: dependencies, and subtasks before their parents. */
export async function listWaits(tx: Tx, roomId: string): Promise<Wait[]> {
  return tx.query<{ task: string; for: string }>(
    `SELECT d.task_id AS task, d.depends_on AS "for" FROM task_dependencies d
     JOIN tasks t ON t.id = d.task_id WHERE t.room_id = $1
     UNION ALL
     SELECT parent_id, id FROM tasks WHERE room_id = $1 AND parent_id IS NOT NULL`,
    [roomId],
  );
}
