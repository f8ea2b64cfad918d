import type { ConflictView } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';
import type { OpenConflict } from '../domain/conflict-plan.js';
import { branchOf } from '../domain/ref-names.js';

interface Row {
  id: string;
  left_ref: string;
  right_ref: string;
  state: ConflictView['state'];
  was_detected: boolean;
  files: string[];
  task_ids: string[];
  resolution_task_id: string | null;
  created_at: Date;
  resolved_at: Date | null;
}

const isOpen = (state: ConflictView['state']): state is OpenConflict['state'] => state !== 'resolved';

export async function listOpenConflicts(tx: Tx, roomId: string): Promise<OpenConflict[]> {
  const rows = await tx.query<Row>(
    "SELECT * FROM git_conflicts WHERE room_id = $1 AND state <> 'resolved' ORDER BY created_at, id",
    [roomId],
  );
  return rows.flatMap((row): OpenConflict[] =>
    isOpen(row.state)
      ? [
          {
            id: row.id,
            left: row.left_ref,
            right: row.right_ref,
            state: row.state,
            wasDetected: row.was_detected,
            files: row.files,
            taskIds: row.task_ids,
            resolutionTaskId: row.resolution_task_id,
          },
        ]
      : [],
  );
}

/** Adds a conflict or saves what has become of it. */
export async function saveConflict(
  tx: Tx,
  roomId: string,
  conflict: Omit<OpenConflict, 'state'> & { readonly state: ConflictView['state'] },
): Promise<void> {
  await tx.execute(
    `INSERT INTO git_conflicts (id, room_id, left_ref, right_ref, state, was_detected, files, task_ids, resolution_task_id,
       resolved_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, CASE WHEN $5 = 'resolved' THEN now() END)
     ON CONFLICT (id) DO UPDATE SET left_ref = $3, right_ref = $4, state = $5, was_detected = $6, files = $7,
       task_ids = $8, resolution_task_id = $9, resolved_at = excluded.resolved_at`,
    [
      conflict.id,
      roomId,
      conflict.left,
      conflict.right,
      conflict.state,
      conflict.wasDetected,
      conflict.files,
      conflict.taskIds,
      conflict.resolutionTaskId,
    ],
  );
}

/** Newest first. */
export async function listConflicts(
  tx: Tx,
  roomId: string,
  wanted: 'open' | 'all' | ConflictView['state'],
): Promise<ConflictView[]> {
  const rows = await tx.query<Row>(
    `SELECT * FROM git_conflicts WHERE room_id = $1
       AND CASE $2 WHEN 'all' THEN true WHEN 'open' THEN state <> 'resolved' ELSE state = $2 END
     ORDER BY created_at DESC, id DESC LIMIT 500`,
    [roomId, wanted],
  );
  return rows.map((row) => ({
    id: row.id,
    state: row.state,
    files: row.files,
    task_ids: row.task_ids,
    branches: [row.left_ref, row.right_ref].map((ref) => branchOf(ref) ?? ref),
    resolution_task_id: row.resolution_task_id,
    created_at: row.created_at.toISOString(),
    resolved_at: row.resolved_at?.toISOString() ?? null,
  }));
}

/** True for a task that was opened to settle a conflict. */
export async function isResolutionTask(tx: Tx, roomId: string, taskId: string): Promise<boolean> {
  const rows = await tx.query(
    'SELECT 1 FROM git_conflicts WHERE room_id = $1 AND resolution_task_id = $2 LIMIT 1',
    [roomId, taskId],
  );
  return rows.length > 0;
}
