import type { LeaseView, Principal } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';

/** A path pattern that a live claim holds. */
export interface LeaseRow {
  readonly task_id: string;
  readonly task_key: string;
  readonly pattern: string;
  readonly source: 'claim' | 'inferred' | 'push';
  readonly why: string | null;
  readonly exclusive: boolean;
  readonly holder: Principal;
  readonly expires_at: Date | null;
}

/** What a room's live claims hold, the oldest first. */
export async function listLeases(tx: Tx, roomId: string, taskId: string | null = null): Promise<LeaseRow[]> {
  return tx.query<LeaseRow & Record<string, unknown>>(
    `SELECT l.task_id, 'T-' || t.number AS task_key, l.pattern, l.source, l.why, l.exclusive,
            json_build_object('kind', c.claimant_kind, 'id', c.claimant_id, 'name', c.claimant_name) AS holder,
            c.lease_expires_at AS expires_at
     FROM path_leases l
     JOIN task_claims c ON c.task_id = l.task_id AND c.fence = l.fence
     JOIN tasks t ON t.id = l.task_id
     WHERE l.room_id = $1 AND ($2::uuid IS NULL OR l.task_id = $2)
     ORDER BY l.created_at, l.task_id, l.pattern`,
    [roomId, taskId],
  );
}

export interface NewLeases {
  readonly taskId: string;
  readonly fence: number;
  readonly roomId: string;
  readonly source: 'claim' | 'inferred' | 'push';
  readonly exclusive: boolean;
  readonly patterns: readonly string[];
  /** In the order of the patterns. */
  readonly why?: readonly (string | null)[];
}

/** Adds leases; a guess of the same pattern gives way to what is known. */
export async function insertLeases(tx: Tx, leases: NewLeases): Promise<void> {
  await tx.execute(
    `INSERT INTO path_leases (task_id, fence, room_id, pattern, why, source, exclusive)
     SELECT $1, $2, $3, w.pattern, w.why, $6, $7 FROM unnest($4::text[], $5::text[]) AS w (pattern, why)
     ON CONFLICT (task_id, pattern) DO UPDATE SET source = $6, exclusive = $7, why = excluded.why
     WHERE path_leases.source = 'inferred' AND $6 <> 'inferred'`,
    [
      leases.taskId,
      leases.fence,
      leases.roomId,
      leases.patterns,
      leases.why ?? leases.patterns.map(() => null),
      leases.source,
      leases.exclusive,
    ],
  );
}

export const leaseView = (row: LeaseRow): LeaseView => ({
  task_id: row.task_id,
  task_key: row.task_key,
  pattern: row.pattern,
  holder: row.holder,
  source: row.source,
  why: row.why,
  expires_at: row.expires_at?.toISOString() ?? null,
});
