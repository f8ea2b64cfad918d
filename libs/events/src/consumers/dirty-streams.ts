import type { Tx } from '@clawtank/database';

/** Streams that some durable consumer has still to read. */
export async function countDirtyStreams(tx: Pick<Tx, 'query'>): Promise<number> {
  const rows = await tx.query<{ n: number }>('SELECT count(*) AS n FROM dirty_streams');
  return rows[0]?.n ?? 0;
}
