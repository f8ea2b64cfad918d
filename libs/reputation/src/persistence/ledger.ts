import type { Principal, XpFactor } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';
import type { Award, AwardReason, Given } from '../domain/awards.js';

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
    // A proposed row is checked before the conflict is found, and what is taken back is below zero.
    `INSERT INTO xp_totals (subject_id, subject_kind, subject_name, total) VALUES ($1, $2, $3, greatest($4, 0))
     ON CONFLICT (subject_id) DO UPDATE SET total = xp_totals.total + $4, subject_name = $3 RETURNING total`,
    [subject.id, subject.kind, subject.name, amount],
  );
  return rows[0]?.total ?? amount;
}

interface Entry extends Award, Source {
  readonly id: string;
  readonly total: number;
  readonly level: number;
  /** The entry that this one takes back from. */
  readonly reverses: string | null;
}

export async function insertEntry(tx: Tx, entry: Entry): Promise<void> {
  const { subject } = entry;
  await tx.execute(
    `INSERT INTO xp_entries (id, cause, subject_kind, subject_id, subject_name, amount, reason, room_id, seq,
       at, task_id, total, level, factors, capabilities, languages, reverses)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
    [
      entry.id,
      entry.cause,
      subject.kind,
      subject.id,
      subject.name,
      entry.amount,
      entry.reason,
      entry.roomId,
      entry.seq,
      entry.at,
      entry.taskId,
      entry.total,
      entry.level,
      JSON.stringify(entry.factors),
      entry.capabilities,
      entry.languages,
      entry.reverses,
    ],
  );
}

/** Who had earned XP in the room before this event, the first one first; not who had to give all of it back. */
export async function contributorsBefore(tx: Tx, roomId: string, seq: number): Promise<Principal[]> {
  return tx.query<Principal>(
    `SELECT subject_kind AS kind, subject_id AS id, (array_agg(subject_name ORDER BY number DESC))[1] AS name
     FROM xp_entries WHERE room_id = $1 AND seq < $2
     GROUP BY subject_kind, subject_id HAVING sum(amount) > 0 ORDER BY min(number)`,
    [roomId, seq],
  );
}

/** How many awards of a kind the subject had in the 24 hours before. */
export async function recentAwards(
  tx: Tx,
  subjectId: string,
  reason: AwardReason,
  at: string,
): Promise<number> {
  const rows = await tx.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM xp_entries
     WHERE subject_id = $1 AND reason = $2 AND at > $3::timestamptz - interval '24 hours' AND at <= $3`,
    [subjectId, reason, at],
  );
  return rows[0]?.count ?? 0;
}

export type GivenEntry = Given & { readonly id: string };

interface GivenRow {
  id: string;
  cause: string;
  kind: Principal['kind'];
  subject_id: string;
  name: string;
  amount: number;
  reason: AwardReason;
  task_id: string | null;
  factors: readonly XpFactor[];
  capabilities: string[];
  languages: string[];
  taken_back: number;
}

/**
 * The awards with this cause, or with one that begins so, and what was taken back of each. Only those from before
 * an event, so that reading the log again finds what was found the first time.
 */
export async function awardsFor(
  tx: Tx,
  {
    cause,
    reviewsOf,
    beforeSeq,
  }: { readonly cause: string; readonly reviewsOf: string; readonly beforeSeq: number },
): Promise<GivenEntry[]> {
  const rows = await tx.query<GivenRow>(
    `SELECT x.id, x.cause, x.subject_kind AS kind, x.subject_id, x.subject_name AS name, x.amount, x.reason,
            x.task_id, x.factors, x.capabilities, x.languages,
            coalesce((SELECT -sum(r.amount) FROM xp_entries r WHERE r.reverses = x.id), 0)::int AS taken_back
     FROM xp_entries x WHERE (x.cause = $1 OR starts_with(x.cause, $2)) AND x.seq < $3 ORDER BY x.number`,
    [cause, reviewsOf, beforeSeq],
  );
  return rows.map(({ kind, subject_id, name, task_id, taken_back, ...row }) => ({
    ...row,
    subject: { kind, id: subject_id, name },
    taskId: task_id,
    takenBack: taken_back,
  }));
}

/** What each has earned in the room, less what was taken back. */
export async function roomEarnings(
  tx: Tx,
  roomId: string,
): Promise<{ readonly subject: Principal; readonly xp: number }[]> {
  const rows = await tx.query<Principal & { xp: number }>(
    `SELECT subject_kind AS kind, subject_id AS id, (array_agg(subject_name ORDER BY number DESC))[1] AS name,
            sum(amount)::int AS xp
     FROM xp_entries WHERE room_id = $1 GROUP BY subject_kind, subject_id ORDER BY min(number)`,
    [roomId],
  );
  return rows.map(({ kind, id, name, xp }) => ({ subject: { kind, id, name }, xp }));
}
