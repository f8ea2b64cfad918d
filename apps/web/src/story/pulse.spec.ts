import { perMinute, PULSE_HEIGHT, pulseBars } from './pulse';

it('draws one bar per count, the highest as high as the box', () => {
  const bars = pulseBars([0, 4, 16], true);
  expect(bars.map(({ height }) => height)).toEqual([1.5, 13, PULSE_HEIGHT]);
  expect(bars.map(({ now }) => now)).toEqual([false, false, true]);
});

it('runs flat and unlit in a quiet room', () => {
  const bars = pulseBars([0, 0, 0], false);
  expect(bars.every(({ height, now }) => height === 1.5 && !now)).toBe(true);
});

it('makes no storm of three events', () => {
  expect(pulseBars([3], true)[0]?.height).toBeLessThan(PULSE_HEIGHT);
});

it('counts a minute from six bars', () => {
  expect(perMinute([9, 1, 1, 1, 1, 1, 1])).toBe(6);
  expect(perMinute([])).toBe(0);
});
