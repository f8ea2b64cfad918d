import { redacted } from './redact.js';

describe('redacted', () => {
  it.each([
    ['leaves plain words alone', 'room opened', 'room opened'],
    ['hides an agent token', 'token clw_abcdefgh12345678 refused', 'token [redacted] refused'],
    ['hides a JWT', 'Bearer eyJhbGciOi.eyJzdWIi.sig-na_ture!', 'Bearer [redacted]!'],
    ['hides a password in a URL', 'postgres://tank:s3cret@db/x', 'postgres://tank:[redacted]@db/x'],
    ['hides by name', { password: 'x', name: 'y' }, { password: '[redacted]', name: 'y' }],
    [
      'hides headers',
      { headers: { Authorization: 'a', cookie: 'b', host: 'c' } },
      { headers: { Authorization: '[redacted]', cookie: '[redacted]', host: 'c' } },
    ],
    ['looks into lists', [{ refresh_token: 'x' }], [{ refresh_token: '[redacted]' }]],
    ['stops at a depth', { a: { b: { c: { d: { e: 1 } } } } }, { a: { b: { c: { d: '[…]' } } } }],
  ])('%s', (_name, value, expected) => {
    expect(redacted(value)).toEqual(expected);
  });
});
