import { day } from './day';

const NOW = new Date(2026, 10, 23, 0, 30).getTime();

it.each([
  [new Date(2026, 10, 23, 0, 1), 'today'],
  [new Date(2026, 10, 22, 23, 59), 'yesterday'],
  [new Date(2026, 10, 17, 12), '6 days ago'],
  [new Date(2026, 10, 16, 12), 'Nov 16, 2026'],
  [new Date(2026, 10, 23, 1), 'today'],
])('%s is %s', (at, word) => {
  expect(day(at.toISOString(), NOW)).toBe(word);
});
