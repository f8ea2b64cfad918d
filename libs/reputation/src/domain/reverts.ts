/** What `git revert` writes into the body of a revert, for commits and for merges alike. */
const REVERTS = /\bThis reverts commit ([0-9a-f]{40})\b/g;

/**
 * The commits that a commit takes back, by the line that `git revert` writes into its message.
 * @returns full object names, each once
 */
export const revertedBy = (message: string): readonly string[] => [
  ...new Set([...message.matchAll(REVERTS)].map(([, sha]) => sha as string)),
];

/**
 * What is taken back of an award when part of its work is reverted.
 * @param amount XP of the award; @param takenBack XP taken back of it before
 * @param share part of its lines that the revert undoes, 0 to 1
 */
export const clawback = (amount: number, takenBack: number, share: number): number =>
  Math.min(amount - takenBack, Math.ceil(amount * share));
