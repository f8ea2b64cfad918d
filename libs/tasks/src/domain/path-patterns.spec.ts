import fc from 'fast-check';
import { compilePattern, faultOf, holdsPath, normalisePattern, overlap } from './path-patterns.js';

const meet = (a: string, b: string): boolean => overlap(compilePattern(a), compilePattern(b));

describe('overlap of two path patterns', () => {
  it.each([
    ['src/a.ts', 'src/a.ts', true],
    ['src/a.ts', 'src/b.ts', false],
    ['src/*.ts', 'src/a.ts', true],
    ['src/*.ts', 'src/deep/a.ts', false],
    ['src/**', 'src/deep/a.ts', true],
    ['src/**', 'src', true],
    ['src/**', 's??', false],
    ['src/**', 'srcs/a.ts', false],
    ['**/*.ts', 'src/deep/a.ts', true],
    ['**/*.ts', 'a.ts', true],
    ['**/*.ts', 'src/a.js', false],
    ['**', 'anything/at/all', true],
    ['src/?.ts', 'src/a.ts', true],
    ['src/?.ts', 'src/ab.ts', false],
    ['src/a?', 'src/?b', true],
    ['src/a*c', 'src/*b*', true],
    ['src/a*', 'src/*b', true],
    ['src/a*', 'src/b*', false],
    ['src/auth', 'src/auth/login.ts', true],
    ['src/auth', 'src/auth.ts', false],
    ['src/*', 'src/auth/login.ts', false],
    ['src/**/test/*.ts', 'src/test/a.ts', true],
    ['src/**/test/*.ts', 'src/x/y/test/a.ts', true],
    ['src/**/test/*.ts', 'src/x/y/a.ts', false],
    ['a/**/z', 'a/b/**', true],
    ['a/**/z', 'b/**/z', false],
    ['app/[id]/page.tsx', 'app/[id]/page.tsx', true],
    ['app/[id]/page.tsx', 'app/i/page.tsx', false],
    ['README.md', 'readme.md', false],
    ['docs/*', '*/a', true],
    ['**/*.ts', 'Makefile', false],
    ['**/*.ts', '.gitignore', false],
    ['.github', '.github/workflows/ci.yml', true],
    ['**/*.ts', 'src/auth', true],
    ['*a*a*a*a*a*a*a*a*b', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', false],
  ])('%s and %s: %s', (a, b, expected) => {
    expect(meet(a, b)).toBe(expected);
    expect(meet(b, a)).toBe(expected);
  });

  it('takes a real path literally', () => {
    expect(holdsPath(compilePattern('src/a.ts'), 'src/*.ts')).toBe(false);
    expect(holdsPath(compilePattern('src/?.ts'), 'src/*.ts')).toBe(true);
  });
});

/** The plain reading of a pattern, by search instead of by table: the oracle. */
function holds(pattern: readonly string[], path: readonly string[]): boolean {
  const [head, ...rest] = pattern;
  if (head === undefined) return path.length === 0;
  if (head === '**') {
    if (rest.length === 0) return path.length > 0;
    return [...path.keys(), path.length].some((cut) => holds(rest, path.slice(cut)));
  }
  const name = path[0];
  if (name === undefined || !nameHolds(head, name)) return false;
  if (rest.length === 0 && !/[*?]/.test(head)) return true;
  return holds(rest, path.slice(1));
}

function nameHolds(pattern: string, name: string): boolean {
  if (pattern === '') return name === '';
  if (pattern.startsWith('*'))
    return nameHolds(pattern.slice(1), name) || (name !== '' && nameHolds(pattern, name.slice(1)));
  return (
    name !== '' &&
    (pattern[0] === '?' || pattern[0] === name[0]) &&
    nameHolds(pattern.slice(1), name.slice(1))
  );
}

/** Every sequence of 1 to `length` of the given parts. */
function sequences(parts: readonly string[], length: number): string[][] {
  let level: string[][] = [[]];
  const all: string[][] = [];
  for (let i = 0; i < length; i += 1) {
    level = level.flatMap((sequence) => parts.map((part) => [...sequence, part]));
    all.push(...level);
  }
  return all;
}

// Two patterns of three parts that meet at all meet on a word of at most six parts: a shortest shared word has
// no part that a repeating part takes on both sides but one, so each of its parts is named by one of the patterns.
describe('overlap against enumeration', () => {
  const part = (...parts: string[]): fc.Arbitrary<string[]> =>
    fc.array(fc.constantFrom(...parts), { minLength: 1, maxLength: 3 });

  it('answers as the paths themselves do', () => {
    const paths = sequences(['a', 'b'], 6);
    const pattern = part('a', 'b', '?', '*', '**');
    fc.assert(
      fc.property(pattern, pattern, (a, b) => {
        const shared = paths.some((path) => holds(a, path) && holds(b, path));
        expect(meet(a.join('/'), b.join('/'))).toBe(shared);
      }),
      { numRuns: 5_000 },
    );
  });

  it('answers as the names themselves do', () => {
    const names = sequences(['a', 'b'], 6).map((letters) => letters.join(''));
    const pattern = part('a', 'b', '?', '*')
      .map((letters) => letters.join(''))
      .filter((name) => !name.includes('**'));
    fc.assert(
      fc.property(pattern, pattern, (a, b) => {
        expect(meet(a, b)).toBe(names.some((name) => nameHolds(a, name) && nameHolds(b, name)));
      }),
      { numRuns: 5_000 },
    );
  });

  it('holds a path exactly when the plain reading does', () => {
    const paths = sequences(['a', 'b', 'ab', 'ba'], 4);
    const pattern = part('a', 'b', 'ab', '?', '*', 'a*', '*b', '?a', '**');
    fc.assert(
      fc.property(pattern, fc.constantFrom(...paths), (a, path) => {
        expect(holdsPath(compilePattern(a.join('/')), path.join('/'))).toBe(holds(a, path));
      }),
      { numRuns: 5_000 },
    );
  });
});

describe('what may be leased', () => {
  it.each([
    ['src/a.ts', 'src/a.ts'],
    ['./src/a.ts', 'src/a.ts'],
    ['src/', 'src/**'],
    [' src/*/ ', 'src/*/**'],
  ])('reads %p as %p', (text, expected) => {
    expect(normalisePattern(text)).toBe(expected);
    expect(faultOf(expected)).toBeNull();
  });

  it.each([
    '',
    '/',
    '/etc/passwd',
    '../x',
    'a/../b',
    'a//b',
    'a/./b',
    'a\\b',
    '!src',
    'src/**.ts',
    '.git/config',
    'a/.GIT/b',
    'a\nb',
    'x'.repeat(401),
    'a/'.repeat(45) + 'b',
  ])('refuses %p', (text) => {
    expect(faultOf(normalisePattern(text))).not.toBeNull();
  });
});
