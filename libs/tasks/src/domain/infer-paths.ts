import { leasePattern, pathsIn } from './capture/named-paths.js';
import { compilePattern, faultOf, holdsPath } from './path-patterns.js';

/** A commit, or a piece of a task: what was said of it and what it touched. */
export interface PastChange {
  readonly text: string;
  readonly files: readonly string[];
}

export interface InferredPath {
  readonly pattern: string;
  /** The text names it; otherwise it is a guess, which shuts nobody out. */
  readonly named: boolean;
  /** In words. */
  readonly why: string;
}

const MAX_GUESSES = 6;
/** Below this many names in common two texts are about the same only if the name is rare. */
const COMMON_WORDS = 2;
/** A word in more than this share of past changes says nothing about where. */
const TOO_COMMON = 0.2;
const FEW = 3;
/** A change of more files than this was about no part in particular. */
const BROAD = 20;

const STOP = new Set(
  `a an and are as at be by can do for from get has have in into is it its make need needs new no not of on or our
   should so that the their then this to up use we when with you add fix change update remove improve write create
   implement support allow let also please task work code file files test tests bug feature issue page app src lib
   libs apps package packages docs doc index main merge branch commit revert conflict resolve`.split(/\s+/),
);

/** Words that may say where in a repository something belongs, without their endings. */
export function tellingWords(text: string): readonly string[] {
  const split = text.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  const words = split.match(/[\p{L}\p{N}]{3,}/gu) ?? [];
  return [...new Set(words.filter((word) => !STOP.has(word) && !/^\d+$/.test(word)).map(stem))];
}

const stem = (word: string): string => (word.length > 4 ? word.replace(/(?:ings?|ers?|ed|es|s)$/, '') : word);

/**
 * Which paths a task is about that names none: what its text names; folders that bear its words; files that past
 * work on the same words touched. The same input gives the same answer, each with the reason.
 */
export function inferPaths(
  task: { readonly title: string; readonly description: string },
  past: readonly PastChange[],
): readonly InferredPath[] {
  const named = pathsIn(`${task.title}\n${task.description}`).map(leasePattern);
  if (named.length > 0) return named.map((pattern) => ({ pattern, named: true, why: 'the text names it' }));
  const words = tellingWords(task.title);
  const folders = foldersOf(words, past);
  const held = folders.map(({ pattern }) => compilePattern(pattern));
  const files = filesOf(words, past).filter(({ pattern }) => !held.some((one) => holdsPath(one, pattern)));
  return [...folders, ...files].slice(0, MAX_GUESSES);
}

/** The topmost folder whose own name is one of the words. */
function foldersOf(words: readonly string[], past: readonly PastChange[]): readonly InferredPath[] {
  const folders = new Set(past.flatMap(({ files }) => files.flatMap(ancestors)));
  return words.flatMap((word): InferredPath[] => {
    const fitting = [...folders]
      .filter((folder) => stem((folder.split('/').at(-1) ?? '').toLowerCase()) === word)
      .sort((a, b) => a.split('/').length - b.split('/').length || compare(a, b));
    const [folder] = fitting;
    // Several of one name are each as likely as the other.
    if (!folder || fitting.some((other) => other !== folder && !other.startsWith(`${folder}/`))) return [];
    return [
      {
        pattern: `${folder}/**`,
        named: false,
        why: `the title says “${word}”, as the folder ${folder} does`,
      },
    ];
  });
}

const ancestors = (file: string): string[] => {
  const names = file.split('/').slice(0, -1);
  return names.map((_, index) => names.slice(0, index + 1).join('/'));
};

/** Files of past changes that were about the same, the most often touched first. */
function filesOf(words: readonly string[], past: readonly PastChange[]): readonly InferredPath[] {
  const known = past
    .filter(({ files }) => files.length <= BROAD)
    .map((change) => ({ ...change, words: tellingWords(change.text) }));
  const uses = (word: string): number => known.filter((change) => change.words.includes(word)).length;
  const most = Math.max(FEW, known.length * TOO_COMMON);
  const telling = words.filter((word) => uses(word) > 0 && uses(word) <= most);
  const rare = new Set(telling.filter((word) => uses(word) <= FEW));
  const found = new Map<string, { times: number; words: Set<string> }>();
  for (const change of known) {
    const common = telling.filter((word) => change.words.includes(word));
    if (common.length < COMMON_WORDS && !common.some((word) => rare.has(word))) continue;
    for (const file of change.files) {
      const entry = found.get(file) ?? { times: 0, words: new Set<string>() };
      found.set(file, { times: entry.times + 1, words: new Set([...entry.words, ...common]) });
    }
  }
  return [...found]
    .filter(([file]) => faultOf(file) === null && !/[*?]/.test(file))
    .sort(([a, x], [b, y]) => y.times - x.times || y.words.size - x.words.size || compare(a, b))
    .map(([pattern, { times, words: common }]) => ({
      pattern,
      named: false,
      why: `past work on ${[...common].map((word) => `“${word}”`).join(', ')} touched it ${times === 1 ? 'once' : `${String(times)} times`}`,
    }));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
