/** One bar of a pulse, in a box of 340 by 26. */
export interface Bar {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** The one of this moment. */
  readonly now: boolean;
}

export const PULSE_WIDTH = 340;
export const PULSE_HEIGHT = 26;
/** Of a bar's width. */
const GAP = 0.2;
/** A bar of an empty stretch still shows, so that a quiet room's pulse runs flat instead of vanishing. */
const FLOOR = 1.5;

/**
 * Bars for counts of events, oldest first. They grow with the square root against the highest, or against
 * `least` where all are low, so that three events in a quiet room don't look like a storm.
 * @param live whether the newest bar is this moment's
 */
export function pulseBars(counts: readonly number[], live: boolean, least = 12): readonly Bar[] {
  const step = PULSE_WIDTH / Math.max(1, counts.length);
  const top = Math.sqrt(Math.max(least, ...counts));
  return counts.map((value, index) => {
    const height = Math.max(FLOOR, (Math.sqrt(Math.max(0, value)) / top) * PULSE_HEIGHT);
    return {
      x: round(index * step),
      y: round(PULSE_HEIGHT - height),
      width: round(step * (1 - GAP)),
      height: round(height),
      now: live && index === counts.length - 1,
    };
  });
}

/** Events in the last full minute, from ten-second bars. */
export function perMinute(counts: readonly number[]): number {
  return counts.slice(-6).reduce((sum, value) => sum + value, 0);
}

const round = (value: number): number => Math.round(value * 10) / 10;
