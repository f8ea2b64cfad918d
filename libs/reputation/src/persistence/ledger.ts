import type { Principal } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';
import type { Award } from '../domain/awards.js';

/** The event that an award comes from. */
export interface Source {
  readonly roomId: string;
  readonly seq: number;
  readonly at: string;
}

export async function isAwarded(tx: Tx, cause: string): Promise<boolean> {
  return (await tx.query('SELECT 1 FROM xp_entries WHERE cause = $1', [cause])).length > 0;
}

/** Adds to what the subject has. @returns what they have now; their row stays locked until the commit */
export async function addToTotal(tx: Tx, subject: Principal, amount: number): Promise<number> {
  const rows = await tx.query<{ total: number }>(
    `INSERT INTO xp_totals (subject_id, subject_kind, subject_name, total) VALUES ($1, $2, $3, $4)
     ON CONFLICT (subject_id) DO UPDATE SET total = xp_totals.total + $4, subject_name = $3 RETURNING total`,
    [subject.id, subject.kind, subject.name, amount],
  );
  return rows[0]?.total ?? amount;
}

export async function insertEntry(
  tx: Tx,
  entry: Award & Source & { readonly id: string; readonly total: number; readonly level: number },
): Promise<void> {
  await tx.execute(
    `INSERT INTO xp_entries (id, cause, subject_kind, subject_id, subject_name, amount, reason, room_id, seq,
       at, task_id, total, level)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      entry.id,
      entry.cause,
      entry.subject.kind,
      entry.subject.id,
      entry.subject.name,
      entry.amount,
      entry.reason,
      entry.roomId,
      entry.seq,
      entry.at,
      entry.taskId,
      entry.total,
      entry.level,
    ],
  );
}

/** Who had earned XP in the room before this event, the first one first. */
export async function contributorsBefore(tx: Tx, roomId: string, seq: number): Promise<Principal[]> {
  return tx.query<Principal>(
    `SELECT subject_kind AS kind, subject_id AS id, (array_agg(subject_name ORDER BY number DESC))[1] AS name
     FROM xp_entries WHERE room_id = $1 AND seq < $2
     GROUP BY subject_kind, subject_id ORDER BY min(number)`,
    [roomId, seq],
  );
}
