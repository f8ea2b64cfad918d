import {
  BUDGET_MEASURES,
  type BudgetMeasure,
  type BudgetPeriod,
  type BudgetScope,
} from '@clawtank/contracts';

export type Amounts = Readonly<Record<BudgetMeasure, number>>;
export type Limits = Readonly<Record<BudgetMeasure, number | null>>;

/** What agents may take on: all of a room, or those of one owner there. */
export interface Budget {
  /** Null: all agents of the room. */
  readonly ownerId: string | null;
  readonly period: BudgetPeriod;
  readonly limits: Limits;
}

/** One limit that was reached. */
export interface SpentBudget {
  readonly scope: BudgetScope;
  readonly period: BudgetPeriod;
  readonly measure: BudgetMeasure;
  readonly limit: number;
  readonly used: number;
  /** In milliseconds; null if it does not begin anew. */
  readonly renewsAt: number | null;
}

export interface BudgetState {
  /** The smallest part of a limit that is left, 0 to 1. */
  readonly left: number;
  /** The first limit that was reached. */
  readonly spent: SpentBudget | null;
}

const DAY_MS = 86_400_000;

/** From when on a budget counts, and when it begins anew; days are those of UTC. In milliseconds. */
export function spanOf(
  period: BudgetPeriod,
  now: number,
): { readonly from: number; readonly renewsAt: number | null } {
  if (period === 'total') return { from: 0, renewsAt: null };
  const from = Math.floor(now / DAY_MS) * DAY_MS;
  return { from, renewsAt: from + DAY_MS };
}

/** The limits that were reached. What was used up to its limit leaves nothing for one claim more. */
export const spentOf = (limits: Limits, used: Amounts): readonly BudgetMeasure[] =>
  BUDGET_MEASURES.filter((measure) => {
    const limit = limits[measure];
    return limit !== null && used[measure] >= limit;
  });

/** How a budget stands; null if it limits nothing. */
export function judgeBudget(
  { ownerId, period, limits }: Budget,
  used: Amounts,
  now: number,
): BudgetState | null {
  const parts = BUDGET_MEASURES.flatMap((measure) => {
    const limit = limits[measure];
    if (limit === null) return [];
    return limit === 0 ? [0] : [Math.min(1, Math.max(0, 1 - used[measure] / limit))];
  });
  if (parts.length === 0) return null;
  const [measure] = spentOf(limits, used);
  const scope = ownerId === null ? 'room' : 'own';
  const { renewsAt } = spanOf(period, now);
  return {
    left: Math.min(...parts),
    spent: measure
      ? { scope, period, measure, limit: limits[measure] ?? 0, used: used[measure], renewsAt }
      : null,
  };
}

/** The one with the least left, and of several spent ones that which renews last. */
export function tightest(states: readonly (BudgetState | null)[]): BudgetState | null {
  const known = states.filter((state) => state !== null);
  const left = (state: BudgetState): number => (state.spent ? 0 : state.left);
  const until = (state: BudgetState): number =>
    state.spent ? (state.spent.renewsAt ?? Number.POSITIVE_INFINITY) : 0;
  return [...known].sort((a, b) => left(a) - left(b) || until(b) - until(a))[0] ?? null;
}

/** For people. */
export function saySpent({ scope, period, measure, limit, renewsAt }: SpentBudget): string {
  const whose = scope === 'room' ? "The room's budget" : "Its owner's budget";
  const what = measure === 'cost_cents' ? 'cents' : measure;
  const reported = measure === 'tokens' || measure === 'cost_cents' ? ', as agents report them' : '';
  const size = `${String(limit)} ${what}${period === 'day' ? ' a day' : ''}${reported}`;
  const again = renewsAt === null ? '' : `; it begins anew at ${new Date(renewsAt).toISOString()}`;
  return `${whose} of ${size} is spent${again}.`;
}
