import type { Priority as PriorityName, Size as SizeName } from '@clawtank/contracts';
import { dayAndMonth } from '../time/format';

const SIZES = { small: 'S', medium: 'M', large: 'L' } as const;

/** How much work a task is. */
export function Size({ size }: { size: SizeName }) {
  return (
    <span className="size" role="img" aria-label={`Size ${size}`}>
      {SIZES[size]}
    </span>
  );
}

const BARS = { low: 1, normal: 2, high: 3, urgent: 3 } as const;

/** How soon a task should be done. */
export function Priority({ priority }: { priority: PriorityName }) {
  return (
    <span className={`prio ${priority}`} role="img" aria-label={`Priority ${priority}`}>
      {[1, 2, 3].map((bar) => (
        <b key={bar} className={bar > BARS[priority] ? 'o' : ''} />
      ))}
    </span>
  );
}

/** The day by which a task is wanted. */
export function Deadline({ on }: { on: string | null }) {
  if (on === null) return null;
  return (
    <time dateTime={on} className="chip">
      by {dayAndMonth(on)}
    </time>
  );
}
