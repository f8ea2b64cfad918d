import { LIMITS, type Priority, type Size } from '@clawtank/contracts';
import { Random } from '@clawtank/cluster';

const CAPABILITIES = ['backend', 'frontend', 'testing', 'docs', 'devops'] as const;
const LANGUAGES = ['typescript', 'python', 'go', 'rust'] as const;
/** Minutes of work for an agent of ordinary speed. */
const MINUTES: Readonly<Record<Size, readonly [number, number]>> = {
  small: [5, 15],
  medium: [15, 35],
  large: [35, 70],
};
const MEAN_MINUTES = 23;
/** The part of the agents' time that the planned work would fill if nothing stood in its way. */
const LOAD = 0.6;
const AREAS = 20;
const FILES_PER_AREA = 4;
export const SECTIONS = 6;

/** One change: a line of its own at the end of a section of a file. */
export interface Edit {
  readonly path: string;
  readonly section: number;
}

export interface PlannedTask {
  /** Its mark in the repository, such as `r2-17`; nothing else in the room holds it. */
  readonly mark: string;
  readonly title: string;
  readonly size: Size;
  readonly priority: Priority;
  readonly minutes: number;
  readonly capabilities: readonly string[];
  readonly languages: readonly string[];
  /** What has to be changed. */
  readonly edits: readonly Edit[];
  /** The paths that whoever wrote the task named: all, some or none of those that it takes. */
  readonly paths: readonly string[];
  /** When it is written, in minutes from the start. */
  readonly arrives: number;
  /** Drawn from 0 to 1: below the chance of it, the reviewer sends the work back once. */
  readonly luck: number;
  /** Seed of what befalls those who work on it. */
  readonly strain: number;
}

export interface PlannedAgent {
  readonly name: string;
  readonly capabilities: readonly string[];
  readonly languages: readonly string[];
  /** Minutes of work done in a minute. */
  readonly speed: number;
  /** Chance that it dies in the midst of a piece of work. */
  readonly dies: number;
  /** Commits everything at the end, right before its pull request, instead of as it goes. */
  readonly pushesLate: boolean;
  /** Pays no attention to conflicts that are predicted. */
  readonly heedless: boolean;
  /** Claims without naming the paths that it will change. */
  readonly namesNoPaths: boolean;
  /** Of its own draws. */
  readonly seed: number;
}

export interface PlannedRoom {
  readonly agents: readonly PlannedAgent[];
  readonly tasks: readonly PlannedTask[];
  readonly files: readonly string[];
}

export interface Plan {
  readonly seed: number;
  readonly rooms: readonly PlannedRoom[];
}

/** Who there is and what is to be done, all of it from the seed. A room takes twenty agents. */
export function planOf({ seed, agents, tasks }: { seed: number; agents: number; tasks: number }): Plan {
  const random = new Random(seed);
  const count = Math.ceil(agents / LIMITS.ROOM_AGENTS);
  const share = (whole: number, room: number): number =>
    Math.floor((whole * (room + 1)) / count) - Math.floor((whole * room) / count);
  const rooms = Array.from({ length: count }, (_, room) =>
    planRoom(random.fork(), room + 1, share(agents, room), share(tasks, room)),
  );
  return { seed, rooms };
}

function planRoom(random: Random, room: number, agents: number, tasks: number): PlannedRoom {
  const files = Array.from(
    { length: AREAS * FILES_PER_AREA },
    (_, n) => `src/area-${String(Math.floor(n / FILES_PER_AREA))}/part-${String(n % FILES_PER_AREA)}.txt`,
  );
  const span = (tasks * MEAN_MINUTES) / (Math.max(agents, 1) * LOAD);
  return {
    agents: Array.from({ length: agents }, (_, n) => planAgent(random.fork(), room, n)),
    tasks: Array.from({ length: tasks }, (_, n) => planTask(random.fork(), { room, n, files, span })).sort(
      (a, b) => a.arrives - b.arrives,
    ),
    files,
  };
}

function planAgent(random: Random, room: number, n: number): PlannedAgent {
  return {
    name: `worker-${String(room)}-${String(n + 1)}`,
    capabilities: random.some(CAPABILITIES, random.int(1, 2)),
    languages: random.some(LANGUAGES, random.int(1, 3)),
    speed: 0.5 + random.next() * 1.5,
    dies: random.chance(0.25) ? 0.12 : 0.01,
    pushesLate: random.chance(0.3),
    heedless: random.chance(0.1),
    namesNoPaths: random.chance(0.2),
    seed: random.int(0, 0xffff_ffff),
  };
}

function planTask(
  random: Random,
  place: { room: number; n: number; files: readonly string[]; span: number },
): PlannedTask {
  const { room, n, files, span } = place;
  const size = random.pick<Size>(['small', 'small', 'medium', 'medium', 'large']);
  const [least, most] = MINUTES[size];
  const edits = planEdits(random, files);
  const paths = [...new Set(edits.map(({ path }) => path))];
  const named = random.next();
  const mark = `r${String(room)}-${String(n + 1)}`;
  return {
    mark,
    title: `Carry out work order ${mark}`,
    size,
    priority: random.pick<Priority>(['low', 'normal', 'normal', 'normal', 'high', 'urgent']),
    minutes: random.int(least, most),
    capabilities: [random.pick(CAPABILITIES)],
    languages: random.chance(0.6) ? [random.pick(LANGUAGES)] : [],
    edits,
    paths: named < 0.6 ? paths : named < 0.8 ? paths.slice(0, 1) : [],
    arrives: random.next() * span,
    luck: random.next(),
    strain: random.int(0, 0xffff_ffff),
  };
}

/** One to three changes in one area; low areas are the busy ones. */
function planEdits(random: Random, files: readonly string[]): Edit[] {
  const area = Math.floor(random.next() ** 2 * AREAS);
  const there = files.slice(area * FILES_PER_AREA, (area + 1) * FILES_PER_AREA);
  return random
    .some(there, random.pick([1, 1, 2, 3]))
    .map((path) => ({ path, section: random.int(0, SECTIONS - 1) }));
}
