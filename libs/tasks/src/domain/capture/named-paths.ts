import { faultOf, normalisePattern } from '../path-patterns.js';

const MAX_PATHS = 10;
const URL = /\b[a-z][a-z0-9+.-]*:\/\/\S+/gi;
/** What comes after these words is to be left alone. */
const LEFT_ALONE =
  /\b(?:(?:don'?t|do not|never|without|not) (?:touch|chang|edit|modif|break|delet|remov)\w*|except(?: for)?|but not|instead of|other than|apart from|unlike)\b(?:[^.,;]|\.(?=\S))*|\bleave\b(?:[^.,;]|\.(?=\S))* (?:alone|as (?:it is|is))/gi;
const CODE = /`([^`\n]+)`/g;
const BARE = /(?<![\w@/.#-])(?:\.{1,2}\/)?(?:[\w.@*?[\]{}()+-]+\/)*[\w.@*?[\]{}()+-]+\/?/g;
const LINE_NUMBER = /(?<=\.\w{1,5}):\d+(?:[:-]\d+)*$/;

const EXTENSIONS =
  'ts|tsx|mts|cts|js|jsx|mjs|cjs|json|jsonc|json5|md|mdx|rst|adoc|css|scss|sass|less|html|htm|vue|svelte|astro|py|pyi|rb|erb|go|rs|java|kt|kts|swift|c|h|cc|cpp|cxx|hpp|hh|ino|cs|fs|php|sql|sh|bash|zsh|ps1|bat|yml|yaml|toml|ini|cfg|conf|env|xml|xcprivacy|plist|svg|png|jpg|txt|csv|tsv|parquet|lock|proto|graphql|gql|tf|tfvars|hcl|gradle|ipynb|ex|exs|erl|hs|ml|clj|scala|dart|lua|zig|nim|jl|r|prisma|hbs|ejs|j2|tmpl|po|pot|properties|service|glsl|hlsl|wgsl|frag|vert|gd|tscn|unity|shader|blend|mk|cmake|nix|sol|s|asm|ld|dts|wasm|d\\.ts';
const FILE = new RegExp(`^[\\w.@*?\\[\\]{}()+-]*\\.(?:${EXTENSIONS})$`, 'i');
const DOTFILE =
  /^\.(?:gitignore|gitattributes|editorconfig|dockerignore|npmrc|nvmrc|eslintrc|prettierrc|babelrc|env|bashrc|gitlab-ci\.yml|env\.[\w.]+|husky|github|vscode|devcontainer|circleci)$/i;
const BARE_FILE =
  /^(?:Makefile|Dockerfile(?:\.\w+)?|Gemfile|Rakefile|Procfile|Vagrantfile|Jenkinsfile|CMakeLists\.txt|CODEOWNERS|LICENSE|README|Caddyfile|Justfile)$/;
/** Products and domains whose names look like files. */
const PRODUCT =
  /^(?:node|next|vue|nuxt|react|express|three|d3|socket|nest|angular|ember|alpine|discord|chart|backbone|moment|solid|ember|require|asp|ml|draw|p5|deck|mapbox|ionic|polymer|knockout|bun)\.(?:js|io|ts|net|jl)$|^asp\.net$/i;
const AT_ROOT =
  /^(?:readme|changelog|contributing|license|package|package-lock|pnpm-lock|tsconfig|composer|cargo|go|pyproject|dockerfile|makefile)\b/i;
const FOLDERS =
  /^(?:src|libs?|apps?|packages?|docs?|tests?|specs?|__tests__|e2e|scripts?|servers?|clients?|api|web|www|site|cmd|pkg|internal|public|static|assets|config|configs|examples?|components?|pages|views|routes|styles?|migrations|docker|tools?|bin|\.github|\.circleci|ops|infra|deploy|terraform|k8s|helm|charts|charts|ci|build|dist|core|common|shared|utils|lib|modules?|plugins?|services?|backend|frontend|mobile|ios|android|desktop|firmware|drivers?|boards?|engine|game|levels?|shaders?|models?|data|etl|dags|notebooks|sql|db|database|schemas?|proto|sdk|cli|crates|include|vendor|legacy|themes?|templates?|i18n|locales?|translations|content|benches|bench|benchmarks|fixtures|mocks|hooks|store|stores|contracts|auth|ui|app|admin|worker|workers|jobs|gateway|editor|renderer|physics|audio|sync|parser|importers?|exporters?|storage)\//;
/** Pairs of words with a stroke between them. */
const PAIR =
  /^(?:and\/or|ci\/cd|he\/she|his\/her|s?he\/they|read\/write|input\/output|i\/o|client\/server|on\/off|undo\/redo|true\/false|yes\/no|either\/or|win\/mac|mac\/linux|tcp\/ip|a\/b|n\/a|w\/o|24\/7|pros\/cons|start\/stop|enable\/disable|show\/hide|light\/dark|dark\/light|get\/set|push\/pull|up\/down|left\/right|test\/prod|dev\/prod|staging\/prod|ios\/android|android\/ios|feature\/\S+|origin\/\S+|upstream\/\S+|clawtank\/\S+|bugfix\/\S+|release\/\S+|hotfix\/\S+|(?:application|text|image|audio|video|multipart)\/[\w.+-]+)$/i;
const TASK_BRANCH = /\/T-\d+(?:\/|$)/i;

/** Paths and patterns that a text names, as they are written, without line numbers. */
export function pathsIn(text: string): string[] {
  const plain = text.replace(URL, ' ').replace(LEFT_ALONE, ' ');
  const found = [...plain.matchAll(CODE)]
    .map((match) => ({ at: match.index, path: (match[1] ?? '').replace(LINE_NUMBER, '') }))
    .filter(({ path }) => isCodedPath(path));
  const blank = plain.replace(CODE, (code) => ' '.repeat(code.length));
  const bare = [...blank.matchAll(BARE)]
    .map((match) => ({ at: match.index, path: trimmed(match[0]) }))
    .filter(({ path }) => isBarePath(path));
  const paths = [...found, ...bare].sort((one, other) => one.at - other.at).map(({ path }) => path);
  return [...new Set(paths)].filter((path) => faultOf(leasePattern(path)) === null).slice(0, MAX_PATHS);
}

/** A named path as it can be leased. */
export const leasePattern = (path: string): string => normalisePattern(placed(path));

/** Punctuation of the sentence around a path. */
const trimmed = (word: string): string =>
  word.replace(/^[(?[]+(?![^\]]*\])|^[(]+|[.,;:!?)]+$|\](?<!\[[^\]]*\])$/g, '');

const isFile = (path: string): boolean => {
  const name = path.split('/').at(-1) ?? '';
  return (
    (FILE.test(name) && !PRODUCT.test(name) && !/^\d+(?:\.\d+)*\.?[a-z]?$/i.test(name)) ||
    DOTFILE.test(name) ||
    BARE_FILE.test(name)
  );
};

const isExcluded = (path: string): boolean =>
  PAIR.test(path) ||
  TASK_BRANCH.test(path) ||
  path.startsWith('/') ||
  path.startsWith('@') ||
  path.startsWith('..') ||
  path.startsWith('~');

/** In code marks a slash or an extension is enough. */
const isCodedPath = (path: string): boolean =>
  /^[\w.@*?[\]{}()+/-]+$/.test(path) &&
  !isExcluded(path) &&
  !/^(?:GET|POST|PUT)$|\(\)/.test(path) &&
  (isFile(path) || (path.includes('/') && /^[\w.-]+\/|\*/.test(path)));

/** In running text `and/or`, `CI/CD` and `1/2` are no paths. */
function isBarePath(path: string): boolean {
  if (isExcluded(path)) return false;
  if (!path.includes('/')) return isFile(path);
  if (isFile(path) && !/^\.\w+$/.test(path)) return true;
  if (/\*/.test(path) && /\w/.test(path)) return true;
  if (!/^[a-z0-9_.-]+\//.test(path)) return false;
  return (
    FOLDERS.test(path) ||
    (/\w\/$/.test(path) && path.length > 3) ||
    /^(?:[a-z0-9_.-]+\/){2,}[\w.-]+$/.test(path)
  );
}

/** A file named alone may be in any folder, but for those that stand at the root. */
const placed = (path: string): string => (path.includes('/') || AT_ROOT.test(path) ? path : `**/${path}`);
