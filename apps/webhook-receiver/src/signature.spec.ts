import { createHmac, randomBytes } from 'node:crypto';
import { isSignedByGithub, isSignedByGitlab, isTokenOfGitlab } from './signature.js';

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

describe('isSignedByGitlab', () => {
  const key = randomBytes(32);
  const token = `whsec_${key.toString('base64')}`;
  const now = new Date('2026-01-02T03:04:05Z');
  const seconds = String(now.getTime() / 1_000);
  const mac = (id: string, timestamp: string, body = BODY, with_ = key) =>
    `v1,${createHmac('sha256', with_).update(`${id}.${timestamp}.`).update(body).digest('base64')}`;
  const good = { id: 'd-1', timestamp: seconds, signature: mac('d-1', seconds) };
  const at = (offset: number) => {
    const timestamp = String(Number(seconds) + offset);
    return { ...good, timestamp, signature: mac('d-1', timestamp) };
  };

  it('accepts id, time and bytes that were signed with the token', () => {
    expect(isSignedByGitlab(token, BODY, good, now)).toBe(true);
  });

  it('accepts one good signature among others', () => {
    const signature = `v1,${'A'.repeat(43)}= v2,xyz ${good.signature}`;
    expect(isSignedByGitlab(token, BODY, { ...good, signature }, now)).toBe(true);
  });

  it('accepts a clock that goes four minutes wrong', () => {
    expect(isSignedByGitlab(token, BODY, at(-240), now)).toBe(true);
    expect(isSignedByGitlab(token, BODY, at(240), now)).toBe(true);
  });

  it.each([
    ['a replay of a year ago', BODY, at(-31_536_000)],
    ['a time to come', BODY, at(600)],
    ['another time than the signed one', BODY, { ...good, timestamp: String(Number(seconds) + 1) }],
    ['another id', BODY, { ...good, id: 'd-2' }],
    ['an altered body', Buffer.from('{}'), good],
    ['another key', BODY, { ...good, signature: mac('d-1', seconds, BODY, randomBytes(32)) }],
    [
      'the text of the token as the key',
      BODY,
      { ...good, signature: mac('d-1', seconds, BODY, Buffer.from(token)) },
    ],
    ['no time', BODY, { ...good, timestamp: undefined }],
    ['a time that is none', BODY, { ...good, timestamp: 'now' }],
    ['no id', BODY, { ...good, id: undefined }],
    ['no signature', BODY, { ...good, signature: undefined }],
    ['nonsense', BODY, { ...good, signature: 'v1,zz' }],
  ])('refuses %s', (_name, body, headers) => {
    expect(isSignedByGitlab(token, body, headers, now)).toBe(false);
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
