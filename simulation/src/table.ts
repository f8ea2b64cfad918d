import type { SideResult } from './result.js';
import type { Report } from './report.js';

const ROWS = [
  ['tasks', 'tasks'],
  ['done', 'done'],
  ['unfinished', 'unfinished when time ran out'],
  ['lost', 'lost'],
  ['doubled', 'done twice'],
  ['conflicts_by_git', 'conflicts in the way of a pull request'],
  ['conflicts_predicted', 'conflicts predicted'],
  ['conflicts_predicted_late', 'conflicts not predicted in time'],
  ['capability_hit', 'share done with the asked capability'],
  ['wasted_minutes', 'minutes wasted'],
  ['wasted_share', 'share of work wasted'],
  ['time_to_claim_ms_p50', 'time to claim, median (ms)'],
  ['time_to_claim_ms_p95', 'time to claim, 95 % (ms)'],
  ['idle_share', 'share of time idle'],
  ['seconds', 'seconds of the run'],
] as const satisfies readonly (readonly [keyof SideResult, string])[];

/** Both sides beside each other, for people. */
export function table({ seed, seeds, guards, off_means, broken }: Report): string {
  const runs = seeds ?? [{ seed, guards }];
  const lines = runs.flatMap((run) => [
    `seed ${String(run.seed)}`.padEnd(42) + 'guards on'.padStart(12) + 'guards off'.padStart(12),
    ...ROWS.map(
      ([name, label]) =>
        `  ${label}`.padEnd(42) +
        shown(run.guards.on?.[name]).padStart(12) +
        shown(run.guards.off?.[name]).padStart(12),
    ),
    '  fairness (Gini)'.padEnd(42) +
      shown(run.guards.on?.fairness.gini).padStart(12) +
      shown(run.guards.off?.fairness.gini).padStart(12),
  ]);
  return [
    ...lines,
    'Guards off means:',
    ...off_means.map((what) => `  ${what}`),
    ...(broken.length === 0
      ? ['Every promise was kept.']
      : ['BROKEN:', ...broken.map((what) => `  ${what}`)]),
  ].join('\n');
}

const shown = (value: number | undefined): string => (value === undefined ? '–' : String(value));
