import { defineMigration, type Tx } from '@clawtank/database';
import type { WebhookProvider } from '../domain/webhook-provider.js';

/** What hosts told us, exactly as it came. A delivery is kept once however often it is sent. */
export const webhookInboxMigration = defineMigration(
  'WebhookInbox1700000006100',
  `CREATE TABLE webhook_inbox (
     id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
     provider text NOT NULL CHECK (provider IN ('github', 'gitlab')),
     delivery_id text NOT NULL,
     event text NOT NULL,
     body bytea NOT NULL,
     received_at timestamptz NOT NULL DEFAULT now(),
     processed_at timestamptz,
     UNIQUE (provider, delivery_id)
   );
   CREATE INDEX webhook_inbox_waiting ON webhook_inbox (received_at) WHERE processed_at IS NULL;`,
  'DROP TABLE webhook_inbox',
);

const APP = "'00000000-0000-0000-0000-000000000000'::uuid";

/** Webhooks of single repositories, and how the work on what came stands. */
export const webhookWorkMigration = defineMigration(
  'WebhookWork1700000015700',
  `
  CREATE TABLE git_hooks (
    id uuid PRIMARY KEY,
    room_id uuid NOT NULL REFERENCES git_repositories (room_id) ON DELETE CASCADE,
    provider text NOT NULL CHECK (provider IN ('github', 'gitlab')),
    -- False where the host can't sign and sends the secret along.
    signed boolean NOT NULL DEFAULT true,
    -- Counts the changes of its secret, which is made from the server's own and this number.
    generation int NOT NULL DEFAULT 1 CHECK (generation > 0),
    rotated_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (room_id, provider)
  );

  ALTER TABLE webhook_inbox
    -- No foreign key: what was told outlives the webhook that told it.
    ADD COLUMN hook_id uuid,
    ADD COLUMN proof text NOT NULL DEFAULT 'signature' CHECK (proof IN ('signature', 'token')),
    ADD COLUMN attempts int NOT NULL DEFAULT 0,
    -- Until then nobody takes it up: another is at it, or it failed and waits for another try.
    ADD COLUMN next_try_at timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN dead_at timestamptz,
    ADD COLUMN error text,
    ADD COLUMN outcome text,
    ADD CHECK (processed_at IS NULL OR dead_at IS NULL),
    -- One host must not be able to take the ids of another's deliveries.
    DROP CONSTRAINT webhook_inbox_provider_delivery_id_key;
  CREATE UNIQUE INDEX webhook_inbox_once ON webhook_inbox (provider, coalesce(hook_id, ${APP}), delivery_id);
  DROP INDEX webhook_inbox_waiting;
  CREATE INDEX webhook_inbox_waiting ON webhook_inbox (next_try_at)
    WHERE processed_at IS NULL AND dead_at IS NULL;
  CREATE INDEX webhook_inbox_received ON webhook_inbox (received_at DESC, id DESC);`,
  `
  DROP INDEX webhook_inbox_received, webhook_inbox_waiting, webhook_inbox_once;
  DELETE FROM webhook_inbox WHERE hook_id IS NOT NULL;
  ALTER TABLE webhook_inbox DROP COLUMN hook_id, DROP COLUMN proof, DROP COLUMN attempts,
    DROP COLUMN next_try_at, DROP COLUMN dead_at, DROP COLUMN error, DROP COLUMN outcome,
    ADD UNIQUE (provider, delivery_id);
  CREATE INDEX webhook_inbox_waiting ON webhook_inbox (received_at) WHERE processed_at IS NULL;
  DROP TABLE git_hooks`,
);

export interface WebhookDelivery {
  readonly provider: WebhookProvider;
  /** The webhook of one repository that it came to; null for the one of the whole server. */
  readonly hookId: string | null;
  /** The host's own id of it; the same for each repetition. */
  readonly deliveryId: string;
  /** The host's name of what happened: `push`. */
  readonly event: string;
  /** What it was proven by. A token that travels along is the weaker one: who reads it once may forge. */
  readonly proof: 'signature' | 'token';
  /** The bytes that the signature was checked over, unpacked. */
  readonly body: Buffer;
}

const COLUMNS = 6;

const keyOf = (hookId: string | null, deliveryId: string, provider: string): string =>
  `${provider} ${hookId ?? ''} ${deliveryId}`;

/**
 * Keeps deliveries whose proof was checked, in one statement. @returns for each, in their order, false when it was
 * kept before
 */
export async function keepDeliveries(
  tx: Pick<Tx, 'query'>,
  deliveries: readonly WebhookDelivery[],
): Promise<boolean[]> {
  const rows = deliveries.map(
    (_, row) => `(${Array.from({ length: COLUMNS }, (__, n) => `$${row * COLUMNS + n + 1}`).join(', ')})`,
  );
  const kept = await tx.query<{ provider: string; hook_id: string | null; delivery_id: string }>(
    `INSERT INTO webhook_inbox (provider, hook_id, delivery_id, event, proof, body) VALUES ${rows.join(', ')}
     ON CONFLICT (provider, coalesce(hook_id, ${APP}), delivery_id) DO NOTHING
     RETURNING provider, hook_id, delivery_id`,
    deliveries.flatMap(({ provider, hookId, deliveryId, event, proof, body }) => [
      provider,
      hookId,
      deliveryId,
      event,
      proof,
      body,
    ]),
  );
  // Of the same delivery twice in one statement the first is the new one.
  const fresh = new Set(
    kept.map(({ provider, hook_id, delivery_id }) => keyOf(hook_id, delivery_id, provider)),
  );
  return deliveries.map(({ provider, hookId, deliveryId }) =>
    fresh.delete(keyOf(hookId, deliveryId, provider)),
  );
}

/** Deliveries that are still to be handled. */
export async function countWaitingDeliveries(tx: Pick<Tx, 'query'>): Promise<number> {
  const rows = await tx.query<{ n: number }>(
    'SELECT count(*) AS n FROM webhook_inbox WHERE processed_at IS NULL AND dead_at IS NULL',
  );
  return rows[0]?.n ?? 0;
}
