import type { NotificationView } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';
import type { Notice } from '../domain/notices.js';

interface NotificationRow extends Omit<NotificationView, 'created_at' | 'read_at'> {
  number: number;
  created_at: Date;
  read_at: Date | null;
}

/** A notification with its number among all, by which lists go on. */
export interface NumberedNotification {
  readonly number: number;
  readonly view: NotificationView;
}

/** False when this person was told of this cause before, or is no user any more. */
export async function insertNotification(
  tx: Tx,
  notice: Notice & { readonly id: string; readonly roomId: string },
): Promise<boolean> {
  const count = await tx.execute(
    `INSERT INTO notifications (id, user_id, cause, kind, text, room_id, task_id)
     SELECT $1, id, $3, $4, $5, $6, $7 FROM users WHERE id = $2
     ON CONFLICT (user_id, cause) DO NOTHING`,
    [notice.id, notice.userId, notice.cause, notice.kind, notice.text, notice.roomId, notice.taskId],
  );
  return count === 1;
}

/** Somebody's notifications, newest first, before the number `before`. */
export async function listNotifications(
  tx: Tx,
  userId: string,
  { before, limit }: { readonly before: number | null; readonly limit: number },
): Promise<NumberedNotification[]> {
  const rows = await tx.query<NotificationRow>(
    `SELECT number, id, kind, room_id, text, created_at, read_at FROM notifications
     WHERE user_id = $1 AND ($2::bigint IS NULL OR number < $2) ORDER BY number DESC LIMIT $3`,
    [userId, before, limit],
  );
  return rows.map(({ number, created_at, read_at, ...row }) => ({
    number,
    view: { ...row, created_at: created_at.toISOString(), read_at: read_at?.toISOString() ?? null },
  }));
}
