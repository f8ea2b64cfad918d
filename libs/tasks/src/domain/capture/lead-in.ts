import { isWorkVerb } from './verbs.js';

/** Words before the point of a sentence; they say nothing about whether it asks for something. */
const FILLER =
  /^(?:hey|hi|hello|hiya|yo|ok|okay|alright|so|and|but|also|btw|by the way|fyi|actually|basically|honestly|ideally|maybe|perhaps|probably|additionally|anyway|meanwhile|however|thanks|thank you|thx|lgtm|sorry|imo|imho|i think(?: that)?|i guess|i believe|i feel like|i suppose|i'd say|as (?:discussed|mentioned|said|agreed)|to be clear|one more thing|another thing|please|pls|plz|kindly|just|same here|yes|yeah|yep|good point|agreed|oh|ah|hmm+|argh|ugh)\b(?![-'’])[\s,:;!.–-]*/i;
/** These may as well be the subject: they count before a comma, or before something that asks. */
const LOOSE_FILLER =
  /^(?:right|well|then|next|now|first|firstly|second|secondly|third|finally|lastly|great|nice|cool|perfect|awesome|sure|plus|team|all|everyone|everybody|folks|guys)\b(?![-'’])(?:[,:;!.–]\s*|\s+(?=(\S+)))/i;
const URGENCY =
  /^(?:(?:very |super )?(?:urgent|asap|important|critical|high prio(?:rity)?|low prio(?:rity)?|p[0-4]|hot ?fix|reminder|request|note|question|idea|suggestion|proposal))\s*[:!–-]+\s*/i;
const ASKING = /^(?:please|pls|can|could|would|let|let's|lets|we|you|i|someone|somebody)$/i;
const DOUBT = /^(?:maybe|perhaps|probably|i guess|i suppose|possibly)\b/i;
const VOCATIVE = /^@([a-z0-9][a-z0-9_-]*)[\s,:;–-]*/i;
const ORNAMENT = /^[^\p{L}\p{N}@`"“'/*(.[]+/u;

export interface LeadIn {
  /** The sentence from its point on. */
  readonly rest: string;
  /** Handles spoken to at its start, lower case. */
  readonly vocatives: readonly string[];
  /** The author is not sure about it. */
  readonly doubtful: boolean;
}

/** Takes greetings, fillers and the names spoken to off the start of a sentence. */
export function takeLeadIn(sentence: string): LeadIn {
  let rest = sentence.trim().replace(ORNAMENT, '');
  const vocatives: string[] = [];
  let doubtful = false;
  for (;;) {
    const handle = VOCATIVE.exec(rest);
    const taken = handle?.[0] ?? fillerOf(rest);
    if (taken === undefined || taken.length === rest.length) return { rest, vocatives, doubtful };
    if (handle) vocatives.push((handle[1] ?? '').toLowerCase());
    doubtful ||= DOUBT.test(rest);
    rest = rest.slice(taken.length).replace(ORNAMENT, '');
  }
}

function fillerOf(text: string): string | undefined {
  const filler = (FILLER.exec(text) ?? URGENCY.exec(text))?.[0];
  if (filler !== undefined) return filler;
  const [loose, next] = LOOSE_FILLER.exec(text) ?? [];
  if (loose === undefined) return undefined;
  return next === undefined || ASKING.test(next) || isWorkVerb(next) ? loose : undefined;
}
