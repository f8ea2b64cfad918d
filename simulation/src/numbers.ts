/** The value below which a part of them lies, by the nearest rank; 0 of nothing. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? 0;
}

/** How unevenly something is shared out: 0 when all have the same, near 1 when one has everything. */
export function gini(shares: readonly number[]): number {
  const sorted = [...shares].sort((a, b) => a - b);
  const total = sorted.reduce((sum, share) => sum + share, 0);
  if (total === 0) return 0;
  const weighted = sorted.reduce((sum, share, index) => sum + share * (index + 1), 0);
  return (2 * weighted) / (sorted.length * total) - (sorted.length + 1) / sorted.length;
}

export const rounded = (value: number, digits = 3): number => Number(value.toFixed(digits));

export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

export const spreadOf = (values: readonly number[]): Spread => ({
  min: Math.min(...values),
  median: percentile(values, 0.5),
  max: Math.max(...values),
});
