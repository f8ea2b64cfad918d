export interface LiveBranch {
  readonly ref: string;
  readonly sha: string;
}

export interface BranchPair {
  /** The two refs in text order, so that a pair has one name whichever side moved. */
  readonly left: LiveBranch;
  readonly right: LiveBranch;
}

const inOrder = (a: LiveBranch, b: LiveBranch): BranchPair =>
  a.ref < b.ref ? { left: a, right: b } : { left: b, right: a };

/**
 * Which merges may have changed their outcome after `movedRefs` moved: a moved branch against the default
 * branch and every other live one; a moved default branch against every live one.
 */
export function pairsToCheck(
  movedRefs: readonly string[],
  live: readonly LiveBranch[],
  defaultBranch: LiveBranch | undefined,
): readonly BranchPair[] {
  const moved = new Set(movedRefs);
  const all = defaultBranch ? [defaultBranch, ...live.filter((one) => one.ref !== defaultBranch.ref)] : live;
  return all.flatMap((a, index) =>
    all
      .slice(index + 1)
      .filter((b) => moved.has(a.ref) || moved.has(b.ref))
      .map((b) => inOrder(a, b)),
  );
}
