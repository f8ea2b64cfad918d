import { compare } from './row.js';

describe('compare', () => {
  const figures = { name: 'x', ours: [10, 40, 12], peer: [5, 10, 6], unit: '/s', goal: 2 };
  it.each([
    ['higher', true],
    ['lower', true],
  ] as const)('takes the median of the ratios within each run (%s is better)', (better, met) => {
    expect(compare({ ...figures, better })).toMatchObject({ ours: 12, peer: 6, ratio: 2, met });
  });

  it('tells a goal that is missed', () => {
    expect(compare({ ...figures, goal: 3, better: 'higher' }).met).toBe(false);
    expect(compare({ ...figures, goal: 1, better: 'lower' }).met).toBe(false);
  });
});
