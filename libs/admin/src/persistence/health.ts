import type { HealthView } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';

interface HealthRow {
  bytes: number;
  version: string;
  streams: number;
  waiting_streams: number;
  stuck_consumers: number;
  deliveries_waiting: number;
  deliveries_dead: number;
  reports_open: number;
  users: number;
  suspended: number;
  rooms: number;
  locked_rooms: number;
  agents: number;
  agents_present: number;
}

/** Everything that one statement can tell. */
export async function readHealth(tx: Tx): Promise<
  Pick<HealthView, 'log' | 'deliveries' | 'reports' | 'counts'> & {
    readonly database: Omit<HealthView['database'], 'latency_ms'>;
  }
> {
  const [row] = await tx.query<HealthRow>(
    `SELECT pg_database_size(current_database()) AS bytes, current_setting('server_version') AS version,
       (SELECT count(*) FROM streams) AS streams,
       (SELECT count(*) FROM dirty_streams) AS waiting_streams,
       (SELECT count(*) FROM consumer_positions WHERE failures > 0) AS stuck_consumers,
       (SELECT count(*) FROM webhook_inbox WHERE processed_at IS NULL AND dead_at IS NULL) AS deliveries_waiting,
       (SELECT count(*) FROM webhook_inbox WHERE dead_at IS NOT NULL) AS deliveries_dead,
       (SELECT count(*) FROM reports WHERE outcome IS NULL) AS reports_open,
       (SELECT count(*) FROM users) AS users,
       (SELECT count(*) FROM users WHERE suspended_at IS NOT NULL) AS suspended,
       (SELECT count(*) FROM rooms) AS rooms,
       (SELECT count(*) FROM rooms WHERE locked_at IS NOT NULL) AS locked_rooms,
       (SELECT count(*) FROM agents WHERE deleted_at IS NULL) AS agents,
       (SELECT count(DISTINCT agent_id) FROM room_agents
        WHERE joined_at IS NOT NULL AND left_at IS NULL) AS agents_present`,
  );
  if (!row) throw new Error('the database gave no row');
  const { bytes, version, streams, waiting_streams, stuck_consumers, ...rest } = row;
  const { deliveries_waiting, deliveries_dead, reports_open, ...counts } = rest;
  return {
    database: { bytes, version },
    log: { streams, waiting_streams, stuck_consumers },
    deliveries: { waiting: deliveries_waiting, dead: deliveries_dead },
    reports: { open: reports_open },
    counts,
  };
}
