import type { Priority } from '@clawtank/contracts';
import type { Met } from './candidate.js';

/** An open task as the queue sees it. */
export interface QueuedTask {
  readonly taskId: string;
  readonly number: number;
  readonly priority: Priority;
  /** How long anybody could have taken it, in milliseconds. */
  readonly openFor: number;
  /** Tasks that wait for it. */
  readonly awaitedBy: number;
  /** An earlier claim left a branch with work. */
  readonly begun: boolean;
  /** Leases in its way, in a room that refuses overlaps. */
  readonly met: readonly Met[];
}

export interface QueuePlace {
  readonly taskId: string;
  /** 1 is next. */
  readonly rank: number;
  readonly points: number;
  readonly reasons: readonly string[];
}

const PRIORITY: Readonly<Record<Priority, number>> = { urgent: 400, high: 300, normal: 200, low: 100 };
const HOUR_MS = 3_600_000;
/** Two days make up for one level of priority; waiting longer helps up to two levels. */
const PER_HOUR = 100 / 48;
const MOST_FOR_AGE = 200;
const PER_WAITING_TASK = 25;
const MOST_FOR_WAITING = 100;
const FOR_BEGUN = 30;
/** What can't be started comes after all that can. */
const LEASED = -1_000;

/** The order in which a room's open tasks are to be taken: the most urgent first, ties by number. */
export function rankQueue(tasks: readonly QueuedTask[]): readonly QueuePlace[] {
  return tasks
    .map((task) => ({ task, ...weigh(task) }))
    .sort((a, b) => b.points - a.points || a.task.number - b.task.number)
    .map(({ task, points, reasons }, index) => ({ taskId: task.taskId, rank: index + 1, points, reasons }));
}

function weigh(task: QueuedTask): { points: number; reasons: string[] } {
  const age = Math.min(MOST_FOR_AGE, (task.openFor / HOUR_MS) * PER_HOUR);
  const waiting = Math.min(MOST_FOR_WAITING, task.awaitedBy * PER_WAITING_TASK);
  const points =
    PRIORITY[task.priority] +
    age +
    waiting +
    (task.begun ? FOR_BEGUN : 0) +
    (task.met.length > 0 ? LEASED : 0);
  return {
    points: Math.round(points),
    reasons: [
      `priority ${task.priority}`,
      `open for ${lengthOf(task.openFor)}`,
      ...(task.awaitedBy > 0 ? [`${String(task.awaitedBy)} waiting for it`] : []),
      ...(task.begun ? ['work on it has begun'] : []),
      ...task.met.map(({ taskKey, pattern }) => `waits for ${taskKey} on ${pattern}`),
    ],
  };
}

const MINUTE_MS = 60_000;

/** A span of time for people, in its largest unit. */
export function lengthOf(milliseconds: number): string {
  if (milliseconds < MINUTE_MS) return `${String(Math.max(0, Math.floor(milliseconds / 1_000)))} s`;
  if (milliseconds < HOUR_MS) return `${String(Math.floor(milliseconds / MINUTE_MS))} min`;
  const hours = Math.floor(milliseconds / HOUR_MS);
  return hours < 48 ? `${String(hours)} h` : `${String(Math.floor(hours / 24))} days`;
}
