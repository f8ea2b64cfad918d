import type { Principal } from './actor.js';

/**
 * What a budget counts: tasks that agents took, minutes that they held them, and the tokens and the cost that agents
 * report of themselves. The server never sees a model: a report is the agent's word.
 */
export const BUDGET_MEASURES = ['tasks', 'minutes', 'tokens', 'cost_cents'] as const;
export type BudgetMeasure = (typeof BUDGET_MEASURES)[number];
/** Those that nobody but the agent knows. */
export const REPORTED_MEASURES = ['tokens', 'cost_cents'] as const satisfies readonly BudgetMeasure[];

/** `day`: begins anew at midnight UTC. `total`: never. */
export const BUDGET_PERIODS = ['day', 'total'] as const;
export type BudgetPeriod = (typeof BUDGET_PERIODS)[number];

/** `room`: all agents of the room together. `own`: those of one person, in that room. */
export const BUDGET_SCOPES = ['room', 'own'] as const;
export type BudgetScope = (typeof BUDGET_SCOPES)[number];

/** What agents used since they last said so; their own word. */
export interface UsageReport {
  readonly tokens?: number;
  readonly cost_cents?: number;
}

export interface BudgetView {
  readonly scope: BudgetScope;
  /** Whose agents; null for the room's. */
  readonly owner: Principal | null;
  readonly period: BudgetPeriod;
  /** Null where there is no limit. */
  readonly limits: Readonly<Record<BudgetMeasure, number | null>>;
  readonly used: Readonly<Record<BudgetMeasure, number>>;
  /** Which of these are what agents say of themselves. */
  readonly reported: readonly BudgetMeasure[];
  readonly spent: readonly BudgetMeasure[];
  /** Null: it does not begin anew. */
  readonly renews_at: string | null;
}
