import { returnPath } from './return-path.js';

describe('the path that a sign-in leads back to', () => {
  it.each(['/rooms', '/', '/rooms/harbour-x1y2z3?tab=board', '/settings#sign-in', '/watch/a%2Fb'])(
    'may be %p',
    (path) => {
      expect(returnPath(path, '/else')).toBe(path);
    },
  );

  it.each([
    ['nothing', undefined],
    ['empty text', ''],
    ['another host', 'https://evil.test/rooms'],
    ['another host without a scheme', '//evil.test'],
    ['a host behind a backslash', '/\\evil.test'],
    ['a host behind a later backslash', '/rooms\\..\\..\\evil.test'],
    ['a host behind a dot', '/.//evil.test'],
    ['a host behind two dots', '/a/..//evil.test'],
    ['a tab, which browsers leave out', '/\t/evil.test'],
    ['a line feed', '/\n/evil.test'],
    ['a header of its own', '/rooms\r\nSet-Cookie: a=b'],
    ['a script', 'javascript:alert(1)'],
    ['a relative path', 'rooms'],
    ['an account at a host', '@evil.test'],
    ['another script of the same look', '/rooms\u2044evil'],
    ['the API', '/api/v1/auth/github'],
    ['the API by another way', '/rooms/../api/v1/me'],
    ['more than any page has', `/${'a'.repeat(3_000)}`],
  ])('is never %s', (_name, path) => {
    expect(returnPath(path, '/else')).toBe('/else');
  });
});
