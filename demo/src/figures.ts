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
}

export interface Check {
  readonly what: string;
  readonly holds: boolean;
  readonly found: unknown;
}
