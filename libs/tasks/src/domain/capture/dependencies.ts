const KEY = 'T-\\d+';
const KEYS = `(${KEY}(?:(?:\\s*,\\s*|\\s*,?\\s*(?:and|&|or|\\+|/)\\s*)${KEY})*)`;
const THAT = '(?:the (?:work|changes?|task|fix|pr) (?:in|of|from|for) |task )?';
const STATE =
  "(?:is|are|was|were|has|have|gets?|got|lands?|ships?|merges?|goes|finish(?:es)?|clos(?:es)?|comes|completes?|passes|made|makes|'s|been|through|done|merged|in\\b|landed)";

/** What names the tasks that have to come first. */
const WAITS: readonly RegExp[] = [
  new RegExp(`\\b(?:after|following|pending|awaits?|awaiting)\\s+${THAT}${KEYS}`, 'gi'),
  new RegExp(
    `\\b(?:once|when|whenever|as soon as|until|till|if|provided|assuming|now that)\\s+${THAT}${KEYS}\\s+${STATE}`,
    'gi',
  ),
  new RegExp(
    `\\b(?:not before|wait(?:s|ing)? (?:for|on|until|till)|hold(?:s)? (?:off )?(?:for|until))\\s+${THAT}${KEYS}`,
    'gi',
  ),
  new RegExp(`\\b(?:blocked|gated|held up)\\s+(?:by|on)\\s+${THAT}${KEYS}`, 'gi'),
  new RegExp(
    `\\b(?:depends?|dependent|depending|relies|builds?|based|contingent|sits|stacked)\\s+(?:up)?on(?:\\s+top\\s+of)?\\s+${THAT}${KEYS}`,
    'gi',
  ),
  new RegExp(`\\b(?:on top of|behind|requires|prerequisites?:?|deps?:|depends_on:?)\\s+${THAT}${KEYS}`, 'gi'),
  new RegExp(`\\bneeds\\s+${THAT}${KEYS}(?:\\s+(?:first|merged|done|to|in)\\b|[\\s.,!)]*$)`, 'gi'),
  new RegExp(
    `${KEYS}\\s+(?:first|has to (?:be |land|go)|have to (?:be |land|go)|must (?:be |land|go)|comes first|goes first)`,
    'gi',
  ),
];
const CONDITION = new RegExp(
  `[\\s,;(–-]*\\b(?:but |only |right |and then )?(?:after|once|when|as soon as|until|if|blocked (?:by|on)|depends on|not before|wait(?:s|ing)? (?:for|on|until)|needs)\\s+${THAT}${KEYS}(?:\\s+(?:is|are|has|have|gets?|been|lands?|ships?|landed|merged|done|in|through|finished|closed|complete|on|main|live|goes|out|first))*\\)?`,
  'gi',
);

/** Keys of the tasks that have to be done first, as they are written but for their case. */
export function dependenciesIn(text: string): string[] {
  const keys = WAITS.flatMap((pattern) => [...text.matchAll(pattern)])
    .flatMap((match) => match[1]?.match(new RegExp(KEY, 'gi')) ?? [])
    .map((key) => key.toUpperCase());
  return [...new Set(keys)];
}

const COMPARED = new RegExp(`\\b(?:like|as|unlike|similar to|than)(?: \\w+){0,3} ${KEY}\\b`, 'gi');

/** Keys of the tasks that it speaks of; one that something is only compared with is none of them. */
export const keysIn = (text: string): string[] => {
  const named = text.replace(COMPARED, ' ').match(new RegExp(`\\b${KEY}\\b`, 'gi')) ?? [];
  return [...new Set(named.map((key) => key.toUpperCase()))];
};

/** A text without the condition that names another task. */
export const withoutDependencies = (text: string): string => text.replace(CONDITION, ' ').trim();
