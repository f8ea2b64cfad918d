import type { Judgement } from './judgement.js';
import { gerundPhrase, imperative, verbPhrase, type VerbPhrase } from './verb-phrase.js';
import { isWorkVerb, verbOfParticiple } from './verbs.js';
import { thingWanted } from './wanted.js';

const SOMEBODY =
  "(?:(?:any|some) of (?:you|us)|one of (?:you|us)|(?:any|some|every)(?:one|body)(?: else)?|you(?: guys| all| two| both| folks)?|u|ya|y'all|we(?: all)?|us|whoever(?: \\w+){1,3}|(?:the|an?|some|any|our|another) (?:[\\w-]+ )?(?:agents?|bots?|team|folks|person|dev|devs|volunteer|people|guys)|(?:[\\w-]+ )?(?:agents?|folks))";
const ADV =
  '(?:please |pls |plz |maybe |also |perhaps |possibly |quickly |just |really |definitely |still |probably |urgently |then |first |kindly |actually |now |finally |at least |once more |eventually |soon |either |again |next |at some point |all )*';
/** `could someone with an Android device test …` */
const WHO_IS = ',?';

type Then = 'verb' | 'gerund' | 'noun' | 'past';
interface Form {
  readonly words: RegExp;
  readonly confidence: number;
  readonly then: Then;
}
const form = (pattern: string, then: Then, confidence: number): Form => ({
  words: new RegExp(`^(?:${pattern})\\s+${ADV}(\\S.*)$`, 'i'),
  then,
  confidence,
});

const HOPE =
  "(?:(?:i(?:'m| am| was|'d be)?|we(?:'re| are| were)?) )?(?:just )?(?:hoping|wondering|asking|curious)(?: if| whether| that| for)?";
const NICE =
  '(?:nice|great|good|cool|useful|helpful|better|best|awesome|lovely|amazing|fantastic|super|handy|ideal|appreciated|grateful|happy|thankful|a big help|neat)';
const WOULD_BE = `(?:(?:it|that)(?:'d| would| might| could)? be|would be|(?:i|we)(?:'d| would) be) (?:\\w+ )?${NICE}`;

/** The ways in which people ask, the plainest first. */
const FORMS: readonly Form[] = [
  form(`(?:can|could|would|will|cud|may) ${SOMEBODY}${WHO_IS}`, 'verb', 0.9),
  form(
    `(?:would|could|can|will) ${SOMEBODY} be (?:so )?(?:kind|nice|good|able|willing|up|happy|open|free)(?: enough)? (?:to|as to|and)`,
    'verb',
    0.9,
  ),
  form('(?:would|do|would anyone|does anyone|anyone)? ?(?:you )?mind', 'gerund', 0.9),
  form(
    `(?:can|could|may|might) (?:i|we) (?:please |also |maybe |at least )*(?:get|have|see|ask for|ask you for|request|use)|(?:can|could|may) i (?:please )?(?:ask|bother|trouble) ${SOMEBODY} for|may i ask for|i(?:'d| would)? (?:request|ask for|ask you for)|requesting|request(?: is)?|(?:do you )?mind if i ask (?:you )?for`,
    'noun',
    0.85,
  ),
  form(
    `(?:(?:any|some)(?:one|body)|who|whoever)(?:'s| is| has)? ?(?:please|pls|plz|wanna|want to|wants to|would like to|care to|cares to|able to|available to|happy to|willing to|free to|up to|keen to|can|could|to|should|needs? to|must|has to|ought to|up for it,? ?)`,
    'verb',
    0.85,
  ),
  form(
    `(?:is|are|if) (?:there )?(?:any|some)?(?:one|body|you|u)(?: here| of you)?(?: who(?:'s| is)?)? (?:able|free|available|willing|happy|up|around|keen|interested|game|ok|okay)(?: enough)? (?:to|in|for)`,
    'verb',
    0.85,
  ),
  form(
    `(?:is|are|would|who(?:'s| is)|anyone|any) ?(?:${SOMEBODY})? ?(?:be )?(?:up|keen|game|ok|okay|interested|willing) (?:for|on|with|in)`,
    'gerund',
    0.85,
  ),
  form(
    `would it be (?:possible|ok|okay|too much trouble|feasible)(?: for ${SOMEBODY})? to|is it (?:possible|feasible|ok|okay)(?: for ${SOMEBODY})? to|do you think ${SOMEBODY} (?:can|could)|(?:do|would) you mind to|(?:any(?:one|body)|some(?:one|body)|who)(?:'s)? (?:has |have |got |with |having )+(?:the |some |any |a )?(?:time|capacity|cycles|energy|bandwidth|minutes?|hour|spare \\w+)(?: \\w+)? (?:to|for)|(?:volunteers?|takers|someone) to|(?:may|can|could) (?:i|we) (?:ask|suggest|propose|request) that (?:we|you|someone|somebody)|(?:i(?:'d| would)? )?(?:suggest|propose|recommend)(?: that)? (?:we|you|someone)|(?:is there )?any (?:chance|way|possibility)(?: that)? ${SOMEBODY} (?:can|could|might)|any (?:chance|way) to|are you able to|any (?:volunteers?|takers)(?: to| for)|why don'?t (?:we|you)|why not|shall we|how about we|may i ask (?:you|someone|somebody) to|(?:do|did) (?:you|we) (?:want|wanna)(?: to)?(?= (?:add|fix|write|implement))|don'?t you want to`,
    'verb',
    0.8,
  ),
  form(
    `(?:how|what) about|any (?:chance|hope|way) of|worth|let'?s (?:try|consider|start|look at)`,
    'gerund',
    0.6,
  ),
  form(
    `(?:${HOPE}|${WOULD_BE} if|(?:i'?d |i would |we'?d |would |we would )?(?:really )?(?:appreciate|love|like|be happy) (?:it )?if|(?:i|we)(?:'d| would)? appreciate if|maybe|perhaps|hopefully|wish|i wish|i hope|hope) ${SOMEBODY}${WHO_IS} (?:could|can|would|will|might|wants? to|be able to)`,
    'verb',
    0.75,
  ),
  form(
    `(?:${WOULD_BE}|(?:it|that) (?:would|'d|might) (?:really )?help(?: a lot| us| me)?|(?:it |that )?would help(?: a lot| us)?|(?:i|we)(?:'d| would) (?:love|like|appreciate) it) if ${SOMEBODY}`,
    'past',
    0.7,
  ),
  form(
    `(?:i|we)(?:'d| would)?(?: also| really| still| just)* (?:need|want|like|love|ask|prefer|expect|require)(?: for)? (?:you|someone|somebody|us|one of you|the team|an agent) to`,
    'verb',
    0.9,
  ),
  form(`(?:have|get|ask|let|tell) (?:you|someone|somebody|an agent) (?:to )?`, 'verb', 0.7),
  form(
    `${SOMEBODY}(?:'ve| have)? (?:really |also |still |urgently |definitely |all |now |probably |just |do )*(?:needs? to|have to|has to|must|gotta|got to|ought to|will have to|will need to|should|had better|better|should really|should probably|should also|want to|wanna|are supposed to|(?:a|')?re (?:going )?to|need)`,
    'verb',
    0.8,
  ),
  form(`(?:someone|somebody|anyone|anybody)`, 'verb', 0.75),
  form(`you${WHO_IS} (?:can|could)|your (?:job|task|turn)(?: is)?:? to`, 'verb', 0.6),
  form("(?:let's|lets|let’s|let us)", 'verb', 0.8),
  form(
    '(?:now |then )?we can(?: now| then| finally| also| safely)* (?=remove|delete|drop|close|simplify|get rid|clean)',
    'verb',
    0.7,
  ),
  form(
    `(?:(?:i(?:'m| am)?|we(?:'re| are)?) )?(?:need|needs|has|have|must|should|remember|make sure|be sure|time|still need|don'?t forget|do not forget|left|remains?|gotta|got|want|would like|the (?:next|last|remaining) (?:step|thing|task)(?: here)? is|next step is|it(?:'s| is) (?:necessary|important|essential|required|needed|required|crucial|vital)|the (?:task|job|goal|work|ask|request)(?: here| now)? is|what(?:'s| is) left is|the plan is|all that'?s left is|asking|kindly request(?:ing)?|requesting|it(?:'s| is) time|high time) (?:you )?to`,
    'verb',
    0.75,
  ),
  form(`(?:must|should|needs|gotta|kindly|please|pls|plz)`, 'verb', 0.8),
  form(
    `(?:i|we)(?:'d| would| really| also| still)* (?:like|love|want|prefer) (?:to (?:see|have|get|be able to))`,
    'noun',
    0.7,
  ),
  form(`${WOULD_BE} (?:to (?:see|have|get|be able to)|having)`, 'noun', 0.6),
];

/** `only show the banner once` */
const ONLY = /^(?:only|instead of [^,]{2,40}?,?|rather than [^,]{2,40}?,?) (?=[a-z])/i;

const QUESTION_OK = new Set<number>(FORMS.map((_, index) => index).filter((index) => index < 12));
const ASKS_TO_KNOW =
  /^(?:explain|tell|say|clarify|elaborate|describe (?:what|how|why)|see|hear|feel|imagine|believe|guess|confirm|remind|recall|recommend|suggest|point (?:me|us)|send (?:me|us)|share (?:the|your|a) (?:link|screen|log|screenshot|screen)|help (?:me )?(?:understand|out)?$|show (?:me|us)|give (?:me|us) (?!a script)|run me|walk (?:me|us)|let (?:me|us)|check if (?:it|you|that)|spell)/i;

/** The request that a clause consists of, if it is one; greetings are taken off before. */
export function requestIn(text: string): Judgement | null {
  const question = /\?\s*$/.test(text);
  const bare = text.replace(/[\s.!?]+$/, '');
  for (const [index, { words, then, confidence }] of FORMS.entries()) {
    if (question && !QUESTION_OK.has(index)) continue;
    const rest = words.exec(bare)?.[1];
    if (rest === undefined) continue;
    if (ASKS_TO_KNOW.test(rest)) return null;
    if (/^(?:can|may) we use\b/i.test(bare) && !/\b(?:instead|please|pls|rather)\b/i.test(bare)) return null;
    if (/^(?:not|never|don'?t|stop discussing)\b/i.test(rest)) return null;
    if (
      /^you (?:should|could|can|must|might|need|have)/i.test(bare) &&
      /^(?:be able|try|go|visit|see|read|watch|use|run|just run|ask|get some|take)\b/i.test(rest)
    )
      return null;
    if (then === 'noun') {
      const title = thingWanted(rest);
      if (title !== null) return { kind: 'request', title, confidence };
      continue;
    }
    const phrase =
      then === 'past'
        ? pastPhrase(rest)
        : then === 'verb'
          ? (afterWho(rest) ?? gerundPhrase(rest, false))
          : gerundPhrase(rest, true);
    if (phrase) return asJudgement(phrase, confidence);
  }
  if (question && !/\b(?:maybe|perhaps|please|pls)\s*\?$/i.test(text)) return null;
  const limit = ONLY.exec(bare)?.[0] ?? '';
  const found = imperative(bare.slice(limit.length));
  if (found && limit !== '' && !found.phrase.vague)
    return { kind: 'request', title: /^only/i.test(limit) ? bare : found.phrase.text, confidence: 0.75 };
  return found && asJudgement(found.phrase, found.confidence);
}

const PASTS: Readonly<Record<string, string>> = {
  wrote: 'write',
  rewrote: 'rewrite',
  gave: 'give',
  took: 'take',
  drew: 'draw',
  chose: 'choose',
  hid: 'hide',
  threw: 'throw',
  redid: 'redo',
  began: 'begin',
  ran: 'run',
};

/** `if somebody documented the variables` */
function pastPhrase(rest: string): VerbPhrase | null {
  const [first = '', ...others] = rest.split(/\s+/);
  const verb = verbOfParticiple(first) ?? PASTS[first.toLowerCase()] ?? first;
  return verbPhrase([verb, ...others].join(' '), true);
}

/** The verb after `with an Android device …`, when there is such a thing between. */
function afterWho(rest: string): VerbPhrase | null {
  const phrase = verbPhrase(rest, true);
  if (phrase || !/^(?:with|who|from|on|in|that|free|around|here|familiar)\b/i.test(rest)) return phrase;
  const words = rest.split(/\s+/);
  for (let at = 1; at < Math.min(8, words.length - 1); at += 1) {
    if (!isWorkVerb(words[at] ?? '') || /^(?:the|an?|our|some|any|of|with)$/i.test(words[at - 1] ?? ''))
      continue;
    const later = verbPhrase(words.slice(at).join(' '), true);
    if (later) return later;
  }
  return null;
}

const asJudgement = ({ text, vague }: VerbPhrase, confidence: number): Judgement => ({
  kind: 'request',
  title: text,
  confidence,
  ...(vague ? { vague } : {}),
});
