import { outcomeOf, waitSeconds } from './push-outcome.js';

it.each([
  [201, 'done'],
  [202, 'done'],
  [400, 'done'],
  [403, 'done'],
  [413, 'done'],
  [404, 'gone'],
  [410, 'gone'],
  [429, 'later'],
  [500, 'later'],
  [503, 'later'],
  [null, 'later'],
] as const)('an answer of %p means %s', (status, outcome) => expect(outcomeOf(status)).toBe(outcome));

it.each([
  [1, null, 5],
  [2, null, 10],
  [4, null, 40],
  [20, null, 3600],
  [1, 60, 60],
  [4, 7, 40],
  [1, 999_999, 3600],
])('after %p tries and a wish for %p seconds it waits %p', (tries, wish, seconds) =>
  expect(waitSeconds(tries, wish)).toBe(seconds),
);
