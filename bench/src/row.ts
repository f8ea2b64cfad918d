/** One comparison, as it is printed. */
export interface Row {
  readonly name: string;
  readonly ours: number;
  readonly peer: number;
  readonly unit: string;
  /** Ours over the peer's. */
  readonly ratio: number;
  readonly goal: number;
  readonly better: 'lower' | 'higher';
  readonly met: boolean;
}

export interface Comparison {
  readonly name: string;
  readonly ours: readonly number[];
  readonly peer: readonly number[];
  readonly unit: string;
  readonly goal: number;
  readonly better: Row['better'];
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

const round = (value: number): number => Number(value.toPrecision(3));

/** A row from the figures of interleaved runs: the median of the runs' ratios, for the machine drifts between them. */
export function compare({ name, ours, peer, unit, goal, better }: Comparison): Row {
  const ratio = median(ours.map((value, index) => value / (peer[index] ?? Number.NaN)));
  const met = better === 'higher' ? ratio >= goal : ratio <= goal;
  return {
    name,
    ours: round(median(ours)),
    peer: round(median(peer)),
    unit,
    ratio: round(ratio),
    goal,
    better,
    met,
  };
}
