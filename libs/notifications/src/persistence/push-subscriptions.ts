import type { PushKind, PushSubscriptionView } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';

export interface PushSubscriptionRow {
  readonly id: string;
  readonly user_id: string;
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
  readonly label: string;
  readonly kinds: readonly PushKind[];
  readonly created_at: Date;
  readonly last_sent_at: Date | null;
}

const COLUMNS = 'id, user_id, endpoint, p256dh, auth, label, kinds, created_at, last_sent_at';

export const pushSubscriptionView = (row: PushSubscriptionRow): PushSubscriptionView => ({
  id: row.id,
  service: new URL(row.endpoint).host,
  label: row.label,
  kinds: row.kinds,
  created_at: row.created_at.toISOString(),
  last_sent_at: row.last_sent_at?.toISOString() ?? null,
});

export async function listPushSubscriptions(tx: Tx, userId: string): Promise<PushSubscriptionRow[]> {
  return tx.query<PushSubscriptionRow>(
    `SELECT ${COLUMNS} FROM push_subscriptions WHERE user_id = $1 ORDER BY created_at, id`,
    [userId],
  );
}

/** Undefined when the endpoint is known with other keys, which only another browser can have. */
export async function savePushSubscription(
  tx: Tx,
  row: Omit<PushSubscriptionRow, 'created_at' | 'last_sent_at'>,
): Promise<PushSubscriptionRow | undefined> {
  const rows = await tx.query<PushSubscriptionRow>(
    `INSERT INTO push_subscriptions AS s (id, user_id, endpoint, p256dh, auth, label, kinds)
     VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (endpoint) DO UPDATE SET label = excluded.label, kinds = excluded.kinds
       WHERE s.user_id = excluded.user_id AND s.p256dh = excluded.p256dh AND s.auth = excluded.auth
     RETURNING ${COLUMNS}`,
    [row.id, row.user_id, row.endpoint, row.p256dh, row.auth, row.label, row.kinds],
  );
  return rows[0];
}

export async function setPushKinds(
  tx: Tx,
  userId: string,
  id: string,
  kinds: readonly PushKind[],
): Promise<PushSubscriptionRow | undefined> {
  const rows = await tx.query<PushSubscriptionRow>(
    `UPDATE push_subscriptions SET kinds = $3 WHERE id = $2 AND user_id = $1 RETURNING ${COLUMNS}`,
    [userId, id, kinds],
  );
  return rows[0];
}

/** @returns whether it was there and theirs */
export async function deletePushSubscription(tx: Tx, userId: string, id: string): Promise<boolean> {
  return (
    (await tx.execute('DELETE FROM push_subscriptions WHERE id = $2 AND user_id = $1', [userId, id])) === 1
  );
}

/** What another account on the same browser had waiting is not for the one that is signed in there now. */
export async function dropForeignSubscription(
  tx: Tx,
  userId: string,
  { endpoint, p256dh, auth }: Pick<PushSubscriptionRow, 'endpoint' | 'p256dh' | 'auth'>,
): Promise<void> {
  await tx.execute(
    `DELETE FROM push_subscriptions
     WHERE endpoint = $2 AND p256dh = $3 AND auth = $4 AND user_id <> $1`,
    [userId, endpoint, p256dh, auth],
  );
}
