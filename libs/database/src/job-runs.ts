import type { Tx } from './tx.js';

/** One run of a recurring job, as the job library keeps it. */
export interface JobRun {
  readonly id: string;
  readonly name: string;
  readonly state: 'created' | 'retry' | 'active' | 'completed' | 'cancelled' | 'failed';
  readonly created_at: Date;
  readonly started_at: Date | null;
  readonly completed_at: Date | null;
  readonly error: string | null;
  /** Its place in the list, exact to the microsecond. */
  readonly place: string;
}

/** A server on which no process has run jobs yet has no table of them. */
async function areThereAny(tx: Tx): Promise<boolean> {
  const rows = await tx.query<{ made: boolean }>(`SELECT to_regclass('jobs.job') IS NOT NULL AS made`);
  return rows[0]?.made ?? false;
}

/** Newest first, after the place and id of another; one more than `limit`. */
export async function listJobRuns(
  tx: Tx,
  { state, after }: { readonly state: string | null; readonly after: readonly [string, string] | null },
  limit: number,
): Promise<JobRun[]> {
  if (!(await areThereAny(tx))) return [];
  return tx.query<JobRun>(
    `SELECT id, name, state::text, created_on AS created_at, started_on AS started_at,
       completed_on AS completed_at, CASE WHEN state = 'failed' THEN output->>'message' END AS error,
       created_on::text AS place
     FROM jobs.job
     WHERE ($1::text IS NULL OR state::text = $1)
       AND ($2::timestamptz IS NULL OR (created_on, id) < ($2::timestamptz, $3::uuid))
     ORDER BY created_on DESC, id DESC LIMIT $4`,
    [state, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
  );
}

/** Lets a failed run be taken up again. @returns its job's name; undefined when there is no such failed run */
export async function retryJobRun(tx: Tx, id: string): Promise<string | undefined> {
  if (!(await areThereAny(tx))) return undefined;
  const rows = await tx.query<{ name: string }>(
    `UPDATE jobs.job SET state = 'retry', retry_limit = retry_limit + 1
     WHERE id = $1 AND state = 'failed' RETURNING name`,
    [id],
  );
  return rows[0]?.name;
}

export async function countJobRuns(tx: Tx): Promise<{ waiting: number; failed: number }> {
  if (!(await areThereAny(tx))) return { waiting: 0, failed: 0 };
  const rows = await tx.query<{ waiting: number; failed: number }>(
    `SELECT count(*) FILTER (WHERE state IN ('created', 'retry')) AS waiting,
       count(*) FILTER (WHERE state = 'failed') AS failed FROM jobs.job`,
  );
  return rows[0] ?? { waiting: 0, failed: 0 };
}
