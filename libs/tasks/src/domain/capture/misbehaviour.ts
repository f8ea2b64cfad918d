import type { Judgement } from './judgement.js';
import { baseOfThird, gerundOf, isWorkVerb } from './verbs.js';

/** What programs do, beside what people ask of them. */
const DEEDS = new Set(
  `accept act allow announce answer appear apply arrive attract beep behave block blow bounce bring call carry change
  charge claim click climb close collapse come connect consume contain continue copy count crash cross deliver
  deny detect die disconnect display double drop eat emit end enter escape expire explode fall feel fill fire flash
  float flow fly follow forget freeze get go grow happen heat hit hop ignore include jump keep kick kill land lead leak
  leave let lie list log lose make mention miss move open overheat override pass pick play point pop print
  produce prompt pull push put reach react read receive recompute redirect refer reject reload remain remember
  remove render repeat report request require reset respond restart return reveal ring rotate run save scroll
  select send show shut sit skip slide slip slow snap spawn spin split start stay stick stop store stretch
  strip surface swap switch take teleport throw timeout treat trigger trust turn use vibrate wait wake walk warn waste
  wipe work write`.split(/\s+/),
);
const isDeed = (verb: string): boolean => DEEDS.has(verb) || isWorkVerb(verb);

/** Nobody complains of these by themselves. */
const NEUTRAL =
  /^(?:is|are|was|were|has|have|does|do|looks? like|means?|needs?|wants?|helps?|supports?|depends?|lives?|sounds?|says?|seems?|knows?|thinks?|costs?|wins?|rocks?|rules?|handles?|covers?|contains? all|passes|pass|lands? (?:today|tomorrow|on)|goes? (?:live|to @|out|in|to (?:staging|prod|production|@))|stays? (?:as|in|on|the|until|with|where)|starts? (?:at|on|in|tomorrow|today|now|next)|moves? to|ends? (?:at|on|in|today|tomorrow)|happens? (?:on|at|next|in)|comes? (?:from|with|next|later|in|on|to)|works?(?! (?:only|on (?:chrome|firefox)))|makes? (?:sense|it|me|us|things|the (?:\w+ ){1,3}(?:easier|faster))|talks?|takes? (?:over|place|care)|belongs?|points? (?:out)|follows?|uses? (?:the (?:same|new)|a|an|zod|our)|runs? (?:on|in|every|at|as a|the|fine|well|great|against|via|through|before|after)|gets? (?:merged|deployed|released|done|better|it|a|an|the|its|there|along)|leaves? (?:us|the|on|at)|gives? (?:us|me|a|you)|lets? (?:us|you|me)|allows? (?:us|you|me|to)|reads? (?:well|like|nice)|feels? (?:\w+ )?(?:great|good|nice|snappy|right|fast|better)|meets?|joins?|reviews?|approves?|owns?|agrees?|plans?|pays?|loves?|likes?)\b/i;
const CONTENT =
  /\b(?:great|nice|nicer|good|better|best|love|loves|lovely|awesome|amazing|fast|faster|smooth|well|fine|green|finally|perfect(?:ly)?|correctly|successfully|as (?:expected|intended|planned|discussed|agreed|usual)|cleanly|snappy|cool|beautiful|clean|like a charm|exactly|easier|properly now|works|pretty neat|improved|passes|already|no problem|(?<!until )now|from now on|today|tomorrow|tonight|on (?:monday|tuesday|wednesday|thursday|friday)|next (?:week|month|sprint)|in (?:q[1-4]|january|february|march|april|may|june|july)|by design|on purpose|for now|instead of us|T-\d+|PR|branch|meeting|customers?|sales|marketing|legal|team|everyone|we|i|you|me|my|your|us|so that|that way|because we|which is why|to avoid|per adr|by convention)\b/i;
/** How it is meant to be, said of a design and not of a defect. */
const EXPLAINS =
  /^(?:basically|in (?:short|general)|the (?:idea|reason|plan|point|trick|answer|way|difference|problem|rest|only thing|thing|rule|goal|design|decision|null|fix|patch|change|cause|root cause)|yes|no|because|it|that|this|there|here|which|who|what|how|why|if|when)\b/i;
const BEFORE_NOUN =
  /^(?:the|an?|our|your|my|its|their|this|that|these|those|of|for|to|in|on|at|by|with|and|or|from|new|old|no|not|each|every|all|some|any|more|user|unit|test|error|build|server|access|client|debug|design|release|change)$/i;
const SIGNS =
  /\b(?:still|even|despite|although|twice|without|every time|each time|again|instead|only|all|any|never|always|sometimes|randomly|wrong|immediately|instantly|early|late|nothing|old|other|another|too|through|into|over|closed|deleted|private|null|empty|draft|raw|same|anyone|root|plain ?text|silently|forever|infinitely|off|away|back|when|whenever|after|while|until|unless|as soon as|during|if|because|but|once|on (?:every|each|load|start|startup|reload|refresh|save|resize|scroll|hover|mobile|ios|android|windows|linux|mac|safari|firefox|small|level|slow|first|the first)|with (?:a|an|the|no|more|large|null|empty|\d)|for (?:\d|all|large|small|users|guests|every|some|non|no)|in (?:dark|landscape|portrait|safari|firefox|fullscreen|production|prod|ie|incognito|the wrong|some|certain|us format|english))\b/i;

/**
 * What a thing does, said as if it should not: `enemies walk through closed doors`. Nobody reports in the present
 * what goes well, but for praise and explanations, which are told by their words.
 */
export function misbehaviourIn(given: string): Judgement | null {
  const text = given.replace(/\s*\([^)]*\)\s*$/, '');
  if (CONTENT.test(text.replace(/`[^`]*`|"[^"]*"/g, 'x')) || EXPLAINS.test(text) || /[?]$/.test(text))
    return null;
  const able = canDo(text);
  if (able) return able;
  const words = text.split(/\s+/);
  if (words.length < 3 || words.length > 30) return null;
  const signs = SIGNS.test(text);
  for (let at = 1; at < Math.min(8, words.length - 1); at += 1) {
    const word = words[at] ?? '';
    const rest = words.slice(at).join(' ');
    const verb = verbAt(words, at);
    if (verb === null) continue;
    if (NEUTRAL.test(rest)) return null;
    if (!signs) return null;
    const subject = words.slice(0, at).join(' ');
    const title = `Fix ${subject} ${gerundOf(verb)} ${words.slice(at + 1).join(' ')}`;
    return /^(?:i|we|you|they|he|she|someone|nobody|everyone|people|@.*)$/i.test(subject) || word === ''
      ? null
      : {
          kind: 'bug',
          title,
          confidence: 0.6,
          about: subject.replace(
            / (?:still|also|always|often|sometimes|silently|randomly|never|only|just)$/i,
            '',
          ),
        };
  }
  return null;
}

function verbAt(words: readonly string[], at: number): string | null {
  const word = (words[at] ?? '').toLowerCase();
  const before = (words[at - 1] ?? '').toLowerCase();
  if (!/^[a-z]+$/.test(word) || BEFORE_NOUN.test(before)) return null;
  const base = baseOfThird(word);
  if (base !== word && isDeed(base)) return base;
  const plural =
    /[a-z]{2}s$/.test(before) ||
    /^(?:people|data|children|enemies)$/.test(before) ||
    (/^(?:still|always|often|sometimes|randomly|only|just|never|\w+ly)$/.test(before) &&
      /s$/.test(words[at - 2] ?? ''));
  return plural && isDeed(word) && !/ss$/.test(before) ? word : null;
}

/** `Players can jump infinitely`: what should not be possible. */
function canDo(text: string): Judgement | null {
  const [, subject = '', rest = ''] =
    /^((?:anyone|anybody|everyone|guests?|users?|members?|viewers?|players?|attackers?|bots?|admins?|people|the \w+|an? \w+|\w+s)) can (.+)$/i.exec(
      text,
    ) ?? [];
  if (
    subject === '' ||
    !/\b(?:still|even|without|infinitely|other|others'?|someone else'?s|twice|any|all|endlessly|by (?:\w+ing)|after|negative|past|through|arbitrary|outside|deleted|private|forever)\b/i.test(
      text,
    )
  )
    return null;
  return { kind: 'bug', title: `Fix ${subject} being able to ${rest}`, confidence: 0.65, about: subject };
}
