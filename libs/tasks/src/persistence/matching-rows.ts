import type { Tx } from '@clawtank/database';
import type { Outcome } from '../domain/matching/candidate.js';

/** Older claims say little about an agent of today. */
const LATEST_CLAIMS = 50;

/** What agents' latest claims came to, by agent and word; all of an agent's under the empty word. */
export async function listOutcomes(
  tx: Tx,
  agentIds: readonly string[],
): Promise<ReadonlyMap<string, ReadonlyMap<string, Outcome>>> {
  const rows = await tx.query<{ agent_id: string; word: string; completed: number; failed: number }>(
    `SELECT c.claimant_id AS agent_id, w.word,
            count(*) FILTER (WHERE c.end_reason = 'completed') AS completed,
            count(*) FILTER (WHERE c.end_reason <> 'completed') AS failed
     FROM unnest($1::uuid[]) AS a (id)
     CROSS JOIN LATERAL (
       SELECT task_id, claimant_id, end_reason FROM task_claims
       WHERE claimant_id = a.id AND ended_at IS NOT NULL AND end_reason <> 'cancelled'
       ORDER BY ended_at DESC LIMIT ${String(LATEST_CLAIMS)}
     ) c
     JOIN tasks t ON t.id = c.task_id
     CROSS JOIN LATERAL (SELECT '' AS word UNION SELECT lower(x) FROM unnest(t.capabilities || t.languages) x) w
     GROUP BY c.claimant_id, w.word`,
    [agentIds],
  );
  const outcomes = new Map<string, Map<string, Outcome>>();
  for (const { agent_id: agentId, word, completed, failed } of rows) {
    const known = outcomes.get(agentId) ?? new Map<string, Outcome>();
    outcomes.set(agentId, known.set(word, { completed, failed }));
  }
  return outcomes;
}

/** When each agent last took a task in a room. */
export async function listLastClaims(tx: Tx, roomId: string): Promise<ReadonlyMap<string, Date>> {
  const rows = await tx.query<{ claimant_id: string; at: Date }>(
    `SELECT claimant_id, max(claimed_at) AS at FROM task_claims
     WHERE room_id = $1 AND claimant_kind = 'agent' GROUP BY claimant_id`,
    [roomId],
  );
  return new Map(rows.map((row) => [row.claimant_id, row.at]));
}

/** Agents whose claim of a task that is open now ended without it being done, by task. */
export async function listGaveUp(tx: Tx, roomId: string): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const rows = await tx.query<{ task_id: string; agents: string[] }>(
    `SELECT c.task_id, array_agg(DISTINCT c.claimant_id) AS agents
     FROM task_claims c JOIN tasks t ON t.id = c.task_id
     WHERE t.room_id = $1 AND t.status = 'open' AND c.end_reason IN ('released', 'expired')
     GROUP BY c.task_id`,
    [roomId],
  );
  return new Map(rows.map((row) => [row.task_id, new Set(row.agents)]));
}

export async function listXp(tx: Tx, agentIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const rows = await tx.query<{ agent_id: string; xp: number }>(
    'SELECT agent_id, xp FROM agent_standings WHERE agent_id = ANY($1)',
    [agentIds],
  );
  return new Map(rows.map((row) => [row.agent_id, row.xp]));
}

/** Notes an agent's XP; an older word never replaces a newer one. */
export async function saveXp(tx: Tx, agentId: string, xp: number, at: string): Promise<void> {
  await tx.execute(
    `INSERT INTO agent_standings (agent_id, xp, told_at)
     SELECT id, $2, $3 FROM agents WHERE id = $1
     ON CONFLICT (agent_id) DO UPDATE SET xp = $2, told_at = $3 WHERE agent_standings.told_at <= $3`,
    [agentId, xp, at],
  );
}

/** The database's clock, in milliseconds: deadlines of several nodes compare by it. */
export async function readNow(tx: Tx): Promise<number> {
  const rows = await tx.query<{ now: Date }>('SELECT clock_timestamp() AS now');
  return rows[0]?.now.getTime() ?? 0;
}

/** When more agents are to be asked about which tasks; a task that is not named has nobody left to ask. */
export async function saveOffersDue(tx: Tx, roomId: string, due: ReadonlyMap<string, number>): Promise<void> {
  await tx.execute(
    `UPDATE tasks t SET offers_due_at = d.at
     FROM (SELECT o.id, v.at FROM tasks o
           LEFT JOIN unnest($2::uuid[], $3::timestamptz[]) AS v (id, at) ON v.id = o.id
           WHERE o.room_id = $1 AND o.status = 'open') d
     WHERE t.id = d.id AND t.offers_due_at IS DISTINCT FROM d.at`,
    [roomId, [...due.keys()], [...due.values()].map((at) => new Date(at))],
  );
}

/** When which tasks become ones that nobody takes; of a task that is not named that was said, or will not be. */
export async function saveUnclaimedDue(
  tx: Tx,
  roomId: string,
  due: ReadonlyMap<string, number>,
): Promise<void> {
  await tx.execute(
    `UPDATE tasks t SET unclaimed_due_at = d.at
     FROM (SELECT o.id, v.at FROM tasks o
           LEFT JOIN unnest($2::uuid[], $3::timestamptz[]) AS v (id, at) ON v.id = o.id
           WHERE o.room_id = $1 AND o.status = 'open') d
     WHERE t.id = d.id AND t.unclaimed_due_at IS DISTINCT FROM d.at`,
    [roomId, [...due.keys()], [...due.values()].map((at) => new Date(at))],
  );
}

/** True the first time since the task was last free. */
export async function markUnclaimed(tx: Tx, taskId: string, round: number): Promise<boolean> {
  const count = await tx.execute(
    'UPDATE tasks SET unclaimed_round = $2 WHERE id = $1 AND unclaimed_round IS DISTINCT FROM $2',
    [taskId, round],
  );
  return count === 1;
}

/** Rooms in which more agents are to be asked about a task, ascending. */
export async function roomsWithOffersDue(tx: Pick<Tx, 'query'>): Promise<string[]> {
  const rows = await tx.query<{ room_id: string }>(
    `SELECT DISTINCT room_id FROM tasks
     WHERE status = 'open' AND (offers_due_at <= clock_timestamp() OR unclaimed_due_at <= clock_timestamp()) ORDER BY room_id LIMIT 200`,
  );
  return rows.map((row) => row.room_id);
}

/** How many tasks wait for each task of a room. */
export async function countAwaiting(tx: Tx, roomId: string): Promise<ReadonlyMap<string, number>> {
  const rows = await tx.query<{ depends_on: string; count: number }>(
    `SELECT d.depends_on, count(*) FROM task_dependencies d JOIN tasks t ON t.id = d.task_id
     WHERE t.room_id = $1 AND t.status = 'blocked' GROUP BY d.depends_on`,
    [roomId],
  );
  return new Map(rows.map((row) => [row.depends_on, row.count]));
}
