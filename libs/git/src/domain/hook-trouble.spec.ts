import { hookRetrySeconds, hookTrouble } from './hook-trouble.js';

it.each([
  ['works', { active: true }, null],
  ['is off', { active: false }, 'GitHub has switched our webhook off: '],
  ['is gone', undefined, 'Our webhook is gone from GitHub: '],
])('a webhook that %s', (_name, found, expected) => {
  const trouble = hookTrouble('GitHub', found);
  if (expected === null) expect(trouble).toBeNull();
  else expect(trouble).toContain(expected);
});

it.each([
  ['at once the first time', 0, undefined, 0],
  ['soon after the first failure', 1, undefined, 5],
  ['later each time', 3, undefined, 80],
  ['within the hour at the latest', 12, undefined, 3_600],
  ['not before its host takes it', 1, 90_000, 90],
])('is set up again %s', (_name, attempts, retryAfterMs, seconds) => {
  expect(hookRetrySeconds(attempts, retryAfterMs)).toBe(seconds);
});
