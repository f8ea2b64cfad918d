export const PULSE_BARS = 30;
export const PULSE_BAR_SECONDS = 10;

/**
 * A room's pulse: events in each bar of the last five minutes, oldest first.
 * @param counts events by how many bars ago they happened, 0 for the present one
 */
export function pulseOf(counts: ReadonlyMap<number, number>): number[] {
  return Array.from({ length: PULSE_BARS }, (_, index) => counts.get(PULSE_BARS - 1 - index) ?? 0);
}
