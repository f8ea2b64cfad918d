/** One run of any characters, one character, or the character itself. */
const RUN = Symbol('*');
const ONE = Symbol('?');
/** Any number of folders, none included. */
const FOLDERS = Symbol('**');

type Glyph = typeof RUN | typeof ONE | string;

/** One name of a path. */
interface Segment {
  /** The name, if it has no wildcard. */
  readonly literal: string | null;
  readonly glyphs: readonly Glyph[];
}

export type PathPattern = readonly (Segment | typeof FOLDERS)[];

const MAX_LENGTH = 400;
const MAX_SEGMENTS = 40;

const glyph = (char: string): Glyph => (char === '*' ? RUN : char === '?' ? ONE : char);
const segmentOf = (name: string): Segment => ({
  literal: /[*?]/.test(name) ? null : name,
  glyphs: [...name].map(glyph),
});

const BARE_FILES =
  /^(makefile|dockerfile|containerfile|procfile|gemfile|rakefile|jenkinsfile|license|licence|notice|readme|changelog|authors|codeowners|\.\w*(ignore|rc|attributes|config|keep|version|env))$/i;
/** Without the tree at hand the name tells: no wildcard, no extension, none of the known bare file names. */
const mayBeFolder = (name: string): boolean => !/[*?]|.\./.test(name) && !BARE_FILES.test(name);

/** `./a/b` and `a/b` are one path; a trailing slash means everything in that folder. */
export function normalisePattern(text: string): string {
  const plain = text.trim().replace(/^(?:\.\/)+/, '');
  return plain.endsWith('/') && plain.length > 1 ? `${plain}**` : plain;
}

/** Why a normalised pattern can't be leased; null if it can. */
export function faultOf(pattern: string): string | null {
  if (pattern === '' || pattern.length > MAX_LENGTH) return `must have 1 to ${MAX_LENGTH} characters`;
  if (/[\u0000-\u001f\u007f\\]/.test(pattern)) return 'must not hold backslashes or control characters';
  if (pattern.startsWith('/')) return 'must be relative to the repository';
  if (pattern.startsWith('!')) return 'must not be a negation';
  const segments = pattern.split('/');
  if (segments.length > MAX_SEGMENTS) return `must have at most ${MAX_SEGMENTS} folders`;
  for (const segment of segments) {
    if (segment === '') return 'must not hold an empty folder name';
    if (segment === '.' || segment === '..') return 'must not hold . or ..';
    if (segment.toLowerCase() === '.git') return 'must not reach into .git';
    if (segment.includes('**') && segment !== '**') return '** must stand alone between slashes';
  }
  return null;
}

/**
 * Compiles a sound pattern: `?` is one character and `*` any run of them inside a name, `**` any number of
 * folders. `src/auth` may be a folder, so it also holds what lies below; a last `**` holds what lies below, but not
 * the folder's own name.
 */
export function compilePattern(pattern: string): PathPattern {
  const segments = pattern.split('/');
  const last = segments.at(-1) ?? '';
  const parts = segments.map((segment) => (segment === '**' ? FOLDERS : segmentOf(segment)));
  if (last === '**') return [...parts, segmentOf('*')];
  return mayBeFolder(last) ? [...parts, FOLDERS] : parts;
}

/** True if the pattern holds this real path, in which every character stands for itself. */
export function holdsPath(pattern: PathPattern, path: string): boolean {
  return spells(
    pattern,
    path.split('/'),
    (part) => part === FOLDERS,
    (part, name) => part !== FOLDERS && holdsName(part, name),
  );
}

function holdsName({ literal, glyphs }: Segment, name: string): boolean {
  if (literal !== null) return literal === name;
  return spells(
    glyphs,
    [...name],
    (part) => part === RUN,
    (part, char) => part === ONE || part === char,
  );
}

/**
 * Whether a pattern spells a word, where a `repeats` part stands for any number of items. What the last such part
 * takes is enlarged on a mismatch; an earlier one never needs to be.
 */
function spells<Part, Item>(
  pattern: readonly Part[],
  word: readonly Item[],
  repeats: (part: Part) => boolean,
  same: (part: Part, item: Item) => boolean,
): boolean {
  let at = 0;
  let retry = -1;
  let taken = 0;
  for (let i = 0; i < word.length; ) {
    const part = pattern[at];
    if (at < pattern.length && repeats(part as Part)) {
      retry = at;
      taken = i;
      at += 1;
    } else if (at < pattern.length && same(part as Part, word[i] as Item)) {
      at += 1;
      i += 1;
    } else if (retry >= 0) {
      taken += 1;
      i = taken;
      at = retry + 1;
    } else return false;
  }
  return pattern.slice(at).every(repeats);
}

/** True if some path is held by both patterns. */
export function overlap(a: PathPattern, b: PathPattern): boolean {
  return meets(
    a,
    b,
    (part) => part === FOLDERS,
    (x, y) => x !== FOLDERS && y !== FOLDERS && namesMeet(x, y),
  );
}

function namesMeet(a: Segment, b: Segment): boolean {
  if (a.literal !== null && b.literal !== null) return a.literal === b.literal;
  return meets(
    a.glyphs,
    b.glyphs,
    (part) => part === RUN,
    (x, y) => x === ONE || y === ONE || x === y,
  );
}

/**
 * Whether two sequences share a word, where a `repeats` part stands for any number of parts. The same question
 * on two levels: folders in a path, characters in a name.
 */
function meets<Part>(
  a: readonly Part[],
  b: readonly Part[],
  repeats: (part: Part) => boolean,
  same: (x: Part, y: Part) => boolean,
): boolean {
  // next[j]: do the rest of `a` after the present part and `b` from j on share a word?
  let next = tailsOf(b, repeats);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    const x = a[i] as Part;
    const row = new Array<boolean>(b.length + 1).fill(false);
    row[b.length] = repeats(x) && next[b.length] === true;
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const y = b[j] as Part;
      // A repeating part ends here, or takes the other side's part and goes on: either way one side moves on alone.
      row[j] =
        repeats(x) || repeats(y)
          ? next[j] === true || row[j + 1] === true
          : same(x, y) && next[j + 1] === true;
    }
    next = row;
  }
  return next[0] === true;
}

/** With nothing left of the other side, only parts that may stand for nothing can remain. */
function tailsOf<Part>(b: readonly Part[], repeats: (part: Part) => boolean): boolean[] {
  const tails = new Array<boolean>(b.length + 1).fill(true);
  for (let j = b.length - 1; j >= 0; j -= 1) tails[j] = tails[j + 1] === true && repeats(b[j] as Part);
  return tails;
}
