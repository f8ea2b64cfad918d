import { takeHandles } from './handles.js';
import { takeLeadIn } from './lead-in.js';
import { sentencesOf } from './sentences.js';
import { gerundPhrase, verbPhrase } from './verb-phrase.js';
import { thingWanted } from './wanted.js';

/** Says yes in so many words that something is to be done. */
const FIRM =
  /^(?:(?:yes|yep|yeah|yup|sure|ok(?:ay)?|absolutely|definitely|agreed|sounds good|good idea|great idea|nice idea|love it|perfect|makes sense|right|cool|\+1|👍|i agree|of course|by all means|great|fine)[\s,.!–-]*)*(?:please(?: do| go ahead)?|(?:please )?(?:do|make) (?:it|that|so|this|both)|do that|go ahead|go for it|let'?s do (?:it|that|this|both)|let'?s (?:go|have (?:it|that)|add (?:it|that|one|them))|yes do|make it so|(?:please )?add (?:it|that|one|them)|please add (?:it|one|them)|we should|you should|i'?d like that|that would be (?:great|nice|good|awesome|helpful|perfect)|would be (?:great|nice|awesome)|do it|by all means|proceed|green light)\b/i;
/** Says yes; enough for an answer to somebody who offers to do it. */
const PLAIN =
  /^(?:yes|yep|yeah|yup|sure|absolutely|definitely|of course|ok(?:ay)?|please|aye|si|ja|correct|both)(?: (?:please|thanks|thx|sure|do|absolutely|definitely))*[\s,.!]*$/i;
const REFUSES = /\b(?:no|not|don'?t|nope|later|wait|but first|hold)\b/i;

const PROPOSALS: readonly (readonly [RegExp, 'verb' | 'noun' | 'gerund', boolean])[] = [
  [
    /^(?:shall|should|could|can|may) (?:i|we|someone|somebody) (?:also |maybe |just |perhaps )*(.+)\?$/i,
    'verb',
    true,
  ],
  [
    /^(?:do you |would you (?:like|want) |you )?(?:want|like) (?:me|us) to (?:also |maybe )*(.+)\?$/i,
    'verb',
    true,
  ],
  [
    /^(?:do|would|did|don'?t) (?:we|you|you all|you guys|people) (?:also |still |really |even )*(?:want|need|like)(?: to (?:have|get|see))? (?:an? )?(.+)\?$/i,
    'noun',
    true,
  ],
  [/^(?:how|what) about (?:we |also )*(.+)\?$/i, 'gerund', false],
  [/^(?:why don'?t we|why not) (.+)\?$/i, 'verb', false],
  [
    /^(?:i|we|you|someone) (?:could|can|might|should)(?: also| maybe| just| always| probably)* (.+)$/i,
    'verb',
    false,
  ],
  [/^(?:i would|i'd) (?:suggest|propose|recommend)(?: that we| we| to)? (.+)$/i, 'verb', false],
  [
    /^(?:i suggest|i propose|proposal:?|suggestion:?|idea:?|my suggestion:?)(?: that)?(?: we| to)? (.+)$/i,
    'verb',
    false,
  ],
  [/^(?:maybe|perhaps) (?:we (?:should|could) )?(.+)$/i, 'verb', false],
];

/** The task of the message before that a message says yes to; null when it accepts none. */
export function accepted(text: string, context: string): { title: string; detail: string } | null {
  const firm = FIRM.exec(text.trim());
  const plain = PLAIN.test(text.trim());
  if (!firm && !plain) return null;
  if (REFUSES.test(text.slice(0, 60).replace(/no (?:objections?|problem)/gi, ''))) return null;
  for (const sentence of context.split('\n').flatMap(sentencesOf).reverse()) {
    const title = proposalIn(sentence, plain && !firm);
    if (title !== null)
      return { title, detail: detailOf(text.trim().slice(firm?.[0].length ?? text.length)) };
  }
  return null;
}

function proposalIn(sentence: string, onlyOffers: boolean): string | null {
  const bare = takeLeadIn(takeHandles(sentence).rest).rest;
  const said = /^(?:maybe|perhaps|should|shall)/i.test(sentence) ? sentence : bare;
  for (const [words, then, offers] of PROPOSALS) {
    if (onlyOffers && !offers) continue;
    const rest = words.exec(said)?.[1]?.replace(/[.!?]+$/, '');
    if (rest === undefined) continue;
    if (then === 'noun')
      return rest.startsWith('to ') ? (verbPhrase(rest.slice(3), true)?.text ?? null) : thingWanted(rest);
    const phrase =
      then === 'gerund'
        ? (gerundPhrase(rest, true) ?? verbPhrase(rest, false))
        : (verbPhrase(rest, true) ?? gerundPhrase(rest, true));
    if (phrase && !phrase.vague)
      return phrase.text.replace(/,? (?:or|and) (?:not|is|should|do|what|leave)\b.*$/i, '');
  }
  return null;
}

/** `the happy paths are enough` → `the happy paths`. */
function detailOf(rest: string): string {
  const match =
    /^[\s,.!–-]*(?:just |only |but only )?((?:the )?[\w -]{3,40}?) (?:is|are|would be|will be) (?:enough|fine|plenty|sufficient|all we need)/i.exec(
      rest,
    );
  return match?.[1] ?? '';
}
