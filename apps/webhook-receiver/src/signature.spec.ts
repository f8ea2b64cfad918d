import { createHmac } from 'node:crypto';
import { isSignedByGithub, isTokenOfGitlab } from './signature.js';

const SECRET = 'a long enough secret';
const BODY = Buffer.from('{"action":"opened","title":"caf\u00e9"}');
const sign = (algorithm: string, body = BODY, secret = SECRET) =>
  `${algorithm}=${createHmac(algorithm, secret).update(body).digest('hex')}`;

describe('isSignedByGithub', () => {
  it('accepts what was signed with the secret', () => {
    expect(isSignedByGithub(SECRET, BODY, sign('sha256'))).toBe(true);
  });

  it('accepts bytes that are no text', () => {
    const binary = Buffer.from([0x7b, 0xff, 0x7d]);
    expect(isSignedByGithub(SECRET, binary, sign('sha256', binary))).toBe(true);
  });

  it.each([
    ['no signature', BODY, undefined],
    ['SHA-1', BODY, sign('sha1')],
    ['another secret', BODY, sign('sha256', BODY, 'another secret altogether')],
    ['an altered body', Buffer.from('{"action":"closed"}'), sign('sha256')],
    ['an empty signature', BODY, 'sha256='],
    ['nonsense', BODY, 'sha256=zz'],
  ])('refuses %s', (_name, body, signature) => {
    expect(isSignedByGithub(SECRET, body, signature)).toBe(false);
  });
});

describe('isTokenOfGitlab', () => {
  it.each([
    ['the secret', SECRET, true],
    ['another', 'a long enough Secret', false],
    ['a part of it', SECRET.slice(0, -1), false],
    ['nothing', '', false],
    ['no header', undefined, false],
  ])('%s', (_name, token, expected) => {
    expect(isTokenOfGitlab(SECRET, token)).toBe(expected);
  });
});
