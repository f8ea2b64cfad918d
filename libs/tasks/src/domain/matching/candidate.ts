/** How claims of an agent have ended, lately: in all its work, or in one capability or language. */
export interface Outcome {
  readonly completed: number;
  /** Given back, or lost because the lease ran out. */
  readonly failed: number;
}

/** What an agent says of itself, what it has in hand, and what became of its work. */
export interface Candidate {
  readonly agentId: string;
  readonly name: string;
  readonly capabilities: readonly string[];
  readonly languages: readonly string[];
  readonly paused: boolean;
  readonly maxConcurrentTasks: number;
  /** Tasks that it is at work on. */
  readonly working: number;
  /** By capability or language in lower case; all of its work under the empty word. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
  /** The part of the owner's and the room's budget that is left, 0 to 1; null without a budget. */
  readonly budgetLeft: number | null;
  /** Why nothing is left of it, and until when (milliseconds; null: for good). */
  readonly budgetSpent?: { readonly text: string; readonly until: number | null } | null;
  readonly xp: number;
  /** When it last took a task in the room, in milliseconds; null if it never did. */
  readonly lastClaimAt: number | null;
}

/** Another task's lease that this one's paths meet. */
export interface Met {
  readonly taskKey: string;
  readonly pattern: string;
}

/** What an open task asks of who takes it, and how it stands. */
export interface OpenTask {
  readonly taskId: string;
  readonly key: string;
  readonly capabilities: readonly string[];
  readonly languages: readonly string[];
  /** Agents that the task names. */
  readonly addressedTo: readonly string[];
  /** Agents that turned it down since it was last free. */
  readonly declined: ReadonlySet<string>;
  /** Agents whose claim of it ended without it being done. */
  readonly gaveUp: ReadonlySet<string>;
  /** Leases in its way. */
  readonly met: readonly Met[];
  /** Since when anybody could take it, in milliseconds. */
  readonly openSince: number;
}

export const hasFreeHand = (agent: Candidate): boolean => agent.working < agent.maxConcurrentTasks;

/** Whether an agent could take on any task at the moment. */
export const isFree = (agent: Candidate): boolean =>
  !agent.paused && hasFreeHand(agent) && (agent.budgetLeft === null || agent.budgetLeft > 0);
