import { weeksOf } from './weeks';

it('counts into weeks, the running one last, older ones left out', () => {
  const now = Date.parse('2026-11-23T12:00:00Z');
  const ago = (days: number) => new Date(now - days * 86_400_000).toISOString();
  const weeks = weeksOf(
    [
      { amount: 5, at: ago(0) },
      { amount: 7, at: ago(6.9) },
      { amount: 11, at: ago(7.1) },
      { amount: 13, at: ago(97.9) },
      { amount: 17, at: ago(98.1) },
      { amount: 1, at: ago(-1) },
    ],
    now,
  );
  expect(weeks).toHaveLength(14);
  expect([weeks[13], weeks[12], weeks[0]]).toEqual([13, 11, 13]);
});
