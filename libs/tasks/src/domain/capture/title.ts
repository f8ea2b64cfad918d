import { LIMITS } from '@clawtank/contracts';
import { withoutDeadline } from './deadline.js';
import { withoutDependencies } from './dependencies.js';
import { pathsIn } from './named-paths.js';
import { withoutPriority } from './priority-words.js';

const POLITE_END =
  /[\s,;–(-]*\b(?:please|pls|plz|plss|thanks(?: a lot| in advance| so much)?|thank you|thx|ty|ok|okay|for me|for us|(?<!= )(?:if (?:possible|you can|that'?s ok|you like|not too hard|needed|time permitting))|as well|too|also|again please|or something(?: like that)?|or so|somehow|though|tho|right\?|maybe|i guess|i think|imo|instead please|while you'?re at it|when (?:done|it'?s out|it is out|ready|possible)|somewhere|lol|haha|yeah|alright|next|then|now|first|asap|pretty annoying|kind of annoying|super annoying|annoying|in the meantime|afterwards|later)\b[\s)]*[\s.!?,]*$/i;
const POLITE_START =
  /^(?:(?:please|pls|plz|kindly|just|also|simply|maybe|quickly|go ahead and|try to|try and|then|now|finally|actually|take a moment to|help (?:me |us )?(?:to )?) )+/i;
const REASON =
  /\s+(?:because|since (?:it|we|they|the|i|this|that|people|users?|customers?)\b|cause|cuz|so (?:i|we|people|users?|they|you|customers?|nobody|everyone|everybody) (?:can|could|don'?t|know|won'?t|see|get|have)\b|in case|otherwise|which (?:is|would|will)|even though|as (?:it|we|they|this|that)(?:'s| is| are)\b|thus|as discussed|like (?:we|you|i) (?:discussed|said|did|talked)|whenever (?:you|someone|anyone)|when (?:you|someone|anyone)(?:'re| are| have| has| get| gets)\b|if (?:you|someone|anyone)(?:'re| are| have| has| get| gets)\b).*$/i;
const SEE =
  /[\s,;–-]*\(?\b(?:see\b|cf\b\.?|ref(?:erence)?\b:?|details? (?:in|at|here)|link:|https?:\/\/)\s*\S*.*$/i;
const BRACKETED = /\s*\(([^()]*)\)/g;
const DECORATION = /[\p{Extended_Pictographic}\u200d\ufe0f]|(?<=\s|^)[:;]-?[)(DPp](?=\s|$)/gu;

/** A title of what was asked: one line, without politeness, urgency, day and condition, with a capital letter. */
export function titleOf(text: string): string {
  const oneLine = text.replace(DECORATION, ' ').replace(/\s+/g, ' ').trim();
  const plain = stripped(oneLine);
  const lowered = plain.replace(
    /(?<=\S )(?:The|An?|Our|Your|All|Every|Each|This|These|Some|My)(?= [a-z])/g,
    (article) => article.toLowerCase(),
  );
  const title = plain === '' ? oneLine : lowered;
  return shortened(title.charAt(0).toUpperCase() + title.slice(1));
}

/** A title that a person gave with a command, only tidied. */
export function givenTitle(text: string): string {
  const oneLine = text.replace(/\s+/g, ' ').trim();
  const bare = ends(oneLine).replace(BRACKETED, (whole, inside: string) =>
    pathsIn(inside).length > 0 ? ' ' : whole,
  );
  const title = bare.trim() === '' ? oneLine : bare.replace(/[\s.!;,]+$/, '').trim();
  return shortened(title.charAt(0).toUpperCase() + title.slice(1));
}

function stripped(oneLine: string): string {
  let rest = oneLine.replace(BRACKETED, (whole, inside: string) =>
    inside.trim().split(/\s+/).length > 3 ||
    pathsIn(inside).length > 0 ||
    withoutPriority(` ${inside}`) === '' ||
    /https?:/.test(inside)
      ? ' '
      : whole,
  );
  rest = rest.replace(SEE, (whole) =>
    /^\W*see\b(?! ?(?:https?:|`|\S*[/.]\S|#|the (?:docs|thread|log|ticket|issue)|T-|attached|above|below|also))/i.test(
      whole,
    )
      ? whole
      : '',
  );
  rest = withoutDependencies(ends(rest)).replace(REASON, '');
  rest = ends(rest)
    .replace(POLITE_START, '')
    .replace(/^get rid of /i, 'Remove ')
    .replace(
      /^Fix (?:(?:found |there(?:'s| is) )?an? )?(?:bug|issue|problem|error|broken)(?: report)?[:,] (?=\S+ \S)/i,
      'Fix ',
    );
  return withoutPlace(rest)
    .replace(/[\s.!?;:,–-]+$/, '')
    .replace(/^["“'](.*)["”']$/, '$1')
    .replace(/\s{2,}/g, ' ')
    .trim();
}

/** Takes off what may stand at the end in any order. */
function ends(text: string): string {
  let rest = text;
  for (let turn = 0; turn < 6; turn += 1) {
    const bare = rest.replace(/[\s.!?,;–-]+$/, '');
    const shorter = withoutDeadline(withoutPriority(bare)).replace(POLITE_END, '').trim();
    if (shorter === rest || shorter === '') break;
    rest = shorter;
  }
  return rest;
}

/** `… in src/a.ts`: the place is kept with the paths, when enough is left without it. */
function withoutPlace(text: string): string {
  const without = text.replace(
    /[\s,]+(?:in|at|under|inside|of file|file)\s+`?([\w.@*?[\]{}()+/-]+)`?(?=$|[\s,.;:])/g,
    (whole, path: string) => (pathsIn(path).length > 0 ? '' : whole),
  );
  return without.trim().split(/\s+/).length >= 5 ? without : text;
}

function shortened(title: string): string {
  const chars = [...title];
  return chars.length <= LIMITS.TITLE_CHARS
    ? title
    : `${chars
        .slice(0, LIMITS.TITLE_CHARS - 1)
        .join('')
        .trimEnd()}…`;
}
