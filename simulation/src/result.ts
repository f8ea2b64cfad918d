import { type Ledger } from './ledger.js';
import { fits } from './job.js';
import {
  busyTimes,
  type ConflictFigures,
  conflictFigures,
  livesIn,
  type Logged,
  type TaskLife,
  xpIn,
} from './log-figures.js';
import { marksIn } from './marked-file.js';
import { gini, percentile, rounded } from './numbers.js';
import type { PlannedRoom, PlannedTask } from './plan.js';

/** Everything that is left of a room when its run is over. */
export interface RoomRemains {
  readonly plan: PlannedRoom;
  readonly main: string;
  readonly events: readonly Logged[];
  /** Planned tasks by id. */
  readonly tasks: ReadonlyMap<string, PlannedTask>;
  /** Planned agents by id. */
  readonly agents: ReadonlyMap<string, PlannedRoom['agents'][number]>;
  /** The default branch, by path. */
  readonly files: ReadonlyMap<string, string>;
  /** Totals by agent as the server tells them. */
  readonly xp: ReadonlyMap<string, number>;
}

export interface SideResult {
  readonly tasks: number;
  readonly done: number;
  /** Not done when time ran out. */
  readonly unfinished: number;
  /** Written and gone, cancelled by nobody's wish, or done without its lines in the default branch. */
  readonly lost: number;
  readonly doubled: number;
  readonly conflicts_by_git: number;
  readonly conflicts_predicted: number;
  readonly conflicts_predicted_in_time: number;
  readonly conflicts_predicted_late: number;
  readonly capability_hit: number;
  readonly work_minutes: number;
  readonly wasted_minutes: number;
  readonly wasted_share: number;
  readonly wasted: Readonly<Record<string, number>>;
  readonly time_to_claim_ms_p50: number;
  readonly time_to_claim_ms_p95: number;
  readonly idle_share: number;
  readonly fairness: { readonly gini: number; readonly most: number; readonly least: number };
  readonly expired_claims: number;
  readonly lease_overlaps: number;
  readonly lease_samples: number;
  readonly xp_differences: number;
  readonly unfinished_side_tasks: number;
  readonly refusals: Readonly<Record<string, number>>;
  readonly faults: Readonly<Record<string, number>>;
  readonly surprises: readonly string[];
  readonly late: readonly string[];
  readonly events: number;
  readonly seconds: number;
}

interface RoomFigures {
  readonly lives: readonly TaskLife[];
  readonly unfinished: number;
  readonly lost: number;
  readonly doubled: number;
  readonly hits: number;
  readonly conflicts: ConflictFigures;
  /** Tasks done by each agent. */
  readonly shares: readonly number[];
  readonly busyMs: number;
  readonly presentMs: number;
  readonly xpDifferences: number;
  readonly unfinishedSide: number;
}

/** The figures of one run over all its rooms. */
export function resultOf(rooms: readonly RoomRemains[], ledger: Ledger, seconds: number): SideResult {
  const figures = rooms.map(figuresOf);
  const sum = (pick: (room: RoomFigures) => number): number =>
    figures.reduce((total, room) => total + pick(room), 0);
  const lives = figures.flatMap((room) => room.lives);
  const done = lives.filter(({ completions }) => completions > 0);
  const waits = lives.flatMap(({ claimedAt, createdAt }) =>
    claimedAt === null ? [] : [claimedAt - createdAt],
  );
  const shares = figures.flatMap((room) => room.shares);
  const wasted = Object.values(ledger.wasted).reduce((total, minutes) => total + minutes, 0);
  return {
    tasks: rooms.reduce((total, { plan }) => total + plan.tasks.length, 0),
    done: done.length,
    unfinished: sum((room) => room.unfinished),
    lost: sum((room) => room.lost),
    doubled: sum((room) => room.doubled),
    conflicts_by_git: sum((room) => room.conflicts.byGit),
    conflicts_predicted: sum((room) => room.conflicts.predicted),
    conflicts_predicted_in_time: sum((room) => room.conflicts.inTime),
    conflicts_predicted_late: sum((room) => room.conflicts.late.length),
    capability_hit: rounded(sum((room) => room.hits) / Math.max(1, done.length)),
    work_minutes: Math.round(ledger.minutes),
    wasted_minutes: Math.round(wasted),
    wasted_share: rounded(wasted / Math.max(1, ledger.minutes)),
    wasted: Object.fromEntries(Object.entries(ledger.wasted).map(([kind, n]) => [kind, Math.round(n)])),
    time_to_claim_ms_p50: percentile(waits, 0.5),
    time_to_claim_ms_p95: percentile(waits, 0.95),
    idle_share: rounded(
      1 -
        sum((room) => room.busyMs) /
          Math.max(
            1,
            sum((room) => room.presentMs),
          ),
    ),
    fairness: { gini: rounded(gini(shares)), most: Math.max(...shares), least: Math.min(...shares) },
    expired_claims: lives.reduce((total, { expiries }) => total + expiries, 0),
    lease_overlaps: ledger.overlaps.size,
    lease_samples: ledger.samples,
    xp_differences: sum((room) => room.xpDifferences),
    unfinished_side_tasks: sum((room) => room.unfinishedSide),
    refusals: ledger.refusals,
    faults: ledger.faults,
    surprises: ledger.surprises,
    late: figures.flatMap((room) => room.conflicts.late),
    events: rooms.reduce((total, { events }) => total + events.length, 0),
    seconds,
  };
}

function figuresOf({ plan, main, events, tasks, agents, files, xp }: RoomRemains): RoomFigures {
  const all = livesIn(events);
  const lives = [...all.values()].filter(({ id }) => tasks.has(id));
  const side = [...all.values()].filter(({ id }) => !tasks.has(id));
  const done = lives.filter(({ completions }) => completions > 0);
  const marks = new Map(lives.map(({ id }) => [id, marksOf(tasks.get(id), files)]));
  const kept = done.filter(({ id }) => marks.get(id)?.least ?? false);
  const going = lives.filter(({ completions, cancelled }) => completions === 0 && !cancelled);
  // What there was no time left to write down is not done, and not lost either.
  const unfinished = going.length + plan.tasks.length - tasks.size;
  const from = Math.min(...lives.map(({ createdAt }) => createdAt));
  const to = Math.max(...lives.map(({ completedAt, createdAt }) => completedAt ?? createdAt));
  const busy = busyTimes(events, from, to);
  const sums = xpIn(events);
  return {
    lives,
    unfinished,
    lost: plan.tasks.length - kept.length - unfinished,
    doubled: lives.filter(
      ({ id, completions, merges }) => completions > 1 || merges > 1 || (marks.get(id)?.twice ?? false),
    ).length,
    hits: done.filter(({ id, by }) => hit(agents.get(by ?? ''), tasks.get(id))).length,
    conflicts: conflictFigures(events, main),
    shares: [...agents.keys()].map((agent) => done.filter(({ by }) => by === agent).length),
    busyMs: [...agents.keys()].reduce((total, agent) => total + (busy.get(agent) ?? 0), 0),
    presentMs: agents.size * Math.max(0, to - from),
    xpDifferences: [...agents.keys()].filter((id) => (sums.get(id) ?? 0) !== (xp.get(id) ?? 0)).length,
    unfinishedSide: side.filter(({ completions, cancelled }) => completions === 0 && !cancelled).length,
  };
}

const hit = (
  agent: RoomRemains['plan']['agents'][number] | undefined,
  task: PlannedTask | undefined,
): boolean => agent !== undefined && task !== undefined && fits(agent, { ...task, languages: [] });

/** Whether every change of a task is in the repository, and whether one is there twice. */
function marksOf(
  task: PlannedTask | undefined,
  files: ReadonlyMap<string, string>,
): { readonly least: boolean; readonly twice: boolean } {
  const counts = (task?.edits ?? []).map(({ path }) => marksIn(files.get(path) ?? '', task?.mark ?? ''));
  return { least: counts.every((count) => count > 0), twice: counts.some((count) => count > 1) };
}

/** Why a run with the guards on is not as it has to be; empty when it is. */
export function brokenPromises(side: SideResult): string[] {
  const promises: readonly (readonly [number, string])[] = [
    [side.unfinished, 'tasks unfinished when time ran out'],
    [side.lost, 'tasks lost'],
    [side.doubled, 'tasks done twice'],
    [side.conflicts_predicted_late, 'conflicts that were not predicted in time'],
    [side.lease_overlaps, 'overlaps of exclusive leases'],
    [side.xp_differences, 'agents whose XP is not the sum of the log'],
    [side.unfinished_side_tasks, 'tasks of settled conflicts that did not end'],
    [side.surprises.length, 'refusals and failures that nothing explains'],
  ];
  return promises.filter(([count]) => count > 0).map(([count, what]) => `${String(count)} ${what}`);
}

/** What has to hold even without guards: the run came to its end, and no work is gone or there twice. */
export function brokenWithoutGuards({ unfinished, lost, doubled }: SideResult): string[] {
  const promises: readonly (readonly [number, string])[] = [
    [unfinished, 'tasks unfinished when time ran out, guards off'],
    [lost, 'tasks lost, guards off'],
    [doubled, 'tasks done twice, guards off'],
  ];
  return promises.filter(([count]) => count > 0).map(([count, what]) => `${String(count)} ${what}`);
}
