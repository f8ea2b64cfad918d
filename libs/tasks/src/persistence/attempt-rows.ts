import type { AttemptView, EventMap, Principal } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';

/** Every claim of a task, the first one first. */
export async function listAttempts(tx: Tx, taskId: string): Promise<AttemptView[]> {
  const rows = await tx.query<{
    fence: number;
    claimant: Principal;
    branch: string;
    claimed_at: Date;
    ended_at: Date | null;
    end_reason: AttemptView['end_reason'];
    note: string | null;
  }>(
    `SELECT fence, json_build_object('kind', claimant_kind, 'id', claimant_id, 'name', claimant_name) AS claimant,
            branch, claimed_at, ended_at, end_reason, note
     FROM task_claims WHERE task_id = $1 ORDER BY fence`,
    [taskId],
  );
  return rows.map((row) => ({
    ...row,
    claimed_at: row.claimed_at.toISOString(),
    ended_at: row.ended_at?.toISOString() ?? null,
  }));
}

/** What the log has of the work on a task since its latest claim. */
export interface LoggedWork {
  /** In milliseconds. */
  readonly heldFor: number;
  readonly commits: readonly {
    readonly sha: string;
    readonly message: string;
    readonly files: readonly string[];
  }[];
  readonly questions: readonly string[];
}

/** A claim with more is told by its first ones and its latest. */
const MOST_EVENTS = 500;

export async function readWork(tx: Tx, roomId: string, taskId: string, fence: number): Promise<LoggedWork> {
  const claims = await tx.query<{ claimed_at: Date; held_ms: number }>(
    `SELECT claimed_at, extract(epoch FROM clock_timestamp() - claimed_at)::float8 * 1000 AS held_ms
     FROM task_claims WHERE task_id = $1 AND fence = $2`,
    [taskId, fence],
  );
  const claim = claims[0];
  if (!claim) return { heldFor: 0, commits: [], questions: [] };
  const rows = await tx.query<{ type: string; data: EventMap['git.commit'] | EventMap['agent.question'] }>(
    `SELECT type, data FROM (
       SELECT seq, type, data FROM stream_events
       WHERE data ->> 'task_id' = $2 AND type IN ('git.commit', 'agent.question') AND stream LIKE 'room:%'
         AND stream = $1 AND at >= $3
       ORDER BY seq DESC LIMIT ${String(MOST_EVENTS)}
     ) latest ORDER BY seq`,
    [`room:${roomId}`, taskId, claim.claimed_at],
  );
  return {
    heldFor: claim.held_ms,
    commits: rows.flatMap(({ data }) => ('sha' in data ? [data] : [])),
    questions: rows.flatMap(({ data }) => ('question_id' in data ? [data.text] : [])),
  };
}
