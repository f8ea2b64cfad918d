import { pairsToCheck } from './conflict-pairs.js';

const branch = (ref: string) => ({ ref, sha: 'a'.repeat(40) });
const [main, a, b, c] = [branch('main'), branch('a'), branch('b'), branch('c')];

describe('pairs to check after a push', () => {
  it.each([
    ['a moved branch meets main and the others', ['a'], ['a main', 'a b', 'a c']],
    ['a moved main meets every branch', ['main'], ['a main', 'b main', 'c main']],
    ['two moved branches meet once', ['a', 'b'], ['a main', 'b main', 'a b', 'a c', 'b c']],
    ['nothing moved', [], []],
  ])('%s', (_name, moved, expected) => {
    const pairs = pairsToCheck(moved, [a, b, c], main).map(({ left, right }) => `${left.ref} ${right.ref}`);
    expect(pairs.sort()).toEqual(expected.sort());
  });

  it('needs no default branch', () => expect(pairsToCheck(['a'], [a, b], undefined)).toHaveLength(1));
  it('does not pair main with itself', () => expect(pairsToCheck(['main'], [main], main)).toHaveLength(0));
});
