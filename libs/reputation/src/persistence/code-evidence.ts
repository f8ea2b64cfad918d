import type { Tx } from '@clawtank/database';

export interface SeenCommit {
  readonly sha: string;
  readonly taskId: string | null;
  /** Added and deleted. */
  readonly lines: number;
  readonly reverts: readonly string[];
}

export async function rememberCommit(tx: Tx, roomId: string, commit: SeenCommit): Promise<void> {
  await tx.execute(
    `INSERT INTO xp_commits (room_id, sha, task_id, lines, reverts) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (room_id, sha) DO UPDATE SET task_id = coalesce(xp_commits.task_id, $3)`,
    [roomId, commit.sha, commit.taskId, commit.lines, commit.reverts],
  );
}

/** What the commits of a task take back. */
export async function revertsOfTask(tx: Tx, taskId: string): Promise<string[]> {
  const rows = await tx.query<{ sha: string }>(
    'SELECT DISTINCT unnest(reverts) AS sha FROM xp_commits WHERE task_id = $1 ORDER BY sha',
    [taskId],
  );
  return rows.map(({ sha }) => sha);
}

/** A merge, and the part of its lines that a commit holds: 1 for the merge commit itself. */
export interface RevertedWork {
  readonly number: number;
  readonly share: number;
}

/** The merged work that a commit belongs to. Undefined when it was not made, or not merged, for a task. */
export async function workOfCommit(tx: Tx, roomId: string, sha: string): Promise<RevertedWork | undefined> {
  const rows = await tx.query<RevertedWork>(
    `SELECT (t.work->'merged'->>'number')::int AS number,
            CASE WHEN t.work->'merged'->>'sha' = $2 THEN 1
                 ELSE c.lines::float8 / greatest(1, (SELECT sum(o.lines) FROM xp_commits o WHERE o.task_id = t.task_id))
            END AS share
     FROM xp_tasks t LEFT JOIN xp_commits c ON c.task_id = t.task_id AND c.room_id = $1 AND c.sha = $2
     WHERE t.room_id = $1 AND t.work->'merged'->>'number' IS NOT NULL
       AND (t.work->'merged'->>'sha' = $2 OR c.sha IS NOT NULL)
     ORDER BY share DESC LIMIT 1`,
    [roomId, sha],
  );
  return rows[0];
}

export interface SeenCheck {
  readonly sha: string;
  readonly context: string;
  readonly state: string;
}

export async function rememberCheck(tx: Tx, roomId: string, check: SeenCheck): Promise<void> {
  await tx.execute(
    `INSERT INTO xp_checks (room_id, sha, context, state) VALUES ($1, $2, $3, $4)
     ON CONFLICT (room_id, sha, context) DO UPDATE SET state = $4`,
    [roomId, check.sha, check.context, check.state],
  );
}

export async function checkStates(tx: Tx, roomId: string, sha: string): Promise<string[]> {
  const rows = await tx.query<{ state: string }>(
    'SELECT state FROM xp_checks WHERE room_id = $1 AND sha = $2',
    [roomId, sha],
  );
  return rows.map(({ state }) => state);
}
