import { defineMigration, type Tx } from '@clawtank/database';

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

export interface WebhookDelivery {
  readonly provider: 'github' | 'gitlab';
  /** The host's own id of it; the same for each repetition. */
  readonly deliveryId: string;
  /** The host's name of what happened: `push`. */
  readonly event: string;
  /** The bytes that the signature was checked over. */
  readonly body: Buffer;
}

/** Keeps a delivery whose signature was checked. @returns false when it was kept before */
export async function keepDelivery(tx: Pick<Tx, 'query'>, delivery: WebhookDelivery): Promise<boolean> {
  const rows = await tx.query(
    `INSERT INTO webhook_inbox (provider, delivery_id, event, body) VALUES ($1, $2, $3, $4)
     ON CONFLICT (provider, delivery_id) DO NOTHING RETURNING id`,
    [delivery.provider, delivery.deliveryId, delivery.event, delivery.body],
  );
  return rows.length === 1;
}
