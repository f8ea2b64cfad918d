import { noRefreshCookie, readRefreshCookie, refreshCookie } from './refresh-cookie.js';

describe('the refresh cookie', () => {
  it('is kept from scripts, other sites and other paths', () => {
    expect(refreshCookie('abc', true)[0]).toBe(
      'clawtank_refresh=abc; Max-Age=2592000; Path=/api/v1/auth; HttpOnly; SameSite=Strict; Secure',
    );
  });

  it('travels without TLS only where the browser came without', () => {
    expect(refreshCookie('abc', false).join()).not.toContain('Secure');
  });

  it('has a mark beside it that pages read, without any secret', () => {
    const mark = refreshCookie('abc', true)[1] ?? '';
    expect(mark).toBe('clawtank_signed_in=1; Max-Age=2592000; Path=/; SameSite=Strict; Secure');
    expect(mark).not.toContain('abc');
  });

  it('is taken away under the same path, and so is its mark', () => {
    expect(noRefreshCookie(true)).toEqual([
      'clawtank_refresh=; Max-Age=0; Path=/api/v1/auth; HttpOnly; SameSite=Strict; Secure',
      'clawtank_signed_in=; Max-Age=0; Path=/; SameSite=Strict; Secure',
    ]);
  });

  it.each([
    ['clawtank_refresh=abc', 'abc'],
    ['a=b; clawtank_refresh=abc; c=d', 'abc'],
    ['not_clawtank_refresh=abc', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('is found in %p', (header, expected) => {
    expect(readRefreshCookie(header)).toBe(expected);
  });
});
