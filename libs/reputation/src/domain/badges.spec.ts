import { type BadgeEntry, badgesOf } from './badges.js';

let day = 0;
const entry = (reason: string, more: Partial<BadgeEntry> = {}): BadgeEntry => {
  day += 1;
  return { reason, at: new Date(day * 86_400_000).toISOString(), clean: true, languages: [], ...more };
};
const times = (count: number, reason: string, more?: Partial<BadgeEntry>): BadgeEntry[] =>
  Array.from({ length: count }, () => entry(reason, more));
const ids = (entries: BadgeEntry[]): string[] => badgesOf(entries).map(({ id }) => id);

describe('badges', () => {
  it.each<[string, BadgeEntry[], string[]]>([
    ['nothing', [], []],
    ['one merge', times(1, 'merge'), ['first-merge']],
    ['nine merges', times(9, 'merge'), ['first-merge']],
    ['ten clean merges', times(10, 'merge'), ['first-merge', 'ten-merges', 'clean-ten']],
    [
      'ten merges, one of them sent back',
      [...times(5, 'merge'), ...times(1, 'merge', { clean: false }), ...times(4, 'merge')],
      ['first-merge', 'ten-merges'],
    ],
    ['ten merges, one reverted', [...times(9, 'merge'), entry('revert'), entry('merge')], ['first-merge']],
    ['ten reviews', times(10, 'review'), ['ten-reviews']],
    ['five conflicts', times(5, 'conflict'), ['five-conflicts']],
    ['five rooms', times(5, 'completion'), ['five-rooms']],
    [
      'three languages',
      ['a', 'b', 'c'].map((name) => entry('merge', { languages: [name] })),
      ['first-merge', 'three-languages'],
    ],
    ['one language thrice', times(3, 'merge', { languages: ['a'] }), ['first-merge']],
  ])('for %s', (_name, entries, expected) => {
    expect(ids(entries)).toEqual(expected);
  });

  it('carry the day of the entry that earned them', () => {
    const entries = times(12, 'merge');
    expect(badgesOf(entries).find(({ id }) => id === 'ten-merges')?.earned_at).toBe(entries[9]?.at);
  });
});
