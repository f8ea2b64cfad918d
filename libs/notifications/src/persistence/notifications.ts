import type { NotificationView } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';

export interface NotificationRow {
  readonly id: string;
  readonly kind: string;
  readonly text: string;
  readonly room_id: string | null;
  readonly created_at: Date;
  readonly read_at: Date | null;
}

/** False when this person was told of this cause before. */
export async function insertNotification(
  tx: Tx,
  row: {
    id: string;
    userId: string;
    cause: string;
    kind: string;
    text: string;
    roomId: string;
    taskId: string | null;
  },
): Promise<boolean> {
  const count = await tx.execute(
    `INSERT INTO notifications (id, user_id, cause, kind, text, room_id, task_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (user_id, cause) DO NOTHING`,
    [row.id, row.userId, row.cause, row.kind, row.text, row.roomId, row.taskId],
  );
  return count === 1;
}

/** Newest first, before `before`; one more than `limit` to tell whether there is a next page. */
export async function listNotifications(
  tx: Pick<Tx, 'query'>,
  userId: string,
  before: string,
  limit: number,
): Promise<NotificationRow[]> {
  return tx.query<NotificationRow>(
    `SELECT id, kind, text, room_id, created_at, read_at FROM notifications
     WHERE user_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3`,
    [userId, before, limit + 1],
  );
}

export const notificationView = (row: NotificationRow): NotificationView => ({
  id: row.id,
  kind: row.kind,
  room_id: row.room_id,
  text: row.text,
  created_at: row.created_at.toISOString(),
  read_at: row.read_at?.toISOString() ?? null,
});
