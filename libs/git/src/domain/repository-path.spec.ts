import { whyNotRepositoryPath } from './repository-path.js';

describe('paths in a repository', () => {
  it.each([
    'a',
    'src/ä/b c.ts',
    '.github/x',
    '.gitignore',
    'a.git',
    'git',
    'a/-b',
    '日本/語',
    'x..y',
    '.gitx',
    'ab:c',
  ])('accepts %s', (path) => expect(whyNotRepositoryPath(path)).toBeUndefined());

  it.each([
    '',
    '/a',
    'a//b',
    'a/',
    '../a',
    'a/../b',
    './a',
    'a/.',
    '.git',
    '.git/config',
    'a/.GIT/hooks/x',
    '.Git',
    '.git ',
    '.git.',
    '.git...',
    'git~1',
    'GIT~1/x',
    '.git::$INDEX_ALLOCATION/x',
    '.g\u200cit/x',
    '\ufeff.git',
    'a\\b',
    'C:/x',
    'a\nb',
    'a\0b',
    'a\tb',
    'a\x7fb',
    'a\ud800b',
    'x'.repeat(256),
    'x/'.repeat(600),
  ])('refuses %j', (path) => {
    expect(whyNotRepositoryPath(path)).toEqual(expect.any(String));
  });
});
