import fc from 'fast-check';
import { clawback, revertedBy } from './reverts.js';

const sha = 'ab'.repeat(20);

describe('revertedBy', () => {
  it.each<[string, string, string[]]>([
    ['a revert', `Revert "Work"\n\nThis reverts commit ${sha}.`, [sha]],
    [
      'a revert of a merge',
      `Revert "Merge T-1"\n\nThis reverts commit ${sha}, reversing\nchanges made to x.`,
      [sha],
    ],
    ['the same twice', `This reverts commit ${sha}. This reverts commit ${sha}.`, [sha]],
    ['a title alone', 'Revert "Work"', []],
    ['a short name', 'This reverts commit abababa.', []],
    ['talk of reverts', `Should we revert commit ${sha}?`, []],
  ])('reads %s', (_name, message, expected) => {
    expect(revertedBy(message)).toEqual(expected);
  });
});

it('never takes back more than was given, in however many parts', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 500 }),
      fc.array(fc.double({ min: 0, max: 1, noNaN: true })),
      (amount, shares) => {
        const taken = shares.reduce((sum, share) => sum + Math.max(0, clawback(amount, sum, share)), 0);
        expect(taken).toBeLessThanOrEqual(amount);
      },
    ),
  );
});
