const REVERTS = /^This reverts commit ([0-9a-f]{40}|[0-9a-f]{64})\b/gm;

/** The commits that a message says it takes back, in git's own words. */
export const revertedBy = (message: string): readonly string[] => [
  ...new Set([...message.matchAll(REVERTS)].flatMap((match) => match[1] ?? [])),
];

/** What commits take back of what was there before them: work that came and went among themselves leaves nothing. */
export function revertedBefore(
  commits: readonly { readonly sha: string; readonly message: string }[],
): readonly string[] {
  const own = new Set(commits.map(({ sha }) => sha));
  return [...new Set(commits.flatMap(({ message }) => revertedBy(message)))].filter((sha) => !own.has(sha));
}
