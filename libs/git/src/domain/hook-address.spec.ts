import { hookAddress, newsBase } from './hook-address.js';

const GITHUB = 'https://github.com';

describe('newsBase', () => {
  it.each([
    ['nobody said where this server is', undefined, GITHUB, undefined],
    ['a public address', 'https://tank.example.org', GITHUB, 'https://tank.example.org'],
    [
      'a path and a slash do not belong to it',
      'https://tank.example.org/x/',
      GITHUB,
      'https://tank.example.org',
    ],
    ['a port does', 'http://tank.example.org:8080', GITHUB, 'http://tank.example.org:8080'],
    ['localhost is nowhere to GitHub', 'http://localhost:8080', GITHUB, undefined],
    ['so is loopback', 'http://127.0.0.1:8080', GITHUB, undefined],
    ['and loopback of the newer kind', 'http://[::1]:8080', GITHUB, undefined],
    [
      'a GitLab on this machine reaches it',
      'http://127.0.0.1:8080',
      'http://localhost:3000',
      'http://127.0.0.1:8080',
    ],
    ['what is no address', 'tank', GITHUB, undefined],
  ])('%s', (_name, publicUrl, hostUrl, expected) => {
    expect(newsBase(publicUrl, hostUrl)).toBe(expected);
  });
});

it('names the webhook in its address', () => {
  expect(hookAddress('https://tank.example.org', 'gitlab', 'abc')).toBe(
    'https://tank.example.org/webhooks/gitlab/abc',
  );
});
