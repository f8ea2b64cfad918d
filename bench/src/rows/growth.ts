import { Child } from '../child.js';
import { compare, type Row } from '../row.js';

export interface OfRooms {
  readonly rooms: number;
  readonly eventsPerSecond: number;
  readonly kibPerRoom: number;
}

export interface OfLog {
  readonly log: number;
  readonly eventsPerSecond: number;
  readonly resumeMs: number;
  readonly kibToFollow: number;
}

export interface Growth {
  readonly rooms: readonly OfRooms[];
  readonly log: readonly OfLog[];
}

const ROOMS = [10, 100, 1_000, 10_000];
const LOGS = [100, 10_000, 1_000_000];
const CONTEXTS = [100, 10_000];
const LIMIT_MS = 50;

let measured: Growth | undefined;

/** The figures behind the rows, for the plot; undefined when growth was not measured. */
export const growthFigures = (): Growth | undefined => measured;

/** Events per second and memory as there are more rooms, and as their pasts grow longer. */
export async function growth(): Promise<readonly Row[]> {
  const child = await Child.start('growth');
  try {
    await child.ask({ rooms: 10 });
    const rooms: OfRooms[] = [];
    for (const count of ROOMS)
      rooms.push({ rooms: count, ...(await child.ask<Omit<OfRooms, 'rooms'>>({ rooms: count })) });
    const log: OfLog[] = [];
    for (const count of LOGS)
      log.push({ log: count, ...(await child.ask<Omit<OfLog, 'log'>>({ log: count })) });
    measured = { rooms, log };
    return [
      flat('events/s of a gateway with 10,000 rooms; with 10', 'events/s', rooms, 'eventsPerSecond'),
      flat('events/s into a log of 1,000,000; of 100', 'events/s', log, 'eventsPerSecond'),
      {
        ...flat('coming back over 100 events of 1,000,000; of 100', 'ms', log, 'resumeMs'),
        better: 'lower',
        goal: 1.5,
        met: (log.at(-1)?.resumeMs ?? Infinity) / (log[0]?.resumeMs ?? 1) <= 1.5,
      },
    ];
  } finally {
    await child.stop();
  }
}

/** The last figure against the first: it may lose a third. */
function flat<K extends string>(
  name: string,
  unit: string,
  figures: readonly Readonly<Record<K, number>>[],
  field: K,
): Row {
  const [first, last] = [figures[0]?.[field] ?? Number.NaN, figures.at(-1)?.[field] ?? Number.NaN];
  return compare({ name, unit, ours: [last], peer: [first], goal: 0.67, better: 'higher' });
}

/** An agent's context package, with a short past and a long one. */
export async function context(): Promise<readonly Row[]> {
  const child = await Child.start('growth');
  try {
    const p99: number[] = [];
    for (const events of CONTEXTS) {
      const { took } = await child.ask<{ took: readonly number[] }>({ context: events });
      p99.push(took[Math.floor(took.length * 0.99) - 1] ?? Number.NaN);
    }
    const [short = Number.NaN, long = Number.NaN] = p99;
    const common = { unit: 'ms', ours: [long], better: 'lower' } as const;
    return [
      compare({
        ...common,
        name: 'context package after 10,000 events, p99; the limit of 50 ms',
        peer: [LIMIT_MS],
        goal: 1,
      }),
      compare({
        ...common,
        name: 'context package after 10,000 events, p99; after 100',
        peer: [short],
        goal: 1.5,
      }),
    ];
  } finally {
    await child.stop();
  }
}
