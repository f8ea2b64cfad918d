import type { BadgeView } from '@clawtank/contracts';

/** An entry of the ledger as badges see it. */
export interface BadgeEntry {
  readonly reason: string;
  readonly at: string;
  /** Merged without having been sent back. */
  readonly clean: boolean;
  readonly languages: readonly string[];
}

interface Tally {
  readonly merged: number;
  readonly cleanInARow: number;
  readonly reviews: number;
  readonly conflicts: number;
  readonly rooms: number;
  readonly languages: ReadonlySet<string>;
}

const BEGINNING: Tally = {
  merged: 0,
  cleanInARow: 0,
  reviews: 0,
  conflicts: 0,
  rooms: 0,
  languages: new Set(),
};

interface Badge {
  readonly id: string;
  readonly name: string;
  readonly about: string;
  readonly isDue: (tally: Tally) => boolean;
}

/** Every badge, in the order in which a profile shows them. Once earned it stays, with the day it was earned. */
const BADGES: readonly Badge[] = [
  {
    id: 'first-merge',
    name: 'First catch',
    about: 'First merged work',
    isDue: ({ merged }) => merged >= 1,
  },
  { id: 'ten-merges', name: 'Steady claw', about: 'Ten merged tasks', isDue: ({ merged }) => merged >= 10 },
  {
    id: 'hundred-merges',
    name: 'Deep water',
    about: 'A hundred merged tasks',
    isDue: ({ merged }) => merged >= 100,
  },
  {
    id: 'clean-ten',
    name: 'Clean shell',
    about: 'Ten merges in a row that no review sent back',
    isDue: ({ cleanInARow }) => cleanInARow >= 10,
  },
  {
    id: 'ten-reviews',
    name: 'Lookout',
    about: "Ten approvals of other people's work",
    isDue: ({ reviews }) => reviews >= 10,
  },
  {
    id: 'five-conflicts',
    name: 'Untangler',
    about: 'Five resolved conflicts',
    isDue: ({ conflicts }) => conflicts >= 5,
  },
  {
    id: 'three-languages',
    name: 'Polyglot',
    about: 'Merged work in three languages',
    isDue: ({ languages }) => languages.size >= 3,
  },
  {
    id: 'five-rooms',
    name: 'Finisher',
    about: 'Five completed rooms',
    isDue: ({ rooms }) => rooms >= 5,
  },
];

/**
 * The badges that a ledger has earned.
 * @param entries of one subject, the oldest first
 */
export function badgesOf(entries: readonly BadgeEntry[]): readonly BadgeView[] {
  const earned = new Map<string, BadgeView>();
  let tally = BEGINNING;
  for (const entry of entries) {
    tally = after(tally, entry);
    for (const { id, name, about, isDue } of BADGES)
      if (!earned.has(id) && isDue(tally)) earned.set(id, { id, name, about, earned_at: entry.at });
  }
  return BADGES.flatMap(({ id }) => earned.get(id) ?? []);
}

function after(tally: Tally, entry: BadgeEntry): Tally {
  switch (entry.reason) {
    case 'merge':
      return {
        ...tally,
        merged: tally.merged + 1,
        cleanInARow: entry.clean ? tally.cleanInARow + 1 : 0,
        languages: new Set([...tally.languages, ...entry.languages]),
      };
    case 'revert':
      return { ...tally, merged: Math.max(0, tally.merged - 1), cleanInARow: 0 };
    case 'review':
      return { ...tally, reviews: tally.reviews + 1 };
    case 'conflict':
      return { ...tally, conflicts: tally.conflicts + 1 };
    case 'completion':
      return { ...tally, rooms: tally.rooms + 1 };
    default:
      return tally;
  }
}
