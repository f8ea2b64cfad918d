import type { DeliveryDetail, DeliveryState, DeliveryView } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';

const SHOWN_BYTES = 65_536;
const STATE = `CASE WHEN dead_at IS NOT NULL THEN 'dead' WHEN processed_at IS NOT NULL THEN 'processed'
  ELSE 'waiting' END`;
const COLUMNS = `id, provider, delivery_id, event, octet_length(body) AS bytes, proof, received_at, processed_at,
  ${STATE} AS state, attempts, error, outcome`;

type DeliveryRow = Omit<DeliveryView, 'received_at' | 'processed_at'> & {
  received_at: Date;
  processed_at: Date | null;
};

const toView = (row: DeliveryRow): DeliveryView => ({
  ...row,
  received_at: row.received_at.toISOString(),
  processed_at: row.processed_at?.toISOString() ?? null,
});

/** Where a page ends: when it came, to the microsecond, and its id. */
export interface PlacedDelivery {
  readonly place: readonly [at: string, id: string];
  readonly view: DeliveryView;
}

/** Newest first; one more than `limit`. */
export async function listDeliveries(
  tx: Tx,
  {
    state,
    after,
  }: { readonly state: DeliveryState | null; readonly after: readonly [string, string] | null },
  limit: number,
): Promise<PlacedDelivery[]> {
  const rows = await tx.query<DeliveryRow & { place: string }>(
    `SELECT ${COLUMNS}, received_at::text AS place FROM webhook_inbox
     WHERE ($1::text IS NULL OR ${STATE} = $1)
       AND ($2::timestamptz IS NULL OR (received_at, id) < ($2::timestamptz, $3::uuid))
     ORDER BY received_at DESC, id DESC LIMIT $4`,
    [state, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
  );
  return rows.map(({ place, ...row }) => ({ place: [place, row.id], view: toView(row) }));
}

export async function findDelivery(tx: Tx, id: string): Promise<DeliveryDetail | undefined> {
  const rows = await tx.query<DeliveryRow & { head: Buffer }>(
    `SELECT ${COLUMNS}, substring(body FROM 1 FOR ${SHOWN_BYTES}) AS head FROM webhook_inbox WHERE id = $1`,
    [id],
  );
  const row = rows[0];
  if (!row) return undefined;
  const { head, ...rest } = row;
  return { ...toView(rest), body: head.toString('utf8'), truncated: rest.bytes > SHOWN_BYTES };
}

/** Lets a delivery be handled again, as if it had just come. @returns what it is, or undefined */
export async function redeliver(tx: Tx, id: string): Promise<DeliveryView | undefined> {
  const rows = await tx.query<DeliveryRow>(
    `UPDATE webhook_inbox SET processed_at = NULL, dead_at = NULL, attempts = 0, next_try_at = now(), error = NULL,
       outcome = NULL WHERE id = $1 RETURNING ${COLUMNS}`,
    [id],
  );
  return rows[0] && toView(rows[0]);
}
