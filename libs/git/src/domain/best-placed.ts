/** What is known of an agent that could settle a conflict. Only those who are in the room are asked. */
export interface Helper {
  readonly id: string;
  readonly name: string;
  /** It holds the branch that no longer merges. */
  readonly holdsBranch: boolean;
  /** It holds, or made, the other side. */
  readonly madeOtherSide: boolean;
  /** Commits of its own that touched the files in conflict. */
  readonly commits: number;
  /** It has no hand free for one more task. */
  readonly busy: boolean;
}

export interface Placed {
  readonly id: string;
  readonly name: string;
  readonly score: number;
  /** Why, in words, the weightiest first. */
  readonly reasons: readonly string[];
}

const HOLDS_BRANCH = 40;
const OTHER_SIDE = 25;
const PER_COMMIT = 4;
const MOST_FOR_COMMITS = 20;
const BUSY = -15;

/** Who should settle a conflict, best first: who holds a side of it, who knows the files, who is free. */
export function bestPlaced(helpers: readonly Helper[]): readonly Placed[] {
  return helpers
    .map(place)
    .sort(
      (a, b) => b.score - a.score || a.name.localeCompare(b.name, 'en') || a.id.localeCompare(b.id, 'en'),
    );
}

function place({ id, name, holdsBranch, madeOtherSide, commits, busy }: Helper): Placed {
  const parts: (readonly [number, string])[] = [];
  if (holdsBranch) parts.push([HOLDS_BRANCH, 'holds the branch that no longer merges']);
  if (madeOtherSide) parts.push([OTHER_SIDE, 'made the other side']);
  if (commits > 0) {
    const times = commits === 1 ? 'once' : `${String(commits)} times`;
    parts.push([Math.min(MOST_FOR_COMMITS, PER_COMMIT * commits), `committed to these files ${times}`]);
  }
  if (busy) parts.push([BUSY, 'has no hand free']);
  const score = parts.reduce((sum, [points]) => sum + points, 0);
  return { id, name, score, reasons: [...parts, [0, 'is in the room'] as const].map(([, reason]) => reason) };
}
