import type { Priority } from '@clawtank/contracts';

interface Wording {
  readonly priority: Priority;
  readonly words: RegExp;
}

const LOW =
  "not (?:that |so |very |super |too |really )?(?:urgent|important|critical|pressing|time[- ]critical)|isn'?t (?:urgent|critical|important)|(?:no|zero) (?:rush|hurry|pressure|urgency)|low(?:est)?[- ]?(?:prio(?:rity)?|pri)\\b|(?:prio(?:rity)?|pri)[:= ]*low|nice[- ]to[- ]have|p[345]|when(?:ever)? (?:you|someone|anyone|somebody|we|there)(?:'re|'s| are| is| have| has| gets?)? (?:\\w+ ){0,3}?(?:time|minute|moment|chance|bored|free|idle|spare|slow|quiet)\\b|when bored|if (?:you|anyone|someone|anybody|somebody)(?:'s|'re)? (?:have|has|get|gets|got|is|are|finds?)? ?(?:\\w+ ){0,3}?(?:time|spare cycles|cycles|capacity|bandwidth|bored|free|idle|a minute|a moment)\\b|whenever|in your own time|take your time|minor|trivial|cosmetic|at your leisure|can wait|on the side|back ?burner|doesn'?t have to be (?:today|now|soon)|someday";
const URGENT =
  'urgent(?:ly)?|asap|a\\.s\\.a\\.p\\.?|as soon as possible|emergency|immediately|right now|right away|straight away|hot ?fix|show[- ]?stopper|blocker|blocking (?:the )?release|p0|sev[- ]?[01]|prod(?:uction)?(?: \\w+)? (?:is|went|has gone) (?:down|broken)|(?:site|everything) is down|drop everything|critical(?![- ]+(?:section|path|css|rendering|mass))';
const HIGH =
  'high(?:est)?[- ]?(?:prio(?:rity)?|pri)|(?:prio(?:rity)?|pri)[:= ]*high|important|p1|sev[- ]?2|top prio(?:rity)?';

const word = (pattern: string): RegExp => new RegExp(`(?<![\\w-])(?:${pattern})(?![\\w-])`, 'i');

/** The first that fits counts. Denied urgency comes first: `not urgent` holds `urgent`. */
const WORDINGS: readonly Wording[] = [
  { priority: 'low', words: word(LOW) },
  { priority: 'urgent', words: word(URGENT) },
  { priority: 'high', words: word(HIGH) },
];

/** How urgent the author says it is; null when they don't say. */
export function priorityOf(text: string): Priority | null {
  const bare = text
    .replace(/`[^`]*`|["“][^"”]*["”]/g, ' ')
    .replace(/\bwhenever (?!someone|anyone|somebody|you)(?=\w+ \w)/gi, ' ');
  return WORDINGS.find(({ words }) => words.test(bare))?.priority ?? null;
}

const PRIORITY_NAMES: Readonly<Record<string, Priority>> = {
  low: 'low',
  minor: 'low',
  normal: 'normal',
  medium: 'normal',
  high: 'high',
  important: 'high',
  urgent: 'urgent',
  critical: 'urgent',
  blocker: 'urgent',
  asap: 'urgent',
  p0: 'urgent',
  p1: 'high',
  p2: 'normal',
  p3: 'low',
};

/** The priority with that name; undefined for any other word. */
export const priorityNamed = (name: string): Priority | undefined => PRIORITY_NAMES[name.toLowerCase()];

const PHRASE = new RegExp(
  `[\\s,;–(-]*(?<![\\w-])(?:this is |it's |it is |that's |rather |pretty |quite |very |super |really )?(?:${LOW}|${URGENT}|${HIGH}|p2)(?: though| please| pls| thing| one| task)?\\)?[\\s.!]*$`,
  'i',
);
const LEADING = new RegExp(
  `^[([]?(?:${URGENT}|${HIGH}|low[- ]?prio(?:rity)?|p[0-5]|nice[- ]to[- ]have|minor)(?:[)\\]]\\s*[:!,–-]*|\\s*[:!,–-]+)\\s*`,
  'i',
);

/** A text without the words of urgency at its ends, which are kept elsewhere. */
export function withoutPriority(text: string): string {
  return text.replace(LEADING, '').replace(PHRASE, '').trim();
}

/** A text without any word of urgency, wherever it stands. */
export const withoutUrgency = (text: string): string =>
  WORDINGS.reduce((rest, { words }) => rest.replace(new RegExp(words, 'gi'), ' '), text);

/** Nothing but a word on urgency. */
export const isOnlyPriority = (text: string): boolean =>
  text.trim() !== '' &&
  priorityOf(text) !== null &&
  withoutPriority(` ${text}`).replace(/[^\p{L}\p{N}]/gu, '') === '';
