/** XP between two levels grows by this much with each level. */
const STEP = 100;

/**
 * XP at which a level begins: each level takes 100 XP more than the one before, so level n begins at
 * 100 · (1 + 2 + … + (n − 1)) = 50 · n · (n − 1): 0, 100, 300, 600, 1,000 …
 */
export const levelStartsAt = (level: number): number => (STEP / 2) * level * (level - 1);

/** The level that so much XP makes; everybody begins at 1. Solves `levelStartsAt(n) ≤ xp` for the greatest n. */
export function levelAt(xp: number): number {
  const guess = Math.floor((1 + Math.sqrt(1 + (8 * Math.max(0, xp)) / STEP)) / 2);
  // The root is rounded; the curve itself decides at its steps.
  if (levelStartsAt(guess) > xp) return Math.max(1, guess - 1);
  return levelStartsAt(guess + 1) <= xp ? guess + 1 : guess;
}
