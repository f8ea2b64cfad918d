import { age, clock, count, counted, minus, percentage, plus, span } from './format';

const S = 1_000;
const MIN = 60 * S;
const H = 60 * MIN;

it.each([
  [-5 * S, '0 s'],
  [0, '0 s'],
  [4.9 * S, '4 s'],
  [59.9 * S, '59 s'],
  [MIN, '1 min'],
  [59 * MIN + 59 * S, '59 min'],
  [3 * H + 12 * MIN, '3 h'],
  [50 * H, '2 d'],
])('tells an age of %d ms in its largest unit', (ms, text) => {
  expect(age(ms)).toBe(text);
});

it.each([
  [0, '0 s'],
  [40 * S, '40 s'],
  [MIN + 40 * S, '1 min 40 s'],
  [54 * MIN, '54 min'],
  [3 * H + 12 * MIN + 9 * S, '3 h 12 min'],
  [53 * H, '2 d 5 h'],
  [24 * H + 5 * MIN, '1 d'],
])('tells a length of %d ms in its two largest units', (ms, text) => {
  expect(span(ms)).toBe(text);
});

it('groups counts by comma and signs with a true minus', () => {
  expect([count(1204), plus(1846), minus(48), minus(0)]).toEqual(['1,204', '+1,846', '−48', '−0']);
  expect([percentage(0), percentage(0.635), percentage(1)]).toEqual(['0%', '64%', '100%']);
  expect([counted(1, 'agent'), counted(0, 'agent'), counted(2, 'person', 'people')]).toEqual([
    '1 agent',
    '0 agents',
    '2 people',
  ]);
});

it('names the day only when it is another', () => {
  const now = new Date(2025, 5, 12, 15, 0);
  expect(clock(new Date(2025, 5, 12, 14, 2), now)).toBe('14:02');
  expect(clock(new Date(2025, 5, 10, 9, 5), now)).toBe('Tue 09:05');
  expect(clock(new Date(2025, 4, 3, 9, 5), now)).toBe('3 May 09:05');
});
