import { PULSE_HEIGHT, PULSE_WIDTH, perMinute, pulseBars } from '../story/pulse';

const TONES = { merge: 'g', conflict: 'r', now: 'n', none: undefined } as const;

/** Events over the last minutes, one bar per ten seconds. */
export function Pulse({
  counts,
  live,
  marks,
}: {
  counts: readonly number[];
  live: boolean;
  /** Bars in which something was merged, or met. */
  marks?: ReadonlyMap<number, 'merge' | 'conflict'>;
}) {
  return (
    <svg
      className="pulse"
      viewBox={`0 0 ${PULSE_WIDTH} ${PULSE_HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`Pulse of the last ${Math.round(counts.length / 6)} minutes, ${perMinute(counts)} events in the last one`}
    >
      {pulseBars(counts, live).map((bar, index) => (
        <rect
          key={bar.x}
          x={bar.x}
          y={bar.y}
          width={bar.width}
          height={bar.height}
          rx="1"
          className={TONES[marks?.get(index) ?? (bar.now ? 'now' : 'none')]}
        />
      ))}
    </svg>
  );
}
