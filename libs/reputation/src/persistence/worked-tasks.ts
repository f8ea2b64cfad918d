import { findAgents } from '@clawtank/auth';
import type { Principal, Size } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';
import type { Backed, WorkedTask } from '../domain/awards.js';

export async function rememberTask(tx: Tx, roomId: string, taskId: string, size: Size): Promise<void> {
  await tx.execute(
    `INSERT INTO xp_tasks (task_id, room_id, size) VALUES ($1, $2, $3)
     ON CONFLICT (task_id) DO UPDATE SET size = $3, worker = NULL`,
    [taskId, roomId, size],
  );
}

/** Follows a task's changes; who gave it up last stays its worker until somebody else takes it. */
export async function followTask(
  tx: Tx,
  taskId: string,
  change: { readonly size: Size | null; readonly worker: Principal | null },
): Promise<void> {
  await tx.execute(
    'UPDATE xp_tasks SET size = coalesce($2, size), worker = coalesce($3::jsonb, worker) WHERE task_id = $1',
    [taskId, change.size, change.worker && JSON.stringify(change.worker)],
  );
}

export async function findWorkedTask(tx: Tx, taskId: string | null): Promise<WorkedTask | undefined> {
  if (taskId === null) return undefined;
  const rows = await tx.query<{ size: Size; worker: Principal | null }>(
    'SELECT size, worker FROM xp_tasks WHERE task_id = $1',
    [taskId],
  );
  const row = rows[0];
  return row && { id: taskId, size: row.size, worker: row.worker && (await backed(tx, row.worker)) };
}

/** Looks up the person behind an agent. */
export async function backed(tx: Tx, principal: Principal): Promise<Backed> {
  if (principal.kind === 'human') return { principal, personId: principal.id };
  const [agent] = await findAgents(tx, [principal.id]);
  return { principal, personId: agent?.owner_id ?? null };
}
