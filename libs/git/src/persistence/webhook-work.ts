import type { Tx } from '@clawtank/database';
import type { WebhookDelivery } from './webhook-inbox.js';

type Queryable = Pick<Tx, 'query'>;

/** A delivery that somebody is at. */
export interface TakenDelivery
  extends Pick<WebhookDelivery, 'provider' | 'hookId' | 'deliveryId' | 'event' | 'body'> {
  readonly id: string;
  /** How often it was taken up, this time included; whoever took it up earlier has no say any more. */
  readonly attempt: number;
  readonly receivedAt: Date;
}

interface Row {
  id: string;
  provider: WebhookDelivery['provider'];
  hook_id: string | null;
  delivery_id: string;
  event: string;
  body: Buffer;
  attempts: number;
  received_at: Date;
}

const WAITING = 'processed_at IS NULL AND dead_at IS NULL';

/** Takes up deliveries whose time has come, oldest first, and keeps others away from them for `seconds`. */
export async function takeDeliveries(
  tx: Queryable,
  { limit, seconds }: { readonly limit: number; readonly seconds: number },
): Promise<TakenDelivery[]> {
  const rows = await tx.query<Row & Record<string, unknown>>(
    `UPDATE webhook_inbox SET attempts = attempts + 1, next_try_at = now() + make_interval(secs => $2)
     WHERE id IN (SELECT id FROM webhook_inbox WHERE ${WAITING} AND next_try_at <= now()
       ORDER BY next_try_at, received_at LIMIT $1 FOR UPDATE SKIP LOCKED)
     RETURNING id, provider, hook_id, delivery_id, event, body, attempts, received_at`,
    [limit, seconds],
  );
  return rows
    .map((row) => ({
      id: row.id,
      provider: row.provider,
      hookId: row.hook_id,
      deliveryId: row.delivery_id,
      event: row.event,
      body: row.body,
      attempt: row.attempts,
      receivedAt: row.received_at,
    }))
    .sort((a, b) => a.receivedAt.getTime() - b.receivedAt.getTime());
}

type Held = Pick<TakenDelivery, 'id' | 'attempt'>;

/** @param outcome what was done about it */
export async function settleDelivery(tx: Queryable, { id, attempt }: Held, outcome: string): Promise<void> {
  await tx.query(
    `UPDATE webhook_inbox SET processed_at = now(), outcome = $3, error = NULL
     WHERE id = $1 AND attempts = $2 AND ${WAITING}`,
    [id, attempt, outcome],
  );
}

/** Has it tried again in `seconds`; with null it is a dead letter, which only people take up again. */
export async function failDelivery(
  tx: Queryable,
  { id, attempt }: Held,
  { error, seconds }: { readonly error: string; readonly seconds: number | null },
): Promise<void> {
  await tx.query(
    `UPDATE webhook_inbox SET error = $3, dead_at = CASE WHEN $4::float8 IS NULL THEN now() END,
       next_try_at = now() + make_interval(secs => coalesce($4, 0))
     WHERE id = $1 AND attempts = $2 AND ${WAITING}`,
    [id, attempt, error, seconds],
  );
}

/** Lets go of the bodies of what was handled more than a month ago. Their ids stay, to know them when they come again. */
export async function forgetOldBodies(tx: Queryable): Promise<void> {
  await tx.query(
    `UPDATE webhook_inbox SET body = '' WHERE processed_at < now() - interval '30 days' AND octet_length(body) > 0`,
  );
}
