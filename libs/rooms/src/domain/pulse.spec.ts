import { PULSE_BARS, pulseOf } from './pulse.js';

it('puts the present bar last', () => {
  const pulse = pulseOf(
    new Map([
      [0, 3],
      [29, 1],
      [30, 9],
    ]),
  );
  expect(pulse).toHaveLength(PULSE_BARS);
  expect(pulse[29]).toBe(3);
  expect(pulse[0]).toBe(1);
  expect(pulse.slice(1, 29)).toEqual(Array(28).fill(0));
});
