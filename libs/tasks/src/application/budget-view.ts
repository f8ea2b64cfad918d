import { type BudgetView, type Principal, REPORTED_MEASURES } from '@clawtank/contracts';
import { spentOf } from '../domain/budget.js';
import type { UsedBudget } from './budgets.js';

/** @param owner of the budget's agents; null for the room's */
export function budgetView({ budget, used, renewsAt }: UsedBudget, owner: Principal | null): BudgetView {
  const { ownerId, period, limits } = budget;
  return {
    scope: ownerId === null ? 'room' : 'own',
    owner,
    period,
    limits,
    used: { ...used, minutes: Math.round(used.minutes * 10) / 10 },
    reported: REPORTED_MEASURES,
    spent: spentOf(limits, used),
    renews_at: renewsAt === null ? null : new Date(renewsAt).toISOString(),
  };
}
