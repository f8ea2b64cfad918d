export const WASTE = ['thrown_away', 'done_again', 'sent_back', 'merged_by_hand'] as const;
export type Waste = (typeof WASTE)[number];

/** What only those who work can tell: minutes, refusals, faults. */
export class Ledger {
  readonly wasted: Record<Waste, number> = {
    thrown_away: 0,
    done_again: 0,
    sent_back: 0,
    merged_by_hand: 0,
  };
  readonly refusals: Record<string, number> = {};
  readonly faults: Record<string, number> = {};
  readonly surprises: string[] = [];
  /** Two exclusive leases that were seen to overlap. */
  readonly overlaps = new Set<string>();
  samples = 0;
  minutes = 0;

  worked(minutes: number): void {
    this.minutes += minutes;
  }

  waste(kind: Waste, minutes: number): void {
    this.wasted[kind] += minutes;
  }

  refused(reason: string): void {
    this.refusals[reason] = (this.refusals[reason] ?? 0) + 1;
  }

  fault(kind: string): void {
    this.faults[kind] = (this.faults[kind] ?? 0) + 1;
  }

  /** Something that no fault and no guard explains. */
  surprise(what: string): void {
    if (this.surprises.length < 50) this.surprises.push(what);
  }
}
