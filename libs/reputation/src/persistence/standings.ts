import type { Principal, XpEntryView, XpView } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';
import { levelAt } from '../domain/levels.js';

export type Period = 'all' | 'week' | 'month';

interface XpRow extends Principal {
  total: number;
  level: number;
}

/** XP of who has earned some in the room, as of their last award in it, the highest first. */
export async function roomXp(tx: Tx, roomId: string): Promise<XpView[]> {
  const rows = await tx.query<XpRow>(
    `SELECT * FROM (
       SELECT DISTINCT ON (subject_id) subject_kind AS kind, subject_id AS id, subject_name AS name, total, level
       FROM xp_entries WHERE room_id = $1 ORDER BY subject_id, number DESC
     ) latest ORDER BY total DESC, id`,
    [roomId],
  );
  return rows.map(toView);
}

export interface StandingsFilter {
  readonly period: Period;
  readonly roomId: string | null;
  /** Strangers are shown what was earned in public rooms. */
  readonly publicOnly: boolean;
  readonly offset: number;
  readonly limit: number;
}

const PERIOD_START: Readonly<Record<Period, string>> = {
  all: `'-infinity'::timestamptz`,
  week: `now() - interval '7 days'`,
  month: `now() - interval '30 days'`,
};

/** Who has earned how much in a period, the most first, with the level that they have today. */
export async function standings(tx: Tx, filter: StandingsFilter): Promise<XpView[]> {
  const rows = await tx.query<XpRow & { overall: number }>(
    `SELECT t.subject_kind AS kind, t.subject_id AS id, t.subject_name AS name, earned.total, t.total AS overall
     FROM (
       SELECT x.subject_id, sum(x.amount)::int AS total FROM xp_entries x
       WHERE x.at >= ${PERIOD_START[filter.period]} AND ($1::uuid IS NULL OR x.room_id = $1)
         AND (NOT $2 OR EXISTS (SELECT 1 FROM rooms r WHERE r.id = x.room_id AND r.visibility = 'public'))
       GROUP BY x.subject_id
     ) earned JOIN xp_totals t USING (subject_id)
     ORDER BY earned.total DESC, t.subject_id LIMIT $3 OFFSET $4`,
    [filter.roomId, filter.publicOnly, filter.limit, filter.offset],
  );
  return rows.map((row) => toView({ ...row, level: levelAt(row.overall) }));
}

/** All XP of somebody; 0 for who has earned none. */
export async function totalOf(tx: Tx, subjectId: string): Promise<number> {
  const rows = await tx.query<{ total: number }>('SELECT total FROM xp_totals WHERE subject_id = $1', [
    subjectId,
  ]);
  return rows[0]?.total ?? 0;
}

/**
 * The newest entries of somebody, the newest first, from the rooms that the viewer may know of.
 * @param viewerId the person who looks; null for a stranger
 */
export async function historyOf(
  tx: Tx,
  subjectId: string,
  viewerId: string | null,
  limit: number,
): Promise<XpEntryView[]> {
  const rows = await tx.query<
    Omit<XpEntryView, 'at' | 'subject'> & Principal & { entry_id: string; at: Date }
  >(
    `SELECT x.id AS entry_id, x.subject_kind AS kind, x.subject_id AS id, x.subject_name AS name, x.amount,
            x.reason, x.room_id, x.task_id, x.at
     FROM xp_entries x JOIN rooms r ON r.id = x.room_id
     WHERE x.subject_id = $1
       AND (r.visibility = 'public'
         OR EXISTS (SELECT 1 FROM room_members m WHERE m.room_id = r.id AND m.user_id = $2))
       AND NOT EXISTS (SELECT 1 FROM room_bans b WHERE b.room_id = r.id AND b.user_id = $2)
     ORDER BY x.number DESC LIMIT $3`,
    [subjectId, viewerId, limit],
  );
  return rows.map(({ entry_id, kind, id, name, at, ...entry }) => ({
    ...entry,
    id: entry_id,
    subject: { kind, id, name },
    at: at.toISOString(),
  }));
}

const toView = ({ kind, id, name, total, level }: XpRow): XpView => ({
  subject: { kind, id, name },
  total,
  level,
});
