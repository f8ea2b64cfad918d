import { fromTo } from './from-to';

it.each([
  [new Date(2026, 10, 19, 12, 31), new Date(2026, 10, 19, 15, 20), 'Thursday 19 November, 12:31 to 15:20'],
  [
    new Date(2026, 10, 19, 23, 5),
    new Date(2026, 10, 20, 0, 4),
    'Thursday 19 November, 23:05 to Friday 20 November, 00:04',
  ],
  [new Date(2026, 10, 19, 12, 31), null, 'Thursday 19 November, 12:31'],
])('a replay goes from %s to %s', (from, to, words) => {
  expect(fromTo(from, to)).toBe(words);
});
