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
    `INSERT INTO notifications (id, user_id, cause, kind, text, room_id, task_id, subject)
     SELECT $1, id, $3, $4, $5, $6, $7, $8 FROM users WHERE id = $2
     ON CONFLICT (user_id, cause) DO NOTHING`,
    [
      notice.id,
      notice.userId,
      notice.cause,
      notice.kind,
      notice.text,
      notice.roomId,
      notice.taskId,
      notice.subject,
    ],
  );
  return count === 1;
}

/** Somebody's notifications, newest first, before the number `before`. */
export async function listNotifications(
  tx: Tx,
  userId: string,
  filter: { readonly before: number | null; readonly waiting: boolean },
  limit: number,
): Promise<NumberedNotification[]> {
  const rows = await tx.query<NotificationRow>(
    `SELECT n.number, n.id, n.kind, n.room_id, r.slug AS room_slug, r.name AS room_name, n.task_id, n.subject,
       n.subject IS NOT NULL AND n.settled_at IS NULL AS waiting, n.text, n.created_at, n.read_at
     FROM notifications n LEFT JOIN rooms r ON r.id = n.room_id
     WHERE n.user_id = $1 AND ($2::bigint IS NULL OR n.number < $2)
       AND (NOT $3 OR (n.subject IS NOT NULL AND n.settled_at IS NULL))
     ORDER BY n.number DESC LIMIT $4`,
    [userId, filter.before, filter.waiting, limit],
  );
  return rows.map(({ number, created_at, read_at, ...row }) => ({
    number,
    view: { ...row, created_at: created_at.toISOString(), read_at: read_at?.toISOString() ?? null },
  }));
}

/** Nobody needs to do it any more. */
export async function settleNotifications(
  tx: Tx,
  roomId: string,
  subject: string,
  at: string,
): Promise<void> {
  await tx.execute(
    'UPDATE notifications SET settled_at = $3 WHERE room_id = $1 AND subject = $2 AND settled_at IS NULL',
    [roomId, subject, at],
  );
}

/** Marks somebody's notifications as read, all of them where no ids are given. @returns how many were not */
export async function markRead(tx: Tx, userId: string, ids: readonly string[] | null): Promise<number> {
  return tx.execute(
    `UPDATE notifications SET read_at = now()
     WHERE user_id = $1 AND read_at IS NULL AND ($2::uuid[] IS NULL OR id = ANY($2))`,
    [userId, ids],
  );
}
