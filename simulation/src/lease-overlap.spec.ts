import { overlaps } from './lease-overlap.js';

const lease = (task_key: string, pattern: string, source: 'claim' | 'inferred' | 'push' = 'claim') => ({
  task_key,
  pattern,
  source,
});

it.each([
  ['different files', [lease('T-1', 'a/x'), lease('T-2', 'a/y')], 0],
  ['the same file', [lease('T-1', 'a/x'), lease('T-2', 'a/x')], 1],
  ['a folder and a file in it', [lease('T-1', 'a/**'), lease('T-2', 'a/x')], 1],
  ['a folder and a file beside it', [lease('T-1', 'a/**'), lease('T-2', 'ab/x')], 0],
  ['one task', [lease('T-1', 'a/x'), lease('T-1', 'a/x')], 0],
  ['a guess', [lease('T-1', 'a/x'), lease('T-2', 'a/x', 'inferred')], 0],
])('of %s', (_case, leases, count) => {
  expect(overlaps(leases)).toHaveLength(count);
});
