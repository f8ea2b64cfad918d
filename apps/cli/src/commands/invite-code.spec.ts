import { inviteCode } from './invite-code.js';

describe('inviteCode', () => {
  it.each([
    ['a code', 'AHUNSCR9i6jW8omGABMwc1T1', 'AHUNSCR9i6jW8omGABMwc1T1'],
    ['a link', 'https://tank.example.org/invite#AHUNSCR9i6jW8omGABMwc1T1', 'AHUNSCR9i6jW8omGABMwc1T1'],
    [
      'a code that looks like a slug, in a link',
      '/invite#abcdefghijklmnopq-abc123',
      'abcdefghijklmnopq-abc123',
    ],
    ['a slug', 'reef-project-hzfp9q', undefined],
    ['a long slug', 'a-very-long-room-name-indeed-hzfp9q', undefined],
    ['an id', '01a20899-a9a1-731d-bda9-3a841fee873c', undefined],
    ['a short word', 'reef', undefined],
  ])('in %s', (_, text, code) => {
    expect(inviteCode(text)).toBe(code);
  });
});
