import { faultOf, normalisePattern } from '../path-patterns.js';

const MAX_PATHS = 10;
const URL = /\b[a-z][a-z0-9+.-]*:\/\/\S+/gi;
/** What comes after these words is to be left alone. */
const LEFT_ALONE =
  /\b(?:don'?t|do not|never|without|not|except|but not|leave|instead of|other than|apart from)\b(?:[^.,;]|\.(?=\S))*/gi;
const CODE = /`([^`\n]+)`/g;
const BARE = /(?<![\w@/.#-])(?:[\w.@*?[\]()+-]+\/)*[\w.@*?[\]()+-]+\/?/g;

const EXTENSIONS =
  'ts|tsx|mts|cts|js|jsx|mjs|cjs|json|jsonc|md|mdx|css|scss|less|html|vue|svelte|py|rb|go|rs|java|kt|swift|c|h|cc|cpp|hpp|cs|php|sql|sh|bash|yml|yaml|toml|ini|cfg|env|xml|svg|txt|csv|lock|proto|graphql|tf|gradle|ipynb|ex|exs|dart|lua|prisma';
const FILE = new RegExp(`^[\\w.@*?\\[\\]()+-]*\\.(?:${EXTENSIONS})$`, 'i');
/** Products whose names look like files. */
const PRODUCT =
  /^(?:node|next|vue|nuxt|react|express|three|d3|socket|nest|angular|ember|alpine|discord|chart)\.(?:js|io|ts)$/i;
const AT_ROOT =
  /^(?:readme|changelog|contributing|license|package|package-lock|pnpm-lock|tsconfig|composer|cargo|go|pyproject|dockerfile|makefile)\b/i;
const FOLDERS =
  /^(?:src|libs?|apps?|packages|docs?|tests?|spec|e2e|scripts|server|client|api|web|cmd|pkg|internal|public|config|examples|components|pages|styles|migrations|docker|tools|bin|\.github)\//i;

/** Paths and patterns that a text names, as they can be leased. */
export function pathsIn(text: string): string[] {
  const plain = text.replace(URL, ' ').replace(LEFT_ALONE, ' ');
  const coded = [...plain.matchAll(CODE)].map((match) => match[1] ?? '').filter(isCodedPath);
  const bare = [...plain.replace(CODE, ' ').matchAll(BARE)]
    .map((match) => trimmed(match[0]))
    .filter(isBarePath);
  const patterns = [...coded, ...bare].map(placed).map(normalisePattern);
  return [...new Set(patterns)].filter((pattern) => faultOf(pattern) === null).slice(0, MAX_PATHS);
}

/** Punctuation of the sentence around a path. */
const trimmed = (word: string): string => word.replace(/^[(?[]+|[.,;:!?)\]]+$/g, '');

const isFile = (path: string): boolean => FILE.test(path.split('/').at(-1) ?? '') && !PRODUCT.test(path);

/** In code marks a slash or an extension is enough. */
const isCodedPath = (path: string): boolean =>
  /^[\w.@*?[\]()+/-]+$/.test(path) && (isFile(path) || (path.includes('/') && !path.startsWith('/')));

/** In running text `and/or`, `CI/CD` and `1/2` are no paths. */
function isBarePath(path: string): boolean {
  if (!path.includes('/')) return isFile(path);
  return isFile(path) || FOLDERS.test(path) || /[*?]/.test(path) || (/\w\/$/.test(path) && path.length > 3);
}

/** A file named alone may be in any folder, but for those that stand at the root. */
const placed = (path: string): string => (path.includes('/') || AT_ROOT.test(path) ? path : `**/${path}`);
