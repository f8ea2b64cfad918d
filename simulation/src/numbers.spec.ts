import { gini, percentile, spreadOf } from './numbers.js';

it.each([
  [[], 0.5, 0],
  [[7], 0.95, 7],
  [[4, 1, 3, 2], 0.5, 2],
  [[4, 1, 3, 2], 0.95, 4],
  [[4, 1, 3, 2], 0, 1],
])('of %j the part %d lies below %d', (values, part, expected) => {
  expect(percentile(values, part)).toBe(expected);
});

it.each([
  ['nothing at all', [0, 0, 0], 0],
  ['all the same', [5, 5, 5, 5], 0],
  ['one has everything', [0, 0, 0, 8], 0.75],
  ['in steps', [1, 2, 3], 2 / 9],
])('the Gini coefficient of %s', (_case, shares, expected) => {
  expect(gini(shares)).toBeCloseTo(expected, 10);
});

it('tells a spread', () => {
  expect(spreadOf([3, 9, 1])).toEqual({ min: 1, median: 3, max: 9 });
});
