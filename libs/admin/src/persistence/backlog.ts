import type { Tx } from '@clawtank/database';
import type { Backlog } from '../domain/findings.js';

interface BacklogRow {
  now: Date;
  waiting: number;
  oldest_waiting: Date | null;
  dead: number;
  last: Date | null;
  stuck_consumers: number;
}

export async function readBacklog(tx: Tx): Promise<Omit<Backlog, 'failedJobs'>> {
  const [row] = await tx.query<BacklogRow>(
    `SELECT clock_timestamp() AS now,
       count(*) FILTER (WHERE processed_at IS NULL AND dead_at IS NULL) AS waiting,
       min(received_at) FILTER (WHERE processed_at IS NULL AND dead_at IS NULL) AS oldest_waiting,
       count(*) FILTER (WHERE dead_at IS NOT NULL) AS dead,
       max(received_at) AS last,
       (SELECT count(*) FROM consumer_positions WHERE failures > 0) AS stuck_consumers
     FROM webhook_inbox`,
  );
  if (!row) throw new Error('the database gave no row');
  const { now, waiting, oldest_waiting: oldestWaiting, dead, last, stuck_consumers: stuckConsumers } = row;
  return { now, deliveries: { waiting, oldestWaiting, dead, last }, stuckConsumers };
}
