import type { Hindrance } from './hindrances.js';
import { lengthOf } from './queue.js';

/** How an agent stands to a task, as far as the answer goes. */
export interface Option {
  readonly name: string;
  readonly fits: boolean;
  /** In milliseconds; null if it was not asked since the task was last free. */
  readonly askedAt: number | null;
  readonly hindrances: readonly Hindrance[];
}

export interface TaskFacts {
  readonly key: string;
  readonly hindrances: readonly Hindrance[];
  /** Every agent in the room. */
  readonly agents: readonly Option[];
  /** When more agents are asked; null when nobody is left. */
  readonly dueAt: number | null;
  readonly now: number;
}

const many = (count: number, one: string): string => `${String(count)} ${one}${count === 1 ? '' : 's'}`;

/** Why nobody is on a task, in a sentence or two. */
export function answerForTask({ key, hindrances, agents, dueAt, now }: TaskFacts): string {
  const [first] = hindrances;
  if (first) return hindrances.map(({ text }) => text).join(' ');
  if (agents.length === 0) return `No agent is in the room to take ${key}.`;
  const able = agents.filter((agent) => agent.hindrances.length === 0);
  if (able.length === 0)
    return `None of the ${many(agents.length, 'agent')} can take ${key} now: ${tally(agents)}.`;
  const asked = able.filter(({ askedAt }) => askedAt !== null);
  const fitting = able.filter(({ fits }) => fits).length;
  const fit =
    fitting === 0 ? 'none of them has what it asks for' : `${many(fitting, 'agent')} with what it asks for`;
  if (asked.length === 0)
    return `${many(able.length, 'agent')} could take ${key}, ${fit}; nobody was asked yet${later(dueAt, now)}.`;
  const since = Math.min(...asked.map(({ askedAt }) => askedAt ?? now));
  const names = asked.map(({ name }) => name).join(', ');
  return `${names} ${asked.length === 1 ? 'was' : 'were'} asked ${lengthOf(now - since)} ago and did not claim ${key} so far${later(dueAt, now)}.`;
}

const later = (dueAt: number | null, now: number): string =>
  dueAt === null ? '' : `; more are asked in ${lengthOf(dueAt - now)}`;

/** How many are kept by what: the first reason of each. */
function tally(agents: readonly Option[]): string {
  const counts = new Map<string, number>();
  for (const { hindrances } of agents) {
    const code = (hindrances[0]?.code ?? '').replaceAll('_', ' ');
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return [...counts].map(([code, count]) => `${String(count)} ${code}`).join(', ');
}

export interface AgentFacts {
  readonly name: string;
  readonly hindrances: readonly Hindrance[];
  /** Every open task of the room. */
  readonly tasks: readonly {
    readonly key: string;
    readonly fits: boolean;
    readonly askedAt: number | null;
    readonly hindrances: readonly Hindrance[];
  }[];
}

/** Why an agent is on nothing, in a sentence or two. */
export function answerForAgent({ name, hindrances, tasks }: AgentFacts): string {
  if (hindrances.length > 0) return hindrances.map(({ text }) => text).join(' ');
  if (tasks.length === 0) return `No task is open in the room.`;
  const free = tasks.filter((task) => task.hindrances.length === 0);
  if (free.length === 0)
    return `${name} can take none of the ${many(tasks.length, 'open task')} now: ${tally(tasks.map((task) => ({ ...task, name })))}.`;
  const fitting = free.filter(({ fits }) => fits);
  const asked = fitting.filter(({ askedAt }) => askedAt !== null).map(({ key }) => key);
  if (asked.length > 0) return `${name} was asked about ${asked.join(', ')} and did not claim so far.`;
  if (fitting.length === 0)
    return `${name} could take ${many(free.length, 'open task')}, but has nothing that they ask for.`;
  return `${name} could take ${fitting.map(({ key }) => key).join(', ')}; others fit better and were asked first.`;
}
