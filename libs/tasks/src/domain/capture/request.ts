import type { Judgement } from './judgement.js';
import { isAlsoNoun, isParticiple, isWorkVerb, verbOfGerund } from './verbs.js';

const ADVERBS =
  '(?:please |pls |maybe |also |perhaps |possibly |quickly |just |really |definitely |still |probably |urgently |then |first |go ahead and |try to |try and |take a moment to |start to |help (?:me |us )?(?:to )?)*';
const SOMEBODY =
  "(?:you(?: guys| all)?|someone(?: else)?|somebody|anyone|anybody|one of (?:you|us)|we|y'all|@[\\w-]+|the team)";

const form = (pattern: string): RegExp => new RegExp(`^${pattern}${ADVERBS}(\\S.*)$`, 'i');

interface Form {
  readonly words: RegExp;
  readonly confidence: number;
  /** What follows is a verb in this form; a thing for `noun`. */
  readonly then: 'verb' | 'gerund' | 'noun';
  /** Also when put as a question. */
  readonly asked?: boolean;
}

/** The ways in which people ask, the plainest first. */
const FORMS: readonly Form[] = [
  { words: form(`(?:can|could|would|will) ${SOMEBODY} `), then: 'verb', confidence: 0.9, asked: true },
  { words: form('(?:would|do) you mind '), then: 'gerund', confidence: 0.9, asked: true },
  {
    words: form(
      "(?:(?:someone|somebody|anyone) (?:please|pls)|would it be possible(?: for (?:you|us|someone))? to|do you think (?:you|we|someone) (?:can|could)|any chance (?:you|we|someone) (?:can|could)|is it possible(?: for (?:you|us|someone))? to|are you able to|any volunteers to|who (?:can|could|wants to|would like to)|why don'?t (?:we|you)|shall we|may i ask you to) ",
    ),
    then: 'verb',
    confidence: 0.8,
    asked: true,
  },
  { words: form('(?:how|what) about '), then: 'gerund', confidence: 0.65, asked: true },
  {
    words: form(
      "(?:i|we)(?:'d| would)? (?:need|want|like|love|ask)(?: for)? (?:you|someone|somebody|@[\\w-]+|us|one of you) to ",
    ),
    then: 'verb',
    confidence: 0.9,
  },
  {
    words: form(
      `${SOMEBODY}(?:'ve| have)? (?:really |also |still |urgently |definitely )?(?:needs? to|have to|has to|must|gotta|got to|ought to|will have to|will need to) `,
    ),
    then: 'verb',
    confidence: 0.85,
  },
  {
    words: form(
      `${SOMEBODY} (?:really |also |still |definitely |probably )?(?:should|had better|might want to) `,
    ),
    then: 'verb',
    confidence: 0.75,
  },
  { words: form(`${SOMEBODY} (?:could|might|can) `), then: 'verb', confidence: 0.55 },
  { words: form("(?:let's|lets|let’s|let us) "), then: 'verb', confidence: 0.8 },
  {
    words: form(
      "(?:need to|needs to|has to|have to|must|should|remember to|make sure to|be sure to|time to|still need to|don'?t forget to) ",
    ),
    then: 'verb',
    confidence: 0.75,
  },
  {
    words: form("(?:i'd|i would|we'd|we would) (?:like|love) to (?:see|have) "),
    then: 'noun',
    confidence: 0.7,
  },
  {
    words: form(
      "(?:i|we)(?:'d like| would like| need| want| really need| also need| still need) (?=(?:an?|some|more|better|another|support|proper|the ability) )",
    ),
    then: 'noun',
    confidence: 0.7,
  },
  { words: form('there (?:should|must|needs to|has to|ought to) be '), then: 'noun', confidence: 0.7 },
  {
    words: form(
      "(?:it(?:'d| would) be|would be) (?:\\w+ )?(?:nice|great|good|cool|useful|helpful|better|awesome|lovely) to (?:be able to |have )?",
    ),
    then: 'noun',
    confidence: 0.6,
    asked: true,
  },
  {
    words: form(
      "(?:it(?:'d| would) be|would be) (?:\\w+ )?(?:nice|great|good|cool|useful|helpful|better|awesome|lovely) if (?:we|you|someone|it|the \\w+|users) (?:could|would|had|can) ",
    ),
    then: 'noun',
    confidence: 0.6,
    asked: true,
  },
];

/** What a thing is said to need, or what it should do. */
const THING_NEEDS =
  /^((?:the|a|an|our|your|my|this|that|all|every|each|some|`[^`]+`|[\w./@*-]+)(?: [\w./@'’*-]+){0,6}?) (?:really |also |still |definitely |badly )?(?:needs?|requires?) (to be |to |an? |some |more |better |proper )?([\w-]+)(.*)$/i;
const THING_SHOULD =
  /^((?:the|a|an|our|all|every|each|this|users?|`[^`]+`|[A-Z][\w-]*)(?: [\w./@'’`*-]+){0,6}?) (?:should(?:n'?t| not)?|must(?:n'?t| not)?|has to|have to|ought to) (be |not |only |also |always |never )?([\w-]+) ?(.*)$/;
const SETTLED =
  /^(?:done|fine|ok|okay|good|ready|working|there|back|merged|fixed|up|enough|easy|trivial|fun|interesting|live|available|green|finished|happy|aware|careful|able|safe|possible|here|out|online|deployed|resolved)$/i;
const PERSON = /^(?:i|we|you|they|he|she|it|that|this|there|what|who|which)$/i;

/** A finite verb soon after: the first word was a noun, as in `Test failures are up`. */
const FINITE =
  /^(?:is|are|was|were|isn't|aren't|has|have|had|looks?|seems?|feels?|went|goes|fails?|failed|pass(?:es|ed)?|broke|breaks|works?|worked|succeeded|completed|finished|done|ready|green|red|ok|okay|good|great|complete|got|will|would|should|can|could|did|does|took|takes|needs?|up|out|in|again|passed)$/i;
const DETERMINER =
  /^(?:the|a|an|all|our|your|my|this|that|these|those|some|any|every|each|its|their|no|more|missing|`.*|['"“].*|.*[/].*)$/i;
/** Asks for an answer or for attention, not for work. */
const SMALL_ASK =
  /^(?:(?:send|show|give|tell|mark|bring|write|set|find|report|return|make|save) (?:me|us|him|her|them)\b(?! (?:a|an) (?:script|test|tool|page|parser)\b)|add (?:me|us|him|her|them)\b|(?:give|make|write|turn|set|mark) (?:it|my)\b(?! (?:possible|configurable|work|easier|faster|clear))|check (?:this|it|that|out)\b|look(?! (?:into|at|for|through|over|up)\b)|look at (?:this|that|it)[.!]?$|(?:run|set|use|turn|find|show|check|look|make|return|report|move|bring|finish|write|use) (?:out|off|on|up|in|it|sense|do|progress|sure)?[.!?]*$)/i;

/** The request that a sentence consists of, if it is one; greetings are taken off before. */
export function requestIn(text: string): Judgement | null {
  const question = /\?\s*$/.test(text);
  for (const { words, then, confidence, asked } of FORMS) {
    if (question && !asked && !/^(?:can|could)/i.test(text)) continue;
    const rest = words.exec(text)?.[1];
    if (rest === undefined) continue;
    const title =
      then === 'noun' ? thingWanted(rest) : then === 'verb' ? verbPhrase(rest) : gerundPhrase(rest);
    if (title) return { title, confidence };
  }
  if (question) return null;
  return imperativeIn(text) ?? needIn(text);
}

/** Verbs of work in several words. */
const PHRASE =
  /^(?:get rid of|take care of|set up|roll back|back up|clean up|tidy up|speed up|wire up|hook up|spin up|(?:take|have) (?:a|another) (?:\w+ )?(?:look|stab|crack|shot|pass) at) (?!(?:it|this|that|them)\b)\S/i;

function verbPhrase(text: string): string | null {
  if (PHRASE.test(text)) return text;
  const [verb = '', ...others] = text.split(/\s+/);
  if (!isWorkVerb(plain(verb)) || others.length === 0 || SMALL_ASK.test(text)) return null;
  return text;
}

function gerundPhrase(text: string): string | null {
  const [gerund = '', ...others] = text.split(/\s+/);
  const verb = verbOfGerund(gerund);
  return verb && others.length > 0 ? [verb, ...others].join(' ') : null;
}

function thingWanted(text: string): string | null {
  const [first = '', second = ''] = text.split(/\s+/);
  if (isWorkVerb(first) && second !== '' && !isAlsoNoun(first)) return text;
  if (/^(?:see|have) /i.test(text)) return thingWanted(text.replace(/^\w+ /, ''));
  if (
    /^(?:a |an )?(?:break|drink|coffee|beer|minute|moment|meeting|hand|talk|chat|holiday|vacation|second|favou?r)\b/i.test(
      text,
    )
  )
    return null;
  if (text.split(/\s+/).length < 2) return null;
  return isWorkVerb(first) ? text : `Add ${text}`;
}

const plain = (word: string): string => word.replace(/[.,:;!?]+$/, '');

/** An imperative: a verb of work in front, and what it is done to. */
function imperativeIn(text: string): Judgement | null {
  const words = text.split(/\s+/);
  const [verb = '', next = ''] = words;
  if (PHRASE.test(text)) return { title: text, confidence: 0.8 };
  if (/[:,]$/.test(verb) || verbPhrase(text) === null) return null;
  if (isAlsoNoun(verb) && isNounHere(words)) return null;
  return { title: text, confidence: DETERMINER.test(next) || !isAlsoNoun(verb) ? 0.85 : 0.7 };
}

function isNounHere([, next = '', ...others]: string[]): boolean {
  if (FINITE.test(plain(next))) return true;
  if (DETERMINER.test(next)) return false;
  return others.slice(0, 3).some((word) => FINITE.test(plain(word)) && !/^(?:in|up|out|needs?)$/i.test(word));
}

/** `The parser needs to handle tabs`, `the docs need updating`, `the page should show an error`. */
function needIn(text: string): Judgement | null {
  const [, needer = '', how = '', what = '', more = ''] = THING_NEEDS.exec(text) ?? [];
  if (needer !== '' && !PERSON.test(needer) && isNeed(how.trim().toLowerCase(), what, more))
    return { title: text, confidence: 0.7 };
  const [, subject = '', manner = '', verb = '', rest = ''] = THING_SHOULD.exec(text) ?? [];
  if (subject === '' || PERSON.test(subject) || SETTLED.test(verb)) return null;
  const passive = /^be$/i.test(manner.trim());
  const asks = passive ? isParticiple(verb) || rest !== '' : isWorkVerb(verb) || rest !== '';
  return asks && !/^(?:have|be|take|work|do|be|get|come|go|arrive|land|help|know|suffice)$/i.test(verb)
    ? { title: text, confidence: 0.65 }
    : null;
}

function isNeed(how: string, what: string, more: string): boolean {
  if (how === 'to be') return isParticiple(what) && !SETTLED.test(what);
  if (how === 'to') return isWorkVerb(what) && more.trim() !== '';
  if (how !== '') return !/^(?:lot|bit|minute|moment|while|break|time|coffee|few)$/i.test(what);
  return (
    verbOfGerund(what) !== undefined ||
    /^(?:work|attention|love|tests?|docs|documentation|validation|cleanup|polish)$/i.test(what)
  );
}
