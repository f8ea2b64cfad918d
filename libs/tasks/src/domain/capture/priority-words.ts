import type { Priority } from '@clawtank/contracts';

interface Wording {
  readonly priority: Priority;
  readonly words: RegExp;
}

/** The first that fits counts. Denied urgency comes first: `not urgent` holds `urgent`. */
const WORDINGS: readonly Wording[] = [
  {
    priority: 'low',
    words:
      /\b(?:not (?:that |so |very )?(?:urgent|important|critical)|no (?:rush|hurry)|low[- ]prio(?:rity)?|nice[- ]to[- ]have|p[34]|when(?:ever)? (?:you|someone) (?:have|has|get|gets) (?:some )?(?:time|a (?:minute|moment|chance))|if (?:you|someone) (?:have|has|get|gets) (?:some )?time|some ?day|eventually|at some point|minor)\b/i,
  },
  {
    priority: 'urgent',
    words:
      /\b(?:urgent(?:ly)?|asap|a\.s\.a\.p|emergency|immediately|right now|right away|hot ?fix|show ?stopper|blocker|p0|prod(?:uction)? is (?:down|broken)|critical(?! (?:section|path|css|rendering)))\b/i,
  },
  {
    priority: 'high',
    words:
      /\b(?:high[- ]prio(?:rity)?|important|p1|top priority|as soon as possible|today|soon|before (?:the )?(?:release|launch|demo))\b/i,
  },
];

/** How urgent the author says it is; null when they don't say. */
export function priorityOf(text: string): Priority | null {
  return WORDINGS.find(({ words }) => words.test(text))?.priority ?? null;
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
  asap: 'urgent',
  p0: 'urgent',
  p1: 'high',
  p2: 'normal',
  p3: 'low',
};

/** The priority with that name; undefined for any other word. */
export const priorityNamed = (word: string): Priority | undefined => PRIORITY_NAMES[word.toLowerCase()];

const TAIL =
  /[\s,;–-]*\(?(?:(?<=,\s*)@[\w-]+|\b(?:urgent(?:ly)?|asap|right now|right away|immediately|p[0-4]|no (?:rush|hurry)|not urgent|low prio(?:rity)?|high prio(?:rity)?|please|pls|plz|thanks|thank you|thx|ok|okay|for me|when(?:ever)? you (?:have|get) (?:some )?(?:time|a (?:minute|moment|chance))))\)?[\s.!?]*$/i;

/** A title without politeness and urgency at its end, which are kept elsewhere or not at all. */
export function withoutTail(text: string): string {
  let rest = text;
  for (let i = 0; i < 4; i += 1) {
    const shorter = rest.replace(TAIL, '').trim();
    if (shorter === rest || shorter === '') break;
    rest = shorter;
  }
  return rest;
}
