import type { PushKind } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';
import { newId } from '@clawtank/kernel';
import { MAX_PUSH_TRIES } from '../domain/push-outcome.js';
import type { PushMessage } from '../domain/push-message.js';

type Queryable = Pick<Tx, 'query'>;

/** Longer than one round of sending takes: until then no other node takes the same push. */
const HELD_SECONDS = 120;
const KEPT_HOURS = 24;

/** One push that is due, with where it goes. */
export interface DuePush extends PushMessage {
  readonly id: string;
  readonly cause: string;
  readonly tries: number;
  readonly subscription_id: string;
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
}

/** What causes a push, so that no device is told twice. */
export interface PushCause {
  readonly cause: string;
  readonly notificationId: string | null;
  readonly roomId: string | null;
}

const INSERT = `INSERT INTO push_outbox
  (id, subscription_id, cause, notification_id, room_id, kind, title, body, path)`;

/** A push for each device of that person that wants its kind and was there when it happened. */
export async function addPushes(
  tx: Tx,
  userId: string,
  happened: { readonly at: string } & PushCause,
  message: PushMessage & { readonly kind: PushKind },
): Promise<void> {
  await tx.execute(
    `${INSERT}
     SELECT gen_random_uuid(), s.id, $2, $3, $4, $5, $6, $7, $8 FROM push_subscriptions s
     WHERE s.user_id = $1 AND $5 = ANY(s.kinds) AND s.created_at <= $9
       AND $9::timestamptz > now() - make_interval(hours => ${String(KEPT_HOURS)})
     ON CONFLICT DO NOTHING`,
    [
      userId,
      happened.cause,
      happened.notificationId,
      happened.roomId,
      message.kind,
      message.title,
      message.body,
      message.path,
      happened.at,
    ],
  );
}

/** A push for one device of that person. @returns whether the device is there and theirs */
export async function addTestPush(
  tx: Tx,
  userId: string,
  subscriptionId: string,
  message: PushMessage,
): Promise<boolean> {
  const count = await tx.execute(
    `${INSERT} SELECT $1, id, $1, NULL, NULL, $4, $5, $6, $7 FROM push_subscriptions WHERE id = $2 AND user_id = $3`,
    [newId(), subscriptionId, userId, message.kind, message.title, message.body, message.path],
  );
  return count === 1;
}

/** Forgets what nobody needs to be told of any more, or may not be. */
export async function dropUselessPushes(tx: Queryable): Promise<void> {
  await tx.query(
    `DELETE FROM push_outbox o USING push_subscriptions s, users u
     WHERE s.id = o.subscription_id AND u.id = s.user_id AND (
       o.tries >= ${String(MAX_PUSH_TRIES)}
       OR o.created_at < now() - make_interval(hours => ${String(KEPT_HOURS)})
       OR u.suspended_at IS NOT NULL
       OR (o.room_id IS NOT NULL AND NOT EXISTS (
         SELECT 1 FROM room_members m WHERE m.room_id = o.room_id AND m.user_id = s.user_id))
       OR EXISTS (SELECT 1 FROM notifications n
         WHERE n.id = o.notification_id AND (n.read_at IS NOT NULL OR n.settled_at IS NOT NULL)))`,
    [],
  );
}

/** Takes pushes that are due; each counts as tried, so that a process that dies with it leaves it for later. */
export async function takeDuePushes(tx: Queryable, limit: number): Promise<DuePush[]> {
  return tx.query<DuePush>(
    `UPDATE push_outbox o
     SET tries = o.tries + 1, due_at = now() + make_interval(secs => ${String(HELD_SECONDS)})
     FROM push_subscriptions s
     WHERE s.id = o.subscription_id AND o.id IN (
       SELECT id FROM push_outbox WHERE due_at <= now() ORDER BY due_at LIMIT $1 FOR UPDATE SKIP LOCKED)
     RETURNING o.id, o.cause, o.tries, o.kind, o.title, o.body, o.path, o.subscription_id,
       s.endpoint, s.p256dh, s.auth`,
    [limit],
  );
}

export async function putOffPush(tx: Queryable, id: string, seconds: number): Promise<void> {
  await tx.query('UPDATE push_outbox SET due_at = now() + make_interval(secs => $2) WHERE id = $1', [
    id,
    seconds,
  ]);
}

export async function finishPush(tx: Queryable, push: DuePush, sent: boolean): Promise<void> {
  await tx.query('DELETE FROM push_outbox WHERE id = $1', [push.id]);
  if (sent)
    await tx.query('UPDATE push_subscriptions SET last_sent_at = now() WHERE id = $1', [
      push.subscription_id,
    ]);
}

/** The push service knows this subscription no more. */
export async function forgetSubscription(tx: Queryable, subscriptionId: string): Promise<void> {
  await tx.query('DELETE FROM push_subscriptions WHERE id = $1', [subscriptionId]);
}
