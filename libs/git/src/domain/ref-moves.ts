import type { RefTip } from './git-objects.js';

export interface RefMoved {
  readonly ref: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** What has to be recorded so that `known` says what the repository's `tips` say. */
export function movesBetween(
  known: readonly { readonly ref: string; readonly sha: string | null }[],
  tips: readonly RefTip[],
): readonly RefMoved[] {
  const now = new Map(tips.map(({ ref, sha }) => [ref, sha]));
  const before = new Map(known.map(({ ref, sha }) => [ref, sha]));
  const refs = [...new Set([...before.keys(), ...now.keys()])].sort();
  return refs
    .map((ref) => ({ ref, from: before.get(ref) ?? null, to: now.get(ref) ?? null }))
    .filter(({ from, to }) => from !== to);
}
