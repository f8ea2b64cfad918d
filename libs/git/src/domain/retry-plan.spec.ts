import { nextTry } from './retry-plan.js';

const failed = { away: false, ageHours: 0 };

describe('nextTry', () => {
  it.each([
    [1, 5],
    [2, 20],
    [3, 80],
    [4, 320],
    [5, 900],
    [6, 900],
    [7, null],
    [8, null],
  ])('after try %d waits %s s', (attempt, seconds) => {
    expect(nextTry({ ...failed, attempt })).toBe(seconds);
  });

  it('goes on for three days while the host is away, and no longer', () => {
    expect(nextTry({ attempt: 100, away: true, ageHours: 71 })).toBe(900);
    expect(nextTry({ attempt: 100, away: true, ageHours: 72 })).toBeNull();
  });

  it('asks no sooner than the host allows', () => {
    expect(nextTry({ attempt: 1, away: true, ageHours: 0, retryAfterMs: 3_600_000 })).toBe(3_600);
  });
});
