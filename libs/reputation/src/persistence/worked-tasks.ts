import { findAgents } from '@clawtank/auth';
import type { Principal, Size } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';
import type { Backed, WorkedTask } from '../domain/awards.js';
import { NO_WORK, type Work } from '../domain/work.js';

export async function rememberTask(
  tx: Tx,
  roomId: string,
  task: { readonly id: string; readonly size: Size; readonly work: Work },
): Promise<void> {
  await tx.execute(
    `INSERT INTO xp_tasks (task_id, room_id, size, work) VALUES ($1, $2, $3, $4)
     ON CONFLICT (task_id) DO UPDATE SET size = $3, work = $4, worker = NULL`,
    [task.id, roomId, task.size, JSON.stringify(task.work)],
  );
}

/** Follows a task's changes; who gave it up last stays its worker until somebody else takes it. */
export async function followTask(
  tx: Tx,
  taskId: string,
  change: { readonly size: Size | null; readonly worker: Principal | null; readonly work: Work },
): Promise<void> {
  await tx.execute(
    `UPDATE xp_tasks SET size = coalesce($2, size), worker = coalesce($3::jsonb, worker), work = $4
     WHERE task_id = $1`,
    [taskId, change.size, change.worker && JSON.stringify(change.worker), JSON.stringify(change.work)],
  );
}

export async function saveWork(tx: Tx, taskId: string, work: Work): Promise<void> {
  await tx.execute('UPDATE xp_tasks SET work = $2 WHERE task_id = $1', [taskId, JSON.stringify(work)]);
}

export async function findWork(tx: Tx, taskId: string): Promise<Work> {
  const rows = await tx.query<{ work: Partial<Work> }>('SELECT work FROM xp_tasks WHERE task_id = $1', [
    taskId,
  ]);
  return { ...NO_WORK, ...rows[0]?.work };
}

export async function findWorkedTask(tx: Tx, taskId: string | null): Promise<WorkedTask | undefined> {
  if (taskId === null) return undefined;
  const rows = await tx.query<{ size: Size; worker: Principal | null; work: Partial<Work>; lines: number }>(
    `SELECT size, worker, work,
            coalesce((SELECT sum(c.lines) FROM xp_commits c WHERE c.task_id = t.task_id), 0)::int AS lines
     FROM xp_tasks t WHERE task_id = $1`,
    [taskId],
  );
  const row = rows[0];
  return (
    row && {
      id: taskId,
      size: row.size,
      worker: row.worker && (await backed(tx, row.worker)),
      work: { ...NO_WORK, ...row.work },
      lines: row.lines,
    }
  );
}

/** Looks up the person behind an agent. */
export async function backed(tx: Tx, principal: Principal): Promise<Backed> {
  if (principal.kind === 'human') return { principal, personId: principal.id };
  const [agent] = await findAgents(tx, [principal.id]);
  return { principal, personId: agent?.owner_id ?? null };
}
