import type { Tx } from '@clawtank/database';
import {
  type Amounts,
  type Budget,
  type BudgetState,
  judgeBudget,
  saySpent,
  spanOf,
  tightest,
} from '../domain/budget.js';
import { fail } from '../domain/failures.js';
import type { Claimant } from '../domain/task.js';
import { listBudgets, readUsed } from '../persistence/budget-rows.js';
import { readNow } from '../persistence/matching-rows.js';

export interface UsedBudget {
  readonly budget: Budget;
  readonly used: Amounts;
  readonly state: BudgetState | null;
  readonly renewsAt: number | null;
}

/** The room's budgets that `wanted` asks for, with what was used of them. */
export async function readBudgets(
  tx: Tx,
  roomId: string,
  wanted: (budget: Budget) => boolean,
): Promise<readonly UsedBudget[]> {
  const budgets = (await listBudgets(tx, roomId)).filter(wanted);
  if (budgets.length === 0) return [];
  const now = await readNow(tx);
  const found: UsedBudget[] = [];
  for (const budget of budgets) {
    const { from, renewsAt } = spanOf(budget.period, now);
    const used = await readUsed(tx, roomId, budget.ownerId, from);
    found.push({ budget, used, state: judgeBudget(budget, used, now), renewsAt });
  }
  return found;
}

/** What counts for the agents of an owner: the tighter of their own budget and the room's. */
export const budgetOf = (budgets: readonly UsedBudget[], ownerId: string): BudgetState | null =>
  tightest(
    budgets
      .filter(({ budget }) => budget.ownerId === null || budget.ownerId === ownerId)
      .map(({ state }) => state),
  );

/**
 * Passes people, and agents whose owner and room have something left for them. The room must be locked, so that of
 * several claims that want the last of it one gets it.
 * @throws budget.spent, saying which and until when
 */
export async function requireBudget(tx: Tx, roomId: string, { kind, userId }: Claimant): Promise<void> {
  if (kind === 'human') return;
  const budgets = await readBudgets(tx, roomId, ({ ownerId }) => ownerId === null || ownerId === userId);
  const spent = budgetOf(budgets, userId)?.spent;
  if (!spent) return;
  const { scope, measure, limit, used, renewsAt } = spent;
  const renews_at = renewsAt === null ? null : new Date(renewsAt).toISOString();
  const wait = renewsAt === null ? {} : { retryAfterMs: Math.max(1_000, renewsAt - (await readNow(tx))) };
  throw fail('budget.spent', { text: saySpent(spent), scope, measure, limit, used, renews_at }, wait);
}
