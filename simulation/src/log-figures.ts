import type { EventMap, MemberEvent } from '@clawtank/contracts';

/** What an event of the log has that figures are made of. */
export interface Logged {
  readonly seq: number;
  readonly type: string;
  readonly at: string;
  readonly data: unknown;
}

export const logged = ({ seq, type, at, data }: MemberEvent): Logged => ({ seq, type, at, data });

/** The life of one task as the log tells it. */
export interface TaskLife {
  readonly id: string;
  readonly title: string;
  readonly createdAt: number;
  claimedAt: number | null;
  claims: number;
  expiries: number;
  completedAt: number | null;
  /** How often it was completed, and how often something of it was merged. */
  completions: number;
  merges: number;
  cancelled: boolean;
  /** Who completed it. */
  by: string | null;
}

const of = <T extends keyof EventMap>(
  events: readonly Logged[],
  type: T,
): (Logged & { data: EventMap[T] })[] =>
  events.filter((event): event is Logged & { data: EventMap[T] } => event.type === type);

export function livesIn(events: readonly Logged[]): ReadonlyMap<string, TaskLife> {
  const lives = new Map<string, TaskLife>();
  for (const { data, at } of of(events, 'task.created'))
    lives.set(data.task_id, {
      id: data.task_id,
      title: data.title,
      createdAt: Date.parse(at),
      claimedAt: null,
      claims: 0,
      expiries: 0,
      completedAt: null,
      completions: 0,
      merges: 0,
      cancelled: false,
      by: null,
    });
  for (const { data, at } of of(events, 'task.update')) {
    const life = lives.get(data.task_id);
    if (life) live(life, data, Date.parse(at));
  }
  for (const { data } of of(events, 'git.pull_request')) {
    const life = data.task_id === null ? undefined : lives.get(data.task_id);
    if (life && data.action === 'merged') life.merges += 1;
  }
  return lives;
}

function live(life: TaskLife, { change, assignee }: EventMap['task.update'], at: number): void {
  if (change === 'claimed' || change === 'assigned') {
    life.claimedAt ??= at;
    life.claims += 1;
  } else if (change === 'expired') life.expiries += 1;
  else if (change === 'cancelled') life.cancelled = true;
  else if (change === 'completed') {
    life.completions += 1;
    life.completedAt = at;
    life.by = assignee?.id ?? null;
  }
}

const BUSY = ['claimed', 'in_progress'];

/** Milliseconds in which each agent had a task in hand, between two instants. */
export function busyTimes(events: readonly Logged[], from: number, to: number): ReadonlyMap<string, number> {
  const open = new Map<string, { readonly who: string; readonly since: number }>();
  const spans = new Map<string, [number, number][]>();
  const close = (task: string, at: number): void => {
    const held = open.get(task);
    if (!held) return;
    open.delete(task);
    spans.set(held.who, [...(spans.get(held.who) ?? []), [held.since, at]]);
  };
  for (const { data, at } of of(events, 'task.update')) {
    const now = Date.parse(at);
    const who = BUSY.includes(data.status) ? (data.assignee?.id ?? null) : null;
    if (open.get(data.task_id)?.who === who) continue;
    close(data.task_id, now);
    if (who !== null) open.set(data.task_id, { who, since: now });
  }
  for (const task of [...open.keys()]) close(task, to);
  return new Map([...spans].map(([who, list]) => [who, covered(list, from, to)]));
}

/** The length of the union of spans, between two instants. */
export function covered(spans: readonly (readonly [number, number])[], from: number, to: number): number {
  let sum = 0;
  let reached = from;
  for (const [begin, end] of [...spans].sort((a, b) => a[0] - b[0])) {
    const last = Math.min(end, to);
    const first = Math.max(begin, reached);
    if (last > first) sum += last - first;
    reached = Math.max(reached, last);
  }
  return sum;
}

export interface ConflictFigures {
  /** Stood in the way of a pull request. */
  readonly byGit: number;
  readonly predicted: number;
  /** Of those that git found, how many were predicted before there was a pull request to stand in the way of. */
  readonly inTime: number;
  readonly late: readonly string[];
}

/**
 * Compares the conflicts that stood in the way of a pull request with what was predicted. Two branches meet when
 * both are up for merging, so a prediction is in time if it came before the later of their pull requests; one
 * with the default branch, before the only one.
 */
export function conflictFigures(events: readonly Logged[], main: string): ConflictFigures {
  const opened = new Map<string, number>();
  for (const { seq, data } of of(events, 'git.pull_request'))
    if (data.action === 'opened' && !opened.has(data.branch)) opened.set(data.branch, seq);
  const told = of(events, 'git.conflict');
  const predicted = told.filter(({ data }) => data.state === 'predicted');
  const found = new Map<string, (typeof told)[number]>();
  for (const event of told)
    if (event.data.state === 'detected' && !found.has(event.data.conflict_id))
      found.set(event.data.conflict_id, event);
  const late = [...found.values()].filter(({ seq, data }) => {
    const branch = data.branches.find((name) => name !== main) ?? '';
    return !predicted.some((earlier) => {
      const other = earlier.data.branches.find((name) => name !== branch);
      const meets =
        earlier.data.branches.includes(branch) &&
        earlier.data.files.some((file) => data.files.includes(file));
      const sides = other === undefined || other === main ? [branch] : [branch, other];
      const limit = Math.max(...sides.map((name) => opened.get(name) ?? seq));
      return meets && earlier.seq < Math.min(seq, limit);
    });
  });
  return {
    byGit: found.size,
    predicted: new Set(predicted.map(({ data }) => data.conflict_id)).size,
    inTime: found.size - late.length,
    late: late.map(({ data }) => `${data.branches.join(' × ')}: ${data.files.join(', ')}`),
  };
}

/** XP by who got it, added up from what the log tells. */
export function xpIn(events: readonly Logged[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { data } of of(events, 'reputation.xp'))
    sums.set(data.subject.id, (sums.get(data.subject.id) ?? 0) + data.amount);
  return sums;
}
