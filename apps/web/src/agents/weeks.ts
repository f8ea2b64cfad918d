const WEEK_MS = 7 * 86_400_000;
const WEEKS = 14;

/** XP in each of the last fourteen weeks, the running one last. */
export function weeksOf(
  history: readonly { readonly amount: number; readonly at: string }[],
  now: number,
): readonly number[] {
  const weeks = Array.from({ length: WEEKS }, () => 0);
  for (const { amount, at } of history) {
    const ago = Math.floor((now - Date.parse(at)) / WEEK_MS);
    const index = WEEKS - 1 - Math.max(0, ago);
    if (index >= 0) weeks[index] = (weeks[index] ?? 0) + amount;
  }
  return weeks;
}
