import type { Principal, RecordView, SpecialismView, XpEntryView, XpView } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';
import type { BadgeEntry } from '../domain/badges.js';
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
  readonly kind: Principal['kind'] | null;
  readonly capability: string | null;
  readonly language: string | null;
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
         AND ($5::text IS NULL OR x.subject_kind = $5)
         AND ($6::text IS NULL OR $6 = ANY (x.capabilities)) AND ($7::text IS NULL OR $7 = ANY (x.languages))
         AND NOT EXISTS (SELECT 1 FROM xp_hidden h WHERE h.subject_id = x.subject_id)
       GROUP BY x.subject_id HAVING sum(x.amount) > 0
     ) earned JOIN xp_totals t USING (subject_id)
     ORDER BY earned.total DESC, t.subject_id LIMIT $3 OFFSET $4`,
    [
      filter.roomId,
      filter.publicOnly,
      filter.limit,
      filter.offset,
      filter.kind,
      filter.capability,
      filter.language,
    ],
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
            x.reason, x.room_id, x.task_id, x.at, x.factors
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

/** Days after which an entry counts half in the standing. */
const HALF_LIFE_DAYS = 180;

/** XP that fades: the sum of amount × 0.5^(age / 180 days), never below 0. */
export async function standingOf(tx: Tx, subjectId: string): Promise<number> {
  const rows = await tx.query<{ standing: number }>(
    `SELECT greatest(0, round(coalesce(sum(
       amount * power(0.5, greatest(0, extract(epoch FROM now() - at)) / 86400.0 / ${HALF_LIFE_DAYS})), 0)))::int AS standing
     FROM xp_entries WHERE subject_id = $1`,
    [subjectId],
  );
  return rows[0]?.standing ?? 0;
}

/** How often the subject did what, reverted merges taken off. */
export async function recordOf(tx: Tx, subjectId: string): Promise<RecordView> {
  const rows = await tx.query<RecordView>(
    `SELECT count(*) FILTER (WHERE reason = 'merge')::int AS merged,
            count(*) FILTER (WHERE reason = 'review')::int AS reviews,
            count(*) FILTER (WHERE reason = 'conflict')::int AS conflicts,
            count(*) FILTER (WHERE reason = 'completion')::int AS rooms,
            count(DISTINCT reverses) FILTER (WHERE reason = 'revert')::int AS reverted
     FROM xp_entries WHERE subject_id = $1`,
    [subjectId],
  );
  return rows[0] as RecordView;
}

const SPECIALISMS = 10;

/** What the subject has earned most XP with. */
export async function specialismsOf(tx: Tx, subjectId: string): Promise<SpecialismView[]> {
  return tx.query<SpecialismView>(
    `SELECT s.kind, s.name, sum(x.amount)::int AS xp, count(DISTINCT x.task_id)::int AS tasks
     FROM xp_entries x CROSS JOIN LATERAL (
       SELECT 'capability' AS kind, unnest(x.capabilities) AS name
       UNION ALL SELECT 'language', unnest(x.languages)) s
     WHERE x.subject_id = $1 AND x.reason IN ('merge', 'revert')
     GROUP BY s.kind, s.name HAVING sum(x.amount) > 0 ORDER BY xp DESC, s.kind, s.name LIMIT ${SPECIALISMS}`,
    [subjectId],
  );
}

/** All entries as badges see them, the oldest first. */
export async function badgeEntries(tx: Tx, subjectId: string): Promise<BadgeEntry[]> {
  const rows = await tx.query<Omit<BadgeEntry, 'at'> & { at: Date }>(
    `SELECT x.reason, x.at, x.languages,
            NOT EXISTS (SELECT 1 FROM xp_tasks t WHERE t.task_id = x.task_id AND (t.work->>'rounds')::int > 0) AS clean
     FROM xp_entries x WHERE x.subject_id = $1 ORDER BY x.number`,
    [subjectId],
  );
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

export async function isHidden(tx: Tx, subjectId: string): Promise<boolean> {
  return (await tx.query('SELECT 1 FROM xp_hidden WHERE subject_id = $1', [subjectId])).length > 0;
}

export async function setHidden(tx: Tx, subjectId: string, hidden: boolean): Promise<void> {
  await tx.execute(
    hidden
      ? 'INSERT INTO xp_hidden (subject_id) VALUES ($1) ON CONFLICT DO NOTHING'
      : 'DELETE FROM xp_hidden WHERE subject_id = $1',
    [subjectId],
  );
}

const toView = ({ kind, id, name, total, level }: XpRow): XpView => ({
  subject: { kind, id, name },
  total,
  level,
});
