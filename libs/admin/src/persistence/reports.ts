import type { ReportCreateInput, ReportOutcome, ReportView } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';

export async function countOpenReports(tx: Tx, reporterId: string): Promise<number> {
  const rows = await tx.query<{ count: number }>(
    'SELECT count(*) FROM reports WHERE reporter_id = $1 AND outcome IS NULL',
    [reporterId],
  );
  return rows[0]?.count ?? 0;
}

export async function insertReport(
  tx: Tx,
  id: string,
  reporterId: string,
  report: Pick<ReportCreateInput, 'subject' | 'subject_id' | 'text'>,
): Promise<void> {
  await tx.execute(
    'INSERT INTO reports (id, reporter_id, subject, subject_id, text) VALUES ($1, $2, $3, $4, $5)',
    [id, reporterId, report.subject, report.subject_id, report.text],
  );
}

/** The report, locked. */
export async function lockReport(
  tx: Tx,
  id: string,
): Promise<{ subject: string; subject_id: string; outcome: ReportOutcome | null } | undefined> {
  const rows = await tx.query<{ subject: string; subject_id: string; outcome: ReportOutcome | null }>(
    'SELECT subject, subject_id, outcome FROM reports WHERE id = $1 FOR UPDATE',
    [id],
  );
  return rows[0];
}

export async function resolveReport(
  tx: Tx,
  id: string,
  by: string,
  { outcome, note }: { readonly outcome: ReportOutcome; readonly note: string | null },
): Promise<void> {
  await tx.execute(
    'UPDATE reports SET outcome = $2, note = $3, resolved_at = now(), resolved_by = $4 WHERE id = $1',
    [id, outcome, note, by],
  );
}

type ReportRow = Omit<ReportView, 'reporter' | 'created_at' | 'resolved_at'> & {
  reporter_id: string;
  username: string;
  display_name: string;
  created_at: Date;
  resolved_at: Date | null;
};

/** Newest first, before the id `before`; one more than `limit`. */
export async function listReports(
  tx: Tx,
  { open, before }: { readonly open: boolean | null; readonly before: string | null },
  limit: number,
): Promise<ReportView[]> {
  const rows = await tx.query<ReportRow>(
    `SELECT r.id, r.subject, r.subject_id, r.text, r.created_at, r.outcome, r.note, r.resolved_at,
       r.reporter_id, u.username::text, u.display_name,
       CASE r.subject
         WHEN 'user' THEN (SELECT s.display_name FROM users s WHERE s.id = r.subject_id)
         WHEN 'agent' THEN (SELECT s.name FROM agents s WHERE s.id = r.subject_id)
         WHEN 'room' THEN (SELECT s.name FROM rooms s WHERE s.id = r.subject_id)
         ELSE (SELECT s.text FROM messages s WHERE s.id = r.subject_id)
       END AS subject_text
     FROM reports r JOIN users u ON u.id = r.reporter_id
     WHERE ($1::boolean IS NULL OR (r.outcome IS NULL) = $1) AND ($2::uuid IS NULL OR r.id < $2)
     ORDER BY r.id DESC LIMIT $3`,
    [open, before, limit + 1],
  );
  return rows.map(({ reporter_id, username, display_name, created_at, resolved_at, ...row }) => ({
    ...row,
    reporter: { id: reporter_id, username, display_name },
    created_at: created_at.toISOString(),
    resolved_at: resolved_at?.toISOString() ?? null,
  }));
}
