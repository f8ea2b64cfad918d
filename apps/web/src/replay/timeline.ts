/** When something happened: its number in the log and its moment. */
export interface Beat {
  readonly seq: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/**
 * A room's time as a replay runs through it: as it was, or with its quiet stretches shortened. Positions are
 * milliseconds from the beginning, in the replay's own time.
 */
export interface Timeline {
  readonly beats: readonly Beat[];
  /** The position of each beat. */
  readonly positions: readonly number[];
  readonly length: number;
}

/** What a quiet stretch is shortened to. */
export const QUIET_MS = 20_000;

/** @param skipQuiet whether nothing may last longer than `QUIET_MS` */
export function timelineOf(beats: readonly Beat[], skipQuiet: boolean): Timeline {
  let position = 0;
  const positions = beats.map(({ at }, index) => {
    const gap = index === 0 ? 0 : Math.max(0, at - (beats[index - 1]?.at ?? at));
    position += skipQuiet ? Math.min(gap, QUIET_MS) : gap;
    return position;
  });
  return { beats, positions, length: position };
}

/** How many beats have happened at a position. */
export function countAt({ positions }: Timeline, position: number): number {
  let low = 0;
  let high = positions.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((positions[middle] ?? 0) <= position) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where the last beat at or before a number of the log stands. */
export function positionOf({ beats, positions }: Timeline, seq: number): number {
  let found = 0;
  for (const [index, beat] of beats.entries()) {
    if (beat.seq > seq) break;
    found = positions[index] ?? 0;
  }
  return found;
}

/** The moment that a position stands for. */
export function momentAt(timeline: Timeline, position: number): number {
  const { beats, positions } = timeline;
  const index = Math.max(0, countAt(timeline, position) - 1);
  const beat = beats[index];
  if (!beat) return 0;
  const next = beats[index + 1];
  const passed = position - (positions[index] ?? 0);
  return Math.min(beat.at + passed, next?.at ?? beat.at);
}

/** Beats in each of `count` equal stretches, for the pulse. */
export function barsOf({ positions, length }: Timeline, count: number): readonly number[] {
  const bars = Array.from({ length: count }, () => 0);
  for (const position of positions) {
    const index = length === 0 ? 0 : Math.min(count - 1, Math.floor((position / length) * count));
    bars[index] = (bars[index] ?? 0) + 1;
  }
  return bars;
}
