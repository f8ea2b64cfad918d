import { clausesOf } from './clauses.js';
import type { Heard } from './found.js';
import { isCancelled, isClosed, isDreamy, isElsewhere, isInHand, isOwnTalk } from './guards.js';
import { takeHandles } from './handles.js';
import { takeLeadIn } from './lead-in.js';
import { needIn } from './needs.js';
import { withoutPriority } from './priority-words.js';
import { requestIn } from './requests.js';
import { likelihood } from './second-opinion.js';
import { verbPhrase } from './verb-phrase.js';
import { baseOfThird, gerundOf, isWorkVerb, verbOfGerund, verbOfParticiple } from './verbs.js';

/** From here on a sentence that no rule knows is taken to ask for something. */
const LIKELY = 0.66;
/** Below, what a weak rule heard is not believed. */
const UNLIKELY = 0.12;
/** Enough where somebody is asked to see to it. */
const POINTED_AT = 0.25;
const CONFIDENCE = 0.6;
const SURE = 0.76;

/** The likeliest of the sentences that no rule has heard anything in, if it is likely enough. */
export function likelyIn(sentences: readonly string[], pointed?: readonly string[]): Heard[] {
  const least = pointed === undefined ? LIKELY : POINTED_AT;
  const [best] = sentences
    .filter((sentence) => !isOut(sentence))
    .map((sentence) => ({ sentence, chance: likelihood(sentence) }))
    .filter(({ chance }) => chance >= least)
    .sort((one, other) => other.chance - one.chance);
  if (best === undefined) return [];
  const { rest, asked } = takeHandles(best.sentence);
  const title = likelyTitle(rest);
  return title === null
    ? []
    : [
        {
          title,
          source: best.sentence,
          handles: [...new Set([...asked, ...(pointed ?? [])])],
          confidence: pointed === undefined ? CONFIDENCE : SURE,
          priority: null,
          followsUp: false,
        },
      ];
}

/** Said to be one in so many words. */
const ANNOUNCED =
  /^\W*(?:bug|issue|problem|defect|regression|broken|error|todo|to-do|task|feature)\b[^:]{0,12}[:–-]/i;

/** True for what a weak rule heard where hardly anybody asks for anything. */
export const isDoubted = ({ confidence, source }: { confidence: number; source: string }): boolean =>
  confidence < SURE && !ANNOUNCED.test(source) && source.includes(' ') && likelihood(source) < UNLIKELY;

/** Talk around the work, how things are meant to be, and what was tried. */
const OUT =
  /^(?:props|kudos|thanks|congrats|shout-?out|we (?:could|might|can)\b|i (?:could|might)\b|no[,.]|not |(?:still )?(?:reading|working|looking|thinking|trying)\b|\[|the (?:reason|message|log|comment|ticket)\b)|\bmight\b|\btake T-\d+|\b(?:gave up|on purpose|by design|as designed|works as|limitation|expected|intended|ignore|can wait|is fine|no longer|not any ?more|is closed|only for the|that's in|merge when|before you|then gives up|whatever that means|yeah right|code review|my branch|i'll|i will|going to|gonna|next (?:week|month|quarter|year)|in q[1-4])\b|^["“>]|^(?:@[\w-]+ )?(?:will|is|has|was|said|wrote|did)\b/i;

function isOut(sentence: string): boolean {
  const { rest, empty } = takeLeadIn(takeHandles(sentence).rest);
  return (
    empty ||
    rest.split(/\s+/).length < 3 ||
    isClosed(rest) ||
    isCancelled(rest) ||
    isOwnTalk(rest) ||
    isInHand(sentence) ||
    isElsewhere(sentence) ||
    isDreamy(sentence) ||
    OUT.test(sentence) ||
    ASKS_TO_KNOW.test(rest) ||
    (LONG_AGO.test(rest) && !NOW.test(rest))
  );
}

const ASKS_TO_KNOW =
  /^(?:so |wait,? |but |and )?(?:what|who|whom|whose|which|when|where|why|how|do|does|did|is|are|am|was|were|has|have|had|should|any (?:thoughts|news|idea|ideas|plans?|opinions?)|may|isn't|aren't|would|could this|can i)\b.*\?$/i;
const LONG_AGO =
  /\b(?:was|were|had|did|used to|spent|turned out|confirmed|last (?:week|month|year|sprint)|yesterday|back then|before the \w+)\b/i;
const NOW = /\b(?:still|since|now|again|keeps?|is|are|does|doesn't|can't|please|should|needs?|must)\b/i;

const SETTING =
  /^(?:when|whenever|if|after|once|since|on|in|at|for|with|while|until|by|as|to|before|during)\b/i;
const SUBJECT_MUST =
  /^(.{2,70}?) (?:(?:also|really|still|only|always) )*(?:can|could|should|must|may|needs? to|has to|have to|ought to)(?: also| really| now| please| only| always| be able to)* (\S+)(.*)$/i;
const TO_DO =
  /\b(?:to|can|could|should|must|please|pls|we|you) ([a-z-]+) ((?:the|an?|our|all|every|its|some|more|\S*[`"/]).*)$/i;

/** What a sentence of no known form asks for, as an imperative. */
export function likelyTitle(said: string): string | null {
  const { rest } = takeLeadIn(withoutPriority(said) || said);
  const clauses = clausesOf(rest.replace(/[\s.!?]+$/, '')).map(({ text }) => takeLeadIn(text).rest || text);
  if (clauses.length === 0) return null;
  for (const clause of clauses) {
    const asked = requestIn(clause) ?? needIn(clause);
    if (asked && asked.vague !== true) return asked.title;
  }
  const main = clauses.filter((clause) => !SETTING.test(clause) && clause.split(/\s+/).length > 1);
  const setting = clauses.length > 1 && SETTING.test(clauses[0] ?? '') ? ` ${clauses[0] ?? ''}` : '';
  const ranked = (main.length > 0 ? main : clauses)
    .map((clause) => ({ clause, chance: likelihood(clause) }))
    .sort((one, other) => other.chance - one.chance);
  const clause = ranked[0]?.clause ?? '';
  return doneIn(clause) ?? `${nounIn(clause) ? 'Add' : 'Fix'} ${failing(clause)}${setting}`;
}

function doneIn(clause: string): string | null {
  const [, subject = '', verb = '', rest = ''] = SUBJECT_MUST.exec(clause) ?? [];
  if (subject !== '' && !/^(?:i|you|we|they|someone|anyone|who\w*|users?)\b/i.test(subject)) {
    const [participle = '', ...tail] = rest.trim().split(/\s+/);
    if (/^be$/i.test(verb)) {
      const base = verbOfParticiple(participle);
      return base === undefined ? `Make ${subject}${rest}` : [base, subject, ...tail].join(' ');
    }
    return `Make ${subject} ${verb}${rest}`;
  }
  const [, deed = '', object = ''] = TO_DO.exec(clause) ?? [];
  if (isWorkVerb(deed)) return verbPhrase(`${deed} ${object}`, true)?.text ?? null;
  const doing = /\b([a-z]+ing) ((?:the|an?|our|all|every|its) .*)$/i.exec(clause);
  const base = doing === null ? undefined : verbOfGerund(doing[1] ?? '');
  return base !== undefined && isWorkVerb(base) ? `${base} ${doing?.[2] ?? ''}` : null;
}

const FINITE =
  /\b(?:is|are|was|were|has|have|had|does|do|did|can|can't|cannot|could|will|would|should|must|isn't|aren't|doesn't|don't|didn't|won't|\w+[^s]s|\w+ed|went|got|goes|broke|broken|wrong|missing|slow|error|bug|typo|crash|[45]\d\d)\b/i;
/** A thing is named, and nothing told of it. */
const nounIn = (clause: string): boolean =>
  !FINITE.test(clause.split(/\b(?:for|of|in|on|to|that|which|with)\b/i)[0] ?? '');

/** `the map covers the logo` → `the map covering the logo`. */
function failing(clause: string): string {
  const words = clause
    .replace(
      /^(?:no|missing|there(?:'s| is| are)(?: still)?(?: no| an?)?|(?:i|we) (?:see|found|got|get|have|noticed)|still|seeing|getting|got|sometimes|got this) /i,
      '',
    )
    .split(/\s+/);
  for (let at = 1; at < Math.min(8, words.length - 1); at += 1) {
    const word = (words[at] ?? '').toLowerCase();
    const base = baseOfThird(word);
    if (
      base !== word &&
      isWorkVerb(base) &&
      !/^(?:the|an?|our|of|for|in|on|to|and)$/i.test(words[at - 1] ?? '')
    )
      return [...words.slice(0, at), gerundOf(base), ...words.slice(at + 1)].join(' ');
  }
  return words.join(' ');
}
