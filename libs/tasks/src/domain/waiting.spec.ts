import { waitsFor } from './waiting.js';

const waits = (...pairs: string[]): { task: string; for: string }[] =>
  pairs.map((pair) => ({ task: pair[0] ?? '', for: pair[1] ?? '' }));

describe('waiting for itself', () => {
  it.each([
    ['itself', waits(), ['a'], 'a', true],
    ['nothing', waits(), [], 'a', false],
    ['directly', waits('ba'), ['b'], 'a', true],
    ['over others', waits('bc', 'cd', 'da'), ['b'], 'a', true],
    ['the other way round only', waits('ab', 'ac'), ['b', 'c'], 'a', false],
    ['by one of several', waits('xy', 'ya'), ['b', 'x'], 'a', true],
    ['past a ring that is there already', waits('bc', 'cb'), ['b'], 'a', false],
  ])('%s', (_name, given, starts, goal, expected) => {
    expect(waitsFor(given, starts, goal)).toBe(expected);
  });
});
