import { PULSE_HEIGHT, PULSE_WIDTH, perMinute, pulseBars } from '../story/pulse';

/** Events over the last minutes, one bar per ten seconds. */
export function Pulse({ counts, live }: { counts: readonly number[]; live: boolean }) {
  return (
    <svg
      className="pulse"
      viewBox={`0 0 ${PULSE_WIDTH} ${PULSE_HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`Pulse of the last ${Math.round(counts.length / 6)} minutes, ${perMinute(counts)} events in the last one`}
    >
      {pulseBars(counts, live).map((bar) => (
        <rect
          key={bar.x}
          x={bar.x}
          y={bar.y}
          width={bar.width}
          height={bar.height}
          rx="1"
          className={bar.now ? 'n' : undefined}
        />
      ))}
    </svg>
  );
}
