import type { Options } from './options.js';

/**
 * Where the room ends up, without what may differ from run to run: ids, times, who of the agents took which task.
 * Two runs on the same host must agree in it, whatever became of the webhooks.
 */
export interface FinalState {
  /** Title and status of each task. */
  readonly tasks: readonly string[];
  /** Title and state of each pull request. */
  readonly pull_requests: readonly string[];
  /** What was paid for, and how much. */
  readonly xp: readonly string[];
  /** Commits that were recorded for each task. */
  readonly commits: readonly string[];
  /** Git's name of everything that main holds. */
  readonly tree: string;
}

/** What a run of the demo proved; `--json` prints it as it is. */
export interface Figures {
  readonly merged: number;
  readonly log_seq: number;
  readonly log_gaps: number;
  readonly xp_total: number;
  readonly conflicts_predicted: number;
  readonly conflicts_resolved: number;
  readonly secrets_planted: number;
  readonly spectator_leaks: number;
  readonly seconds: number;
  readonly host: Options['host'];
  readonly final: FinalState;
  /** What became of the code host's webhook deliveries. */
  readonly deliveries?: Readonly<Record<string, number>>;
}

export interface Check {
  readonly what: string;
  readonly holds: boolean;
  readonly found: unknown;
}
