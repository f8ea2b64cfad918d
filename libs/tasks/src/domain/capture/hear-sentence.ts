import { alsoWanted, isAside, lastSplit, MARKER, outcomeIn, wantedIn } from './asides.js';
import { type Clause, clausesOf } from './clauses.js';
import { withoutDependencies } from './dependencies.js';
import type { Found, Frame, Memory } from './found.js';
import { isCancelled, isClosed, isOwnTalk } from './guards.js';
import { takeHandles } from './handles.js';
import { isOwnDefect, judgeClause } from './judge-clause.js';
import type { Judgement } from './judgement.js';
import { takeLeadIn } from './lead-in.js';
import { stopIn } from './needs.js';
import { placed } from './placing.js';
import { topicOf } from './pointers.js';
import { isOnlyPriority, withoutPriority } from './priority-words.js';
import { requestIn } from './requests.js';
import { isOtherVerb, isWorkVerb } from './verbs.js';

const BESIDE =
  /^(?:also\b|another|one more|separate|unrelated|and also|plus\b|additionally|besides|on top|next|second|oh and|ps\b|p\.s|btw|by the way|furthermore)/i;

/** What a sentence asks for; what it tells of is remembered. */
export function hearSentence(sentence: string, memory: Memory, inItem: boolean): Found[] {
  const { rest: spoken, asked } = takeHandles(sentence);
  const { rest, doubtful, empty } = takeLeadIn(withoutPriority(spoken) || spoken);
  if (empty || (isClosed(rest) && !isCancelled(rest) && !isOwnDefect(rest) && stopIn(rest) === null))
    return [];
  const question = /\?\s*$/.test(sentence);
  const frame: Frame = {
    sentence,
    asked,
    question,
    doubtful: doubtful && !question,
    inItem,
    beside: BESIDE.test(sentence) || inItem,
  };
  const { topic } = memory;
  const found = clausesFound(rest, frame, memory);
  if (found.length > 0) return found;
  const same =
    /^(?:please |and )?(?:do )?(?:the )?same (?:thing )?(?:for|in|on|to|with) (.+?)(?: please| pls| too)*[.!?]*$/i.exec(
      rest,
    )?.[1];
  const before = same === undefined ? null : requestIn(takeLeadIn(takeHandles(memory.context).rest).rest);
  if (same !== undefined && before && !before.vague)
    return [labelled(`${before.title.replace(/[\s.!?]+$/, '')} for ${same}`, frame, true)];
  const extra =
    /^(?:and |also |plus )(?:please )?((?:some |a few |the |an? )?(?:unit |integration |e2e |proper )?(?:tests?|docs|documentation|changelog(?: entry)?|translations?|logging|metrics|types?|dark mode|error handling|validation))(?: (?:too|please|pls|as well|for (?:it|that)))*[.!]*$/i.exec(
      sentence,
    )?.[1];
  if (extra !== undefined && memory.context !== '' && topic !== '')
    return [labelled(`Add ${extra} to ${topic}`, frame, true)];
  const label = LABELLED.exec(spoken.trim())?.[1];
  return label === undefined ||
    label.split(/\s+/).length < 2 ||
    isClosed(label) ||
    isOwnTalk(label) ||
    question
    ? []
    : [labelled(label, frame, false)];
}

/** What is announced as a task is one, whatever its words. */
const LABELLED =
  /^[([]?(?:todo|to-do|fixme|task|action item|ai|feature request|feature|feat|enhancement|improvement|follow[- ]?up|chore|ticket|nice[- ]to[- ]have|low[- ]prio(?:rity)?|high[- ]prio(?:rity)?|urgent|critical|p[0-4])[)\]]?\s*[:–-]+\s+(\S.*)$/i;

function labelled(text: string, frame: Frame, followsUp: boolean): Found {
  const first = text.split(/\s+/)[0] ?? '';
  const urgent = /^\W*(?:urgent|critical|p[0-2]|high)/i.test(frame.sentence);
  const title = isWorkVerb(first) || isOtherVerb(first) ? text : `${urgent ? 'Fix' : 'Add'} ${text}`;
  const { sentence: source, asked: handles, inItem: item } = frame;
  return {
    kind: 'request',
    title,
    confidence: 0.8,
    source,
    handles,
    item,
    followsUp,
    beside: true,
    priority: null,
  };
}

const CONDITION =
  /^(?:if|when|whenever|once|after|before|while|as soon as|since|because|given|until|unless|although|though|instead of|as|for|on|in|at|with|without|during|due to|thanks to|to)\b/i;
const IFFY = /^(?:if|unless|in case|assuming|suppose)\b/i;

interface Walk {
  readonly clauses: readonly Clause[];
  readonly frame: Frame;
  readonly memory: Memory;
  readonly found: Found[];
  /** An `if` stood before. */
  iffy: boolean;
  /** What follows tells why something is not to be done. */
  reasons: boolean;
  cancelled: boolean;
  /** The clause before spoke of what its speaker does. */
  own: boolean;
}

function clausesFound(text: string, frame: Frame, memory: Memory): Found[] {
  const clauses = lastSplit(clausesOf(text));
  const walk: Walk = {
    clauses,
    frame,
    memory,
    found: [],
    iffy: false,
    reasons: false,
    cancelled: false,
    own: false,
  };
  for (const [index, clause] of clauses.entries()) {
    if (MARKER.test(clause.text) && clauses[index + 1]?.after === ':') continue;
    const { rest, doubtful } = takeLeadIn(withoutPriority(clause.text) || clause.text);
    if (rest === '' || isOnlyPriority(clause.text)) continue;
    const closed = isClosed(rest) && stopIn(rest) === null && !isOwnDefect(rest);
    if (closed && /^(?:to|if|in case|you can|try|suppose|what if)\b/i.test(rest)) break;
    if (closed) walk.reasons = walk.cancelled = true;
    if (closed || goesOn(walk, clause)) continue;
    walk.own = isOwnTalk(rest);
    if (IFFY.test(rest) && index < clauses.length - 1) walk.iffy = true;
    hearClause(walk, index, rest, doubtful);
  }
  return walk.found;
}

/** Still about what is not to be done, or about what the speaker does. */
const goesOn = ({ cancelled, own }: Walk, { text, after }: Clause): boolean =>
  (cancelled &&
    !/^(?:but|;)$/.test(after) &&
    !/^(?:but |so )?(?:just|instead|rather|only|simply|please|let'?s)\b/i.test(text)) ||
  (own && /^(?:then|and)$/.test(after));

function hearClause(walk: Walk, index: number, rest: string, doubtful: boolean): void {
  const { clauses, frame, memory, found } = walk;
  const clause = clauses[index] ?? { text: '', after: '' };
  const heard = heardIn(walk, index, rest, doubtful);
  const aside = heard !== null && isAside(heard, clause, walk.reasons, found);
  const judged = aside ? null : (heard ?? alsoWanted(clause, found));
  if (judged === null) {
    if (isOwnTalk(rest) && clause.after === '') walk.reasons = true;
    if (!CONDITION.test(rest)) remember(rest, memory);
    extend(found, clause);
    return;
  }
  const one = placed(judged, { clauses, index }, frame, memory, found);
  if (one === null) return;
  found.push(one);
  memory.topic = aboutOf(judged) ?? (topicOf(one.title) || memory.topic);
  memory.fromContext = false;
}

function heardIn(
  { clauses, frame, memory, found, iffy }: Walk,
  index: number,
  rest: string,
  doubtful: boolean,
): Judgement | null {
  const { text = '', after = '' } = clauses[index] ?? {};
  const before = clauses[index - 1]?.text ?? '';
  const wanted = after === ':' && MARKER.test(before) ? wantedIn(rest) : null;
  const outcome = frame.question ? null : outcomeIn(rest, before);
  if (wanted ?? outcome) return wanted ?? outcome;
  const question = frame.question && found.length === 0;
  const open = question && index < clauses.length - 1 ? `${text}?` : text;
  const said = question ? open : text.replace(/\s*\?+$/, '');
  return judgeClause(
    question ? bareOf(rest, said) : bareOf(rest, said).replace(/\s*\?+$/, ''),
    { ...frame, question, doubtful: frame.doubtful || doubtful },
    memory,
    iffy,
  );
}

const aboutOf = ({ about }: Judgement): string | undefined =>
  about !== undefined &&
  !/^(?:it|this|that|they|everything|users?|people)$/i.test(about) &&
  about.split(/\s+/).length < 8
    ? about
    : undefined;

const bareOf = (rest: string, said: string): string => {
  const bare = withoutDependencies(rest);
  const text = bare === '' ? rest : takeLeadIn(bare).rest || bare;
  return /\?\s*$/.test(said) && !/\?\s*$/.test(text) ? `${text}?` : text;
};

function remember(clause: string, memory: Memory): void {
  const topic = topicOf(clause);
  if (
    topic === '' ||
    /^(?:i|we|you|it|that|this|they|he|she|there|not|yes|no|so|and|step \d+)\b/i.test(topic) ||
    topic.split(/\s+/).length > 8
  )
    return;
  if (!/\s/.test(topic) && !/^[\w.-]{4,}$/.test(topic)) return;
  memory.topic = topic;
  memory.fromContext = false;
}

/** A task goes on after a colon: `pair on the sync: conflicts are resolved per field`. */
function extend(found: Found[], clause: Clause): void {
  const last = found.at(-1);
  if (last === undefined || clause.after !== ':') return;
  const title = last.vague
    ? `${/^(?:file|add|do|track)/i.test(last.title) ? 'Add' : 'Fix'} ${clause.text}`
    : `${last.title}: ${clause.text}`;
  found[found.length - 1] = { ...last, title, vague: false };
}
