import { loadConfigs } from '@clawtank/config';
import { HostsConfig } from './hosts.config.js';

it('the refusal of an address does not repeat the password in it', () => {
  expect(() => loadConfigs([HostsConfig], { GITLAB_URL: 'https://me:hunter2@git.example.org' })).toThrow(
    /^(?!.*hunter2)[^]*git\.example\.org/,
  );
});

describe('the addresses of code hosts', () => {
  it.each([
    'https://git.example.org',
    'https://example.org/git',
    'http://127.0.0.1:3000',
    'http://[::1]:3000',
  ])('%s is taken', (url) => {
    expect(() => loadConfigs([HostsConfig], { GITHUB_URL: url, GITLAB_URL: url })).not.toThrow();
  });

  it.each([
    ['plain http', 'http://git.example.org'],
    ['a name like this machine', 'http://127.0.0.1.example.org'],
    ['credentials', 'https://me:word@git.example.org'],
    ['a query', 'https://git.example.org/?a=b'],
    ['a fragment', 'https://git.example.org/#a'],
    ['another protocol', 'ftp://git.example.org'],
    ['no address', 'git.example.org'],
  ])('%s is refused by its name', (_name, url) => {
    for (const name of ['GITHUB_URL', 'GITHUB_API_URL', 'GITLAB_URL'])
      expect(() => loadConfigs([HostsConfig], { [name]: url })).toThrow(`${name}: must be an https address`);
  });
});
