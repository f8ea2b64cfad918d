import { displayNameOf, usernamesFor } from './profile.js';

describe('the user name of who comes from elsewhere', () => {
  it.each([
    ['is the account’s', { account: 'octo-cat', name: 'Octo Cat' }, 'octo-cat'],
    ['is written as ours are', { account: 'Mona.Lisa', name: '' }, 'mona-lisa'],
    ['leaves a mail host out', { account: 'mira@example.org', name: 'Mira' }, 'mira'],
    [
      'comes from the name where the account gives none',
      { account: '美', name: 'Mira Okafor' },
      'mira-okafor',
    ],
    ['is something in any case', { account: '', name: '' }, 'person'],
  ])('%s', (_name, profile, expected) => {
    expect(usernamesFor(profile).next().value).toBe(expected);
  });

  it('goes on with numbers where it is taken', () => {
    expect([...usernamesFor({ account: 'mona', name: '' })].slice(0, 3)).toEqual([
      'mona',
      'mona-2',
      'mona-3',
    ]);
  });
});

describe('the name of who comes from elsewhere', () => {
  it.each([
    ['  Mira\n Okafor ', 'Mira Okafor'],
    ['Mira\u202eOkafor\u0000', 'Mira Okafor'],
    ['\u200b', 'mira'],
    ['', 'mira'],
    ['🦀'.repeat(9), '🦀'.repeat(8)],
  ])('%j is kept as %j', (wanted, expected) => {
    expect(displayNameOf(wanted, 'mira', 8 * 8).slice(0, expected.length)).toBe(expected);
    expect([...displayNameOf(wanted, 'mira', 8)].length).toBeLessThanOrEqual(8);
  });
});
