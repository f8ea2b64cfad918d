/** A conflict that is not resolved, between two branches named in text order. */
export interface OpenConflict {
  readonly id: string;
  readonly left: string;
  readonly right: string;
  /** `detected` stands in the way of an open pull request; `predicted` would, once there is one. */
  readonly state: 'predicted' | 'detected';
  readonly wasDetected: boolean;
  readonly files: readonly string[];
  readonly taskIds: readonly string[];
  /** The task that was opened when it was detected. */
  readonly resolutionTaskId: string | null;
}

/** What a trial merge of two branches gave. */
export interface PairFinding {
  readonly left: string;
  readonly right: string;
  /** Empty: they merge. */
  readonly files: readonly string[];
  /** One side is the default branch, the other has an open pull request. */
  readonly blocksPullRequest: boolean;
}

export type ConflictStep =
  | { readonly kind: 'open'; readonly finding: PairFinding; readonly state: OpenConflict['state'] }
  | {
      readonly kind: 'change';
      readonly conflict: OpenConflict;
      readonly finding: PairFinding;
      readonly state: OpenConflict['state'];
    }
  | { readonly kind: 'resolve'; readonly conflict: OpenConflict; readonly how: 'merges_now' | 'branch_gone' };

export interface ConflictFacts {
  readonly open: readonly OpenConflict[];
  readonly findings: readonly PairFinding[];
  readonly defaultRef: string;
  /** Branches that somebody works on or that have an open pull request. */
  readonly live: ReadonlySet<string>;
}

const keyOf = (pair: { readonly left: string; readonly right: string }): string =>
  `${pair.left}\n${pair.right}`;
const stateOf = (finding: PairFinding): OpenConflict['state'] =>
  finding.blocksPullRequest ? 'detected' : 'predicted';

/**
 * What new findings mean for the open conflicts. A conflict whose one side was merged or given up goes on as a
 * conflict of the other side with the default branch, if there is one, so that it keeps its identity from the
 * prediction to the resolution.
 */
export function planConflicts({ open, findings, defaultRef, live }: ConflictFacts): readonly ConflictStep[] {
  const lives = (ref: string): boolean => ref === defaultRef || live.has(ref);
  const byPair = new Map(open.map((conflict) => [keyOf(conflict), conflict]));
  const orphans = new Set(open.filter(({ left, right }) => !lives(left) || !lives(right)));
  const heirOf = (finding: PairFinding): OpenConflict | undefined => {
    const other =
      finding.left === defaultRef ? finding.right : finding.right === defaultRef ? finding.left : undefined;
    return other === undefined
      ? undefined
      : [...orphans].find(({ left, right }) => left === other || right === other);
  };
  const steps: ConflictStep[] = [];
  for (const finding of findings) {
    const conflict = byPair.get(keyOf(finding)) ?? (finding.files.length > 0 ? heirOf(finding) : undefined);
    if (conflict) orphans.delete(conflict);
    const step = stepFor(conflict, finding);
    if (step) steps.push(step);
  }
  for (const conflict of orphans) steps.push({ kind: 'resolve', conflict, how: 'branch_gone' });
  return steps;
}

function stepFor(conflict: OpenConflict | undefined, finding: PairFinding): ConflictStep | undefined {
  const state = stateOf(finding);
  if (finding.files.length === 0) return conflict && { kind: 'resolve', conflict, how: 'merges_now' };
  if (!conflict) return { kind: 'open', finding, state };
  const same =
    keyOf(conflict) === keyOf(finding) &&
    conflict.state === state &&
    conflict.files.join('\n') === finding.files.join('\n');
  return same ? undefined : { kind: 'change', conflict, finding, state };
}
