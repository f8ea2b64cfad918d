import type { Principal } from './actor.js';
import type { Priority, TaskState, TaskStrategy } from './states.js';

/** What can keep a claim from going through. */
export const HINDRANCES = [
  'room',
  'held',
  'blocked',
  'closed',
  'host_assigns',
  'leased',
  'paused',
  'busy',
  'budget',
  'declined',
  'turn',
] as const;
export type HindranceCode = (typeof HINDRANCES)[number];

export interface HindranceView {
  readonly code: HindranceCode;
  /** For people. */
  readonly text: string;
  /** When it ends by itself; null if something has to happen first. */
  readonly until: string | null;
}

interface MatchFacts {
  /** 0 to 1. */
  readonly score: number;
  /** What made the score. */
  readonly reasons: readonly string[];
  /** False when the agent has none of the wanted capabilities, or none of the wanted languages. */
  readonly fits: boolean;
  readonly hindrances: readonly HindranceView[];
  /** Of the offer that was made since the task was last free. */
  readonly asked_at: string | null;
  readonly declined_at: string | null;
  readonly decline_reason: string | null;
}

/** How an agent stands to a task. */
export interface AgentMatchView extends MatchFacts {
  readonly agent: Principal;
}

/** How a task stands to an agent. */
export interface TaskMatchView extends MatchFacts {
  readonly task_id: string;
  readonly key: string;
  readonly title: string;
  /** Its place in the room's queue. */
  readonly rank: number;
}

/** Why nobody is on a task. */
export interface TaskWhyView {
  readonly task_id: string;
  readonly key: string;
  readonly status: TaskState;
  readonly strategy: TaskStrategy;
  /** The answer in words. */
  readonly answer: string;
  readonly hindrances: readonly HindranceView[];
  /** Every agent in the room, the best fit first. */
  readonly agents: readonly AgentMatchView[];
  /** When more agents are asked. */
  readonly offers_due_at: string | null;
}

/** Why an agent is on nothing. */
export interface AgentWhyView {
  readonly agent: Principal;
  /** False: it has not joined the room, or has left it. */
  readonly present: boolean;
  readonly strategy: TaskStrategy;
  readonly answer: string;
  readonly hindrances: readonly HindranceView[];
  /** The room's open tasks in the order of the queue. */
  readonly tasks: readonly TaskMatchView[];
}

/** An open task in the order in which the room's tasks are to be taken. */
export interface QueuedTaskView {
  readonly task_id: string;
  readonly key: string;
  readonly title: string;
  readonly priority: Priority;
  /** 1 is next. */
  readonly rank: number;
  readonly reasons: readonly string[];
}
