import { branchRef, claimBranch, parseClaimBranch, safeRevision, whyNotRefName } from './ref-names.js';

describe('names of refs', () => {
  it.each(['main', 'clawtank/T-12/3', 'feature/a_b.c', 'v1.0.0', 'fix@home', 'a+b', '_x'])(
    'accepts %s',
    (name) => {
      expect(whyNotRefName(name)).toBeUndefined();
    },
  );

  it.each([
    '',
    'HEAD',
    '@',
    '-x',
    '--upload-pack=x',
    'a/../b',
    'a..b',
    '.a',
    'a/.b',
    'a.lock',
    'a.',
    'a//b',
    '/a',
    'a/',
    'a b',
    'a~1',
    'a^',
    'a:b',
    'a?b',
    'a*b',
    'a[b',
    'a\\b',
    'a\nb',
    'a\0b',
    'a@{1}',
    'ä',
    'a'.repeat(201),
  ])('refuses %j', (name) => {
    expect(whyNotRefName(name)).toEqual(expect.any(String));
    expect(() => branchRef(name)).toThrow(expect.objectContaining({ reason: 'git.invalid_ref' }));
  });

  it('names the branch of a claim and reads it back', () => {
    expect(claimBranch('T-12', 3)).toBe('clawtank/T-12/3');
    expect(parseClaimBranch('clawtank/T-12/3')).toEqual({ taskKey: 'T-12', fence: 3 });
  });

  it.each([
    'main',
    'clawtank/T-12',
    'clawtank/T-12/0',
    'clawtank/T-12/3/x',
    'clawtank/t-12/3',
    'x/clawtank/T-12/3',
  ])('sees no claim in %s', (branch) => expect(parseClaimBranch(branch)).toBeUndefined());

  it.each([
    ['../x', 1],
    ['T-1', 0],
    ['T-1', 1.5],
    ['T-1', Number.NaN],
  ])('makes no branch of %s and %s', (key, fence) => {
    expect(() => claimBranch(key, fence)).toThrow(expect.objectContaining({ reason: 'git.invalid_ref' }));
  });

  it.each([
    'HEAD',
    'main',
    '-x',
    'refs/heads/-x',
    'refs/notes/x',
    'refs/heads/a..b',
    'abc',
    'refs/heads/main^{tree}',
  ])('lets no %s through to a command line', (revision) =>
    expect(() => safeRevision(revision)).toThrow(expect.objectContaining({ reason: 'git.invalid_ref' })),
  );
});
