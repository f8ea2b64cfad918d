import { parseImportUrl } from './import-url.js';

describe('addresses to import from', () => {
  it.each([
    ['https://git.example.test/a/b.git', 'git.example.test', 443],
    ['https://GIT.example.test:8443/a', 'git.example.test', 8443],
    ['https://[2001:4860::1]/a', '2001:4860::1', 443],
    // Other spellings of an IPv4 address are normalised, so that they are judged as what they mean.
    ['https://0x7f.1/a', '127.0.0.1', 443],
    ['https://2130706433/a', '127.0.0.1', 443],
    ['https://git.example.test./a', 'git.example.test', 443],
  ])('takes %s apart', (text, host, port) => {
    expect(parseImportUrl(text)).toMatchObject({ host, port });
  });

  it.each([
    'http://git.example.test/a',
    'file:///etc/passwd',
    '/etc/passwd',
    'ssh://git@git.example.test/a',
    'git://x/a',
    'git@git.example.test:a/b.git',
    'ext::sh -c id',
    'https://user@git.example.test/a',
    'https://u:p@git.example.test/a',
    'https://git.example.test/a?x=1',
    'https://git.example.test/a#x',
    'https://localhost/a',
    'https://x.localhost/a',
    '--upload-pack=x',
    '',
    'https://',
    `https://git.example.test/${'a'.repeat(2_000)}`,
  ])('refuses %j', (text) => {
    expect(() => parseImportUrl(text)).toThrow(expect.objectContaining({ reason: 'git.import_refused' }));
  });
});
