import type { StuckConsumerView } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';

/** Consumers that failed on an event and have not got past it, in the order of their names. */
export async function listStuckConsumers(
  tx: Tx,
  after: readonly [consumer: string, stream: string] | null,
  limit: number,
): Promise<StuckConsumerView[]> {
  const rows = await tx.query<Omit<StuckConsumerView, 'retry_at'> & { retry_at: Date | null }>(
    `SELECT consumer, stream, position, failures, last_error, retry_at FROM consumer_positions
     WHERE failures > 0 AND ($1::text IS NULL OR (consumer, stream) > ($1, $2))
     ORDER BY consumer, stream LIMIT $3`,
    [after?.[0] ?? null, after?.[1] ?? null, limit + 1],
  );
  return rows.map((row) => ({ ...row, retry_at: row.retry_at?.toISOString() ?? null }));
}

/** Lets it try again now. False when it is not stuck. */
export async function retryConsumer(tx: Tx, consumer: string, stream: string): Promise<boolean> {
  const count = await tx.execute(
    `UPDATE consumer_positions SET retry_at = NULL WHERE consumer = $1 AND stream = $2 AND failures > 0`,
    [consumer, stream],
  );
  if (count === 0) return false;
  await tx.execute('INSERT INTO dirty_streams (stream) VALUES ($1) ON CONFLICT DO NOTHING', [stream]);
  return true;
}
