import { bearerToken } from './bearer.js';

describe('bearerToken', () => {
  it.each([
    ['finds the token', 'Bearer abc.def.ghi', {}, 'abc.def.ghi'],
    ['takes any spelling of the scheme', 'bearer  abc', {}, 'abc'],
    ['finds none', undefined, { after: '3' }, null],
  ])('%s', (_name, header, query, expected) => {
    expect(bearerToken(header, query)).toBe(expected);
  });

  it.each([
    ['another scheme', 'Basic YTpi', {}, 'auth.required'],
    ['an empty token', 'Bearer ', {}, 'auth.required'],
    ['two tokens', 'Bearer a b', {}, 'auth.required'],
    ['a token in the URL', undefined, { access_token: 'x' }, 'auth.token_in_url'],
    ['a token in the URL beside a good one', 'Bearer a', { token: 'x' }, 'auth.token_in_url'],
  ])('refuses %s', (_name, header, query, reason) => {
    expect(() => bearerToken(header, query)).toThrow(expect.objectContaining({ reason }));
  });
});
