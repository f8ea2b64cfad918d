import type { Tx } from '@clawtank/database';
import type { TaskPeople } from '../domain/notices.js';

export async function rememberCreator(
  tx: Tx,
  roomId: string,
  taskId: string,
  creatorId: string | null,
): Promise<void> {
  await tx.execute(
    `INSERT INTO task_people (task_id, room_id, creator_id) VALUES ($1, $2, $3)
     ON CONFLICT (task_id) DO UPDATE SET creator_id = $3, holder_id = NULL`,
    [taskId, roomId, creatorId],
  );
}

export async function rememberHolder(tx: Tx, taskId: string, holderId: string | null): Promise<void> {
  await tx.execute('UPDATE task_people SET holder_id = $2 WHERE task_id = $1', [taskId, holderId]);
}

export async function findTaskPeople(
  tx: Tx,
  taskIds: readonly string[],
): Promise<ReadonlyMap<string, TaskPeople>> {
  const rows = await tx.query<{ task_id: string; creator_id: string | null; holder_id: string | null }>(
    'SELECT task_id, creator_id, holder_id FROM task_people WHERE task_id = ANY($1)',
    [taskIds],
  );
  return new Map(rows.map((row) => [row.task_id, { creatorId: row.creator_id, holderId: row.holder_id }]));
}
