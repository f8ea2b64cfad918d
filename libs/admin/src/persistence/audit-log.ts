import type { AuditEntryView } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';

export type NewAuditEntry = Omit<AuditEntryView, 'at'>;

/** The database refuses to change or remove what was written here. */
export async function insertAuditEntry(tx: Tx, entry: NewAuditEntry): Promise<void> {
  await tx.execute(
    `INSERT INTO audit_log
       (id, actor_id, actor_name, address, request_id, action, target_kind, target_id, details)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      entry.id,
      entry.actor_id,
      entry.actor_name,
      entry.address,
      entry.request_id,
      entry.action,
      entry.target_kind,
      entry.target_id,
      JSON.stringify(entry.details),
    ],
  );
}

export interface AuditFilter {
  readonly action: string | null;
  readonly actorId: string | null;
  readonly targetId: string | null;
  /** Numbers below it. */
  readonly before: number | null;
}

export interface NumberedEntry {
  readonly number: number;
  readonly view: AuditEntryView;
}

/** Newest first; one more than `limit`. */
export async function listAuditEntries(tx: Tx, filter: AuditFilter, limit: number): Promise<NumberedEntry[]> {
  const rows = await tx.query<Omit<AuditEntryView, 'at'> & { number: number; at: Date }>(
    `SELECT number, id, at, actor_id, actor_name, address, request_id, action, target_kind, target_id, details
     FROM audit_log
     WHERE ($1::text IS NULL OR action = $1) AND ($2::uuid IS NULL OR actor_id = $2)
       AND ($3::text IS NULL OR target_id = $3) AND ($4::bigint IS NULL OR number < $4)
     ORDER BY number DESC LIMIT $5`,
    [filter.action, filter.actorId, filter.targetId, filter.before, limit + 1],
  );
  return rows.map(({ number, at, ...row }) => ({ number, view: { ...row, at: at.toISOString() } }));
}
