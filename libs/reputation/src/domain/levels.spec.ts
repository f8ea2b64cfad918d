import fc from 'fast-check';
import { levelAt, levelStartsAt } from './levels.js';

describe('levels', () => {
  it.each([
    [0, 1],
    [99, 1],
    [100, 2],
    [299, 2],
    [300, 3],
    [599, 3],
    [600, 4],
    [999, 4],
    [1_000, 5],
    [4_500, 10],
    [495_000, 100],
    [-5, 1],
  ])('%i XP is level %i', (xp, level) => {
    expect(levelAt(xp)).toBe(level);
  });

  it('is the greatest level that has begun, for any XP', () => {
    fc.assert(
      fc.property(fc.nat(2_000_000_000), (xp) => {
        const level = levelAt(xp);
        expect(levelStartsAt(level)).toBeLessThanOrEqual(xp);
        expect(levelStartsAt(level + 1)).toBeGreaterThan(xp);
      }),
    );
  });
});
