import { bugIn } from './bug-report.js';
import { takeHandles } from './handles.js';
import { takeLeadIn } from './lead-in.js';
import { requestIn } from './requests.js';
import { sentencesOf } from './sentences.js';
import { titleOf } from './title.js';

const OPENING =
  /^(?:(?:(?:done|finished|update|status|ok|fyi|shipped|fixed|merged|ready)\s*[:!,.–-]+\s*)|(?:T-\d+ (?:is |was |has been )?(?:now )?(?:done|submitted|ready|merged|in|up|complete|completed|finished|live|on \w+|approved|accepted|claimed)[:,.]?(?: for review)?:?\s*)|(?:PR #?\d+(?: is)? \w+:?\s*))+/i;
const I_DID =
  /^(?:i(?:'ve| have)?|we(?:'ve| have)?)?(?: just| now| also| finally)* ?(?:added|adding|finished|implemented|built|made|written|wrote|pushed|merged|deployed|shipped|created|set up|completed|refactored|rewrote|rewritten|fixed|updated|moved|changed|opened|released|submitted|done with|replaced|renamed|migrated|redesigned|improved|introduced|landed|removed|converted|extended)\s+/i;
const PREDICATE =
  /\s+(?:is|are|was|were|has|have|had|can|could|will|should|now|does|do|works?|accepts?|supports?|shows?|uses?|runs?|looks?|takes?|returns?|needs?|just|got|went|goes|landed|lives?|sends?|lists?|renders?|handles?|passes|pass|fails?|crashes|breaks|doesn'?t|don'?t|isn'?t|aren'?t|lets?)\b.*$/i;
const TAIL_OF_TOPIC =
  /(?:[,;:.!?]|\s+(?:so|because|but|that|which|and now|in (?:main|staging|production)|on (?:main|staging)|for you|with)\s).*$/i;
const PRONOUN = /\b(?:it|this|that|them|these|those|that one|this one|those ones|the same(?: thing)?)\b/i;
const POSSESSIVE = /\b(?:its|his|their)\b(?= \w)/i;

/** What a text is about, as a noun phrase: `the search endpoint` of `I've finished the search endpoint`. */
export function topicOf(text: string): string {
  const sentence = sentencesOf(text.split('\n').find((line) => line.trim() !== '') ?? '')[0] ?? '';
  const said = takeLeadIn(takeHandles(sentence).rest).rest.replace(OPENING, '');
  const asked = requestIn(said);
  if (asked && !asked.vague) return objectOf(asked.title);
  const done = said.replace(I_DID, '');
  if (done !== said)
    return short(
      done.replace(/^(?:the )?(?:fix|change|patch|pr|work) (?:for|to|on) /i, '').replace(TAIL_OF_TOPIC, ''),
    );
  const found = bugIn(said);
  if (found && !/\s(?:is|are|can|has)\s/.test(said)) return short(said.replace(PREDICATE, ''));
  return short(said.replace(PREDICATE, '').replace(TAIL_OF_TOPIC, ''));
}

/** `Add a date filter to the orders list` → `a date filter to the orders list`. */
function objectOf(title: string): string {
  const bare = titleOf(title).replace(
    /^(?:set up|clean up|get rid of|look into|take care of|pick up|write down|take over|roll back|\w+)\s+/i,
    '',
  );
  return short(bare);
}

const short = (text: string): string =>
  text
    .replace(/[\s.,;:!?]+$/, '')
    .trim()
    .split(/\s+/)
    .slice(0, 9)
    .join(' ');

/** Puts what was meant in the place of the word that points at it. */
export function resolved(phrase: string, topic: string): string {
  if (topic === '' || topic.split(/\s+/).length > 9) return phrase;
  const owned = phrase.replace(POSSESSIVE, () => `${topic}'s`);
  const next = owned.replace(PRONOUN, (pointer, at: number) =>
    isConjunction(owned, at, pointer) ? pointer : topic,
  );
  if (next !== phrase) return next;
  return phrase;
}

/** `so that it …`, `a job that runs`: `that` points at nothing before. */
function isConjunction(text: string, at: number, pointer: string): boolean {
  const after = text.slice(at + pointer.length).trim();
  const before = text.slice(0, at).trim();
  if (/^(?:this|that|these|those)$/i.test(pointer)) {
    if (/\bso$/i.test(before)) return true;
    return (
      after !== '' &&
      !/^(?:to|in|on|up|out|down|back|into|for|from|with|behind|by|at|off|please|first|too|as|again|instead|properly|work|and|when|until|once|before|after|so|then|one|on)\b/i.test(
        after,
      )
    );
  }
  return false;
}

export const pointsBack = (phrase: string): boolean => {
  const match = PRONOUN.exec(phrase);
  return (match !== null && !isConjunction(phrase, match.index, match[0])) || POSSESSIVE.test(phrase);
};

/** Whether a message may speak of the one before: only then it has to be fetched. */
export const mayPointBack = (text: string): boolean =>
  PRONOUN.test(text) ||
  /\b(?:its|there|one|ones|same|also|too|yes|yep|yeah|sure|go|ok|okay|should|must|needs|still|and|please|but|instead|again)\b/i.test(
    text,
  );
