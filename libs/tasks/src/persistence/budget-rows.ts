import type { BudgetPeriod, UsageReport } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';
import type { Amounts, Budget, Limits } from '../domain/budget.js';

/** The budgets of a room: its own first. */
export async function listBudgets(tx: Tx, roomId: string): Promise<readonly Budget[]> {
  type Row = { owner_id: string | null; period: BudgetPeriod } & Limits;
  const rows = await tx.query<Row>(
    `SELECT owner_id, period, tasks::float8, minutes::float8, tokens::float8, cost_cents::float8
     FROM task_budgets WHERE room_id = $1 ORDER BY owner_id NULLS FIRST`,
    [roomId],
  );
  return rows.map(({ owner_id: ownerId, period, tasks, minutes, tokens, cost_cents }) => ({
    ownerId,
    period,
    limits: { tasks, minutes, tokens, cost_cents },
  }));
}

export async function saveBudget(tx: Tx, roomId: string, { ownerId, period, limits }: Budget): Promise<void> {
  const { tasks, minutes, tokens, cost_cents } = limits;
  await tx.execute(
    `INSERT INTO task_budgets (room_id, owner_id, period, tasks, minutes, tokens, cost_cents)
     VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (room_id, owner_id) DO UPDATE SET period = excluded.period, tasks = excluded.tasks,
       minutes = excluded.minutes, tokens = excluded.tokens, cost_cents = excluded.cost_cents,
       set_at = excluded.set_at`,
    [roomId, ownerId, period, tasks, minutes, tokens, cost_cents],
  );
}

/** True when there was one. */
export async function deleteBudget(tx: Tx, roomId: string, ownerId: string | null): Promise<boolean> {
  const count = await tx.execute(
    'DELETE FROM task_budgets WHERE room_id = $1 AND owner_id IS NOT DISTINCT FROM $2',
    [roomId, ownerId],
  );
  return count > 0;
}

/**
 * What agents of a room used from some time on, after the history of its claims and their own reports.
 * @param ownerId null for all agents
 * @param from in milliseconds; for a day's budget its midnight
 */
export async function readUsed(
  tx: Tx,
  roomId: string,
  ownerId: string | null,
  from: number,
): Promise<Amounts> {
  const rows = await tx.query<{ tasks: number; minutes: number; tokens: number; cost_cents: number }>(
    `SELECT c.tasks, c.minutes, u.tokens, u.cost_cents FROM
       (SELECT count(*) FILTER (WHERE claimed_at >= $3)::float8 AS tasks,
               coalesce(sum(extract(epoch FROM
                 coalesce(ended_at, clock_timestamp()) - greatest(claimed_at, $3))) / 60, 0)::float8 AS minutes
        FROM task_claims
        WHERE room_id = $1 AND claimant_kind = 'agent' AND ($2::uuid IS NULL OR claimant_user_id = $2)
          AND (ended_at IS NULL OR ended_at > $3)) c,
       (SELECT coalesce(sum(tokens), 0)::float8 AS tokens, coalesce(sum(cost_cents), 0)::float8 AS cost_cents
        FROM claim_usage
        WHERE room_id = $1 AND ($2::uuid IS NULL OR owner_id = $2)
          AND day >= ($3::timestamptz AT TIME ZONE 'UTC')::date) u`,
    [roomId, ownerId, new Date(from)],
  );
  return rows[0] ?? { tasks: 0, minutes: 0, tokens: 0, cost_cents: 0 };
}

/** Adds what an agent says it used on its present claim. */
export async function addUsage(tx: Tx, taskId: string, fence: number, usage: UsageReport): Promise<void> {
  await tx.execute(
    `INSERT INTO claim_usage AS u (task_id, fence, day, room_id, owner_id, tokens, cost_cents)
     SELECT task_id, fence, (clock_timestamp() AT TIME ZONE 'UTC')::date, room_id, claimant_user_id, $3, $4
     FROM task_claims WHERE task_id = $1 AND fence = $2 AND claimant_kind = 'agent'
     ON CONFLICT (task_id, fence, day) DO UPDATE SET tokens = u.tokens + excluded.tokens,
       cost_cents = u.cost_cents + excluded.cost_cents`,
    [taskId, fence, usage.tokens ?? 0, usage.cost_cents ?? 0],
  );
}
