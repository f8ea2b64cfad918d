import { isOwnOrigin } from './own-origin.js';

describe('isOwnOrigin', () => {
  it.each([
    ['accepts a client that is no browser', undefined, 'clawtank.test', undefined, true],
    [
      'accepts the page that this host served',
      'http://clawtank.test:3000',
      'clawtank.test:3000',
      undefined,
      true,
    ],
    ['knows the default port', 'https://clawtank.test', 'clawtank.test:443', undefined, true],
    [
      'accepts the public address behind a proxy',
      'https://clawtank.test',
      '10.0.0.7:3000',
      'https://clawtank.test/',
      true,
    ],
    ['refuses another site', 'https://evil.test', 'clawtank.test', undefined, false],
    ['refuses another port of the same machine', 'http://127.0.0.1:8080', '127.0.0.1:3000', undefined, false],
    [
      'refuses a longer name',
      'https://clawtank.test.evil.test',
      'clawtank.test',
      'https://clawtank.test',
      false,
    ],
    ['refuses the opaque origin', 'null', 'null', undefined, false],
    ['refuses a file', 'file://', '', undefined, false],
    ['refuses nonsense', 'clawtank.test', 'clawtank.test', undefined, false],
    ['refuses what has no host to compare with', 'http://clawtank.test', undefined, undefined, false],
  ])('%s', (_name, origin, host, publicUrl, expected) => {
    expect(isOwnOrigin(origin, host, publicUrl)).toBe(expected);
  });
});
