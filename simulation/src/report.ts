import { OFF, ON, WHAT_IS_OFF } from './guards.js';
import { type Spread, spreadOf } from './numbers.js';
import type { SimulateCommand } from './options.js';
import { planOf } from './plan.js';
import { brokenPromises, brokenWithoutGuards, type SideResult } from './result.js';
import { runSide } from './run-side.js';

export interface SeedResult {
  readonly seed: number;
  readonly agents: number;
  readonly tasks: number;
  readonly rooms: number;
  readonly guards: { readonly on?: SideResult; readonly off?: SideResult };
}

type Spreads = Readonly<Record<string, Spread>>;

export interface Report extends SeedResult {
  readonly off_means: readonly string[];
  readonly broken: readonly string[];
  /** With several seeds: each of them, and how far the figures lie apart. */
  readonly seeds?: readonly SeedResult[];
  readonly spread?: { readonly on?: Spreads; readonly off?: Spreads };
}

const FIGURES = [
  'done',
  'unfinished',
  'lost',
  'doubled',
  'conflicts_by_git',
  'conflicts_predicted',
  'conflicts_predicted_in_time',
  'conflicts_predicted_late',
  'capability_hit',
  'wasted_minutes',
  'wasted_share',
  'time_to_claim_ms_p50',
  'time_to_claim_ms_p95',
  'idle_share',
  'seconds',
] as const;

/** Runs every seed both ways, one after the other, so that neither disturbs the other's times. */
export async function report(command: SimulateCommand, tell: (line: string) => void): Promise<Report> {
  const results: SeedResult[] = [];
  for (let n = 0; n < command.seeds; n += 1) results.push(await runSeed(command, command.seed + n, tell));
  const [first] = results;
  if (!first) throw new Error('no seed was run');
  const broken = results.flatMap(({ seed, guards: { on, off } }) =>
    [...(on ? brokenPromises(on) : []), ...(off ? brokenWithoutGuards(off) : [])].map(
      (what) => `seed ${String(seed)}: ${what}`,
    ),
  );
  const several = results.length > 1 ? { seeds: results, spread: spreadsOf(results) } : {};
  return { ...first, off_means: WHAT_IS_OFF, broken, ...several };
}

async function runSeed(
  command: SimulateCommand,
  seed: number,
  tell: (line: string) => void,
): Promise<SeedResult> {
  const { agents, tasks, guards } = command;
  const plan = planOf({ seed, agents, tasks });
  const sides: { on?: SideResult; off?: SideResult } = {};
  for (const side of [ON, OFF]) {
    if (guards !== 'both' && guards !== side.name) continue;
    sides[side.name] = await runSide(plan, side, command, (line) =>
      tell(`seed ${String(seed)}, guards ${side.name}: ${line}`),
    );
  }
  return { seed, agents, tasks, rooms: plan.rooms.length, guards: sides };
}

function spreadsOf(results: readonly SeedResult[]): { on?: Spreads; off?: Spreads } {
  const spreads: { on?: Spreads; off?: Spreads } = {};
  for (const side of ['on', 'off'] as const) {
    const runs = results.flatMap(({ guards }) => guards[side] ?? []);
    if (runs.length === 0) continue;
    spreads[side] = {
      ...Object.fromEntries(FIGURES.map((name) => [name, spreadOf(runs.map((run) => run[name]))])),
      fairness_gini: spreadOf(runs.map(({ fairness }) => fairness.gini)),
    };
  }
  return spreads;
}
