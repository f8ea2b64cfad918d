/** A commit that some branches have and others lack, with what it changed against each of its parents. */
export interface TouchedCommit {
  readonly sha: string;
  readonly parents: readonly string[];
  readonly changes: readonly FileTouch[];
}

export interface FileTouch {
  readonly path: string;
  readonly kind: 'added' | 'deleted' | 'changed';
}

/** What one side of a merge has done since the two went apart. */
export interface Touches {
  readonly paths: ReadonlySet<string>;
  /** The folders that the paths are in. */
  readonly folders: ReadonlySet<string>;
  readonly adds: boolean;
  /** It both deletes and adds files: git may see renames, of whole folders too. */
  readonly mayRename: boolean;
  readonly commits: number;
}

const NOTHING: readonly string[] = [];

/** Commits of several branches since what all of them have in common. */
export class TouchGraph {
  private readonly commits: ReadonlyMap<string, TouchedCommit>;
  private readonly known = new Map<string, ReadonlySet<string>>();
  private readonly compared = new Map<string, Touches>();

  constructor(commits: readonly TouchedCommit[]) {
    this.commits = new Map(commits.map((commit) => [commit.sha, commit]));
  }

  /** What `head` has and `other` lacks. */
  since(head: string, other: string): Touches {
    const key = `${head} ${other}`;
    const touches = this.compared.get(key) ?? this.compare(head, other);
    this.compared.set(key, touches);
    return touches;
  }

  private compare(head: string, other: string): Touches {
    const theirs = this.reach(other);
    const mine = [...this.reach(head)].filter((sha) => !theirs.has(sha));
    const changes = mine.flatMap((sha) => this.commits.get(sha)?.changes ?? []);
    const adds = changes.some(({ kind }) => kind === 'added');
    const paths = new Set(changes.map(({ path }) => path));
    return {
      paths,
      folders: new Set([...paths].flatMap(foldersOf)),
      adds,
      mayRename: adds && changes.some(({ kind }) => kind === 'deleted'),
      commits: mine.length,
    };
  }

  /** The commits of the graph that are reached from one, itself included. */
  private reach(from: string): ReadonlySet<string> {
    const present = this.known.get(from);
    if (present) return present;
    const seen = new Set<string>();
    const next = [from];
    for (let sha = next.pop(); sha !== undefined; sha = next.pop()) {
      if (seen.has(sha) || !this.commits.has(sha)) continue;
      seen.add(sha);
      next.push(...(this.commits.get(sha)?.parents ?? NOTHING));
    }
    this.known.set(from, seen);
    return seen;
  }
}

/**
 * False where a merge of the two can't conflict: what only one side has touched is that side's as it stands. Two
 * sides meet in a file, in a file that is the other's folder, or where one may have moved a folder into which the
 * other adds.
 */
export function mayConflict(one: Touches, other: Touches): boolean {
  if (meet(one.paths, other.paths) || meet(one.paths, other.folders) || meet(one.folders, other.paths))
    return true;
  return (one.mayRename && other.adds) || (other.mayRename && one.adds);
}

function meet(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  const [few, many] = one.size < other.size ? [one, other] : [other, one];
  return [...few].some((path) => many.has(path));
}

function foldersOf(path: string): string[] {
  const names = path.split('/').slice(0, -1);
  return names.map((_, index) => names.slice(0, index + 1).join('/'));
}
