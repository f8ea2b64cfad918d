import type { Found, Heard, Memory } from './found.js';
import { isClosed, isElsewhere, isInHand, isOwnTalk } from './guards.js';
import { takeHandles } from './handles.js';
import { hearSentence } from './hear-sentence.js';
import { takeLeadIn } from './lead-in.js';
import { isDoubted } from './likely.js';
import { type Announced, announcedBy, isRefused } from './list-items.js';
import type { PlainLine } from './plain-lines.js';
import { topicOf } from './pointers.js';
import { priorityOf } from './priority-words.js';
import { sentencesOf } from './sentences.js';
import { isWorkVerb } from './verbs.js';

/** How agents and pipelines tell of their work. */
const STATUS =
  /^(?:@[\w-]+[,:]? )?(?:\[(?:agent|bot|ci)\]|plan for T-\d+|update: the|snapshot tests updated|T-\d+(?: is| was| has been)?(?::| done| ready| submitted| complete| in review|, ?(?:attempt|step|progress))|(?:status|progress|heartbeat|eta|checkpoint|report|summary)\b(?: (?:on|for|of|update) \S+)?\s*[:–-]|(?:build|deploy(?:ment)?|run|pipeline|job|release|ci|tests?|lint|coverage|workflow|check)s? ?#?\d*\s*(?:[:–-]|finished|passed|failed|succeeded|started|is green|went)|(?:starting|started|working|claimed|claiming|picked up|picking up|opened|opening|pushed|pushing|waiting|running|analy[sz]ing|investigating|releasing|resuming|continuing|now (?:working|running)|finished|finishing|completed|submitting|submitted|i have (?:claimed|finished|pushed|submitted|updated|completed))\b)/i;

const LISTED_CONFIDENCE = 0.8;

export interface Hearing {
  /** In the order in which it was said. */
  readonly heard: readonly Heard[];
  /** Sentences that no rule has heard anything in, where nothing was heard at all. */
  readonly unheard: readonly string[];
  /** Who was asked to see to what was said there; undefined where nobody was. */
  readonly pointed?: readonly string[] | undefined;
}

const only = (heard: readonly Heard[]): Hearing => ({ heard, unheard: [] });

/** Everything that the lines of a message ask for. */
export function hearLines(lines: readonly PlainLine[], context: string): Hearing {
  const memory: Memory = {
    topic: context === '' ? '' : topicOf(context),
    fromContext: true,
    context,
    found: [],
  };
  const listed = lines.some((line) => line.item);
  const whole = lines.map((line) => line.text).join('\n');
  if (STATUS.test(whole) && !/\b(?:please|pls|can you|could you|someone|needs?|should|must)\b/i.test(whole))
    return only([]);
  if (/^(?:steps to reproduce|repro steps|to reproduce|repro|how to reproduce)\b/im.test(whole) && listed)
    return only(reproduction(lines));
  let announced: Announced = 'unsaid';
  let intro = '';
  const unheard: string[] = [];
  for (const line of lines) {
    if (line.item) {
      hearItem(line, announced, intro, memory);
      continue;
    }
    announced = announcedBy(line.text);
    intro = line.text;
    for (const sentence of sentencesOf(line.text)) {
      // The line that opens a list is not an item of it.
      if (listed && /:\s*$/.test(sentence)) continue;
      const found = hearSentence(sentence, memory, false);
      memory.found.push(...found);
      if (found.length === 0) unheard.push(sentence);
    }
  }
  const inHand = !listed && isInHand(whole);
  const heard = settle(memory.found, inHand).filter((one) => !isDoubted(one));
  const mute = heard.length > 0 || listed || inHand || memory.found.some(({ vague }) => vague);
  return { heard, unheard: mute ? [] : unheard, pointed: memory.pointed };
}

function hearItem(line: PlainLine, announced: Announced, intro: string, memory: Memory): void {
  if (isRefused(line) || announced === 'nothing' || announced === 'steps') return;
  const text = line.text
    .replace(/^\*\*([^*]+)\*\*:?/, '$1:')
    .replace(/^T-\d+(?: follow-?up)?\s*[:–-]\s*/i, '');
  const alone: Memory = { ...memory, topic: '', found: [] };
  const found = sentencesOf(text).flatMap((sentence) => {
    const more = hearSentence(sentence, alone, true);
    alone.found.push(...more);
    return more;
  });
  const priority = priorityOf(intro);
  if (found.length > 0) {
    memory.found.push(
      ...mainOf(found).map((one) => ({ ...one, priority: one.priority ?? priority, item: true })),
    );
    return;
  }
  if (announced === 'unsaid' || isElsewhere(text)) return;
  const { rest, asked } = takeHandles(text);
  const bare = takeLeadIn(rest).rest;
  if (bare.split(/\s+/).length < 2 || isOwnTalk(bare) || isClosed(bare) || isInHand(bare)) return;
  const title = isWorkVerb(bare.split(/\s+/)[0] ?? '')
    ? bare
    : `${announced === 'defects' ? 'Fix' : 'Add'} ${bare}`;
  memory.found.push({
    kind: 'need',
    title,
    confidence: LISTED_CONFIDENCE,
    source: text,
    handles: asked,
    followsUp: false,
    item: true,
    beside: true,
    priority,
  });
}

/** An item is one task, unless it asks in several sentences. */
function mainOf(found: readonly Found[]): Found[] {
  const requests = found.filter(({ kind, vague }) => kind === 'request' && !vague);
  if (requests.length > 0) return requests;
  return found.slice(0, 1);
}

/** What remains when reports, needs and requests of one message are held against each other. */
function settle(found: readonly Found[], inHand: boolean): Heard[] {
  const requests = found.filter(({ kind, item }) => kind === 'request' && !item);
  const firstBug = found.find(({ kind, item }) => kind === 'bug' && !item);
  const kept = found.filter((one) => {
    if (one.item) return true;
    if (one.kind === 'bug') {
      if (inHand) return false;
      return requests.length === 0 && !found.some(({ kind, item }) => kind === 'need' && !item)
        ? one === firstBug || one.beside
        : one.beside && found.indexOf(one) > 0;
    }
    return true;
  });
  return kept
    .filter(({ vague }) => vague !== true)
    .map(({ title, source, handles, confidence, followsUp, priority }) => ({
      title,
      source,
      handles,
      confidence,
      followsUp,
      priority,
    }));
}

/** Steps, what was expected and what happened: the last of these is the defect. */
function reproduction(lines: readonly PlainLine[]): Heard[] {
  const whole = lines.map((line) => line.text).join('\n');
  const steps = lines.filter((line) => line.item).map((line) => line.text);
  const actual =
    /\b(?:actual(?:ly)?(?: (?:result|behaviou?r))?|observed|got|happens|result)\s*:\s*([^\n]+?)(?=$|\n|\bexpected\b)/im.exec(
      whole,
    )?.[1];
  const expected = /\bexpected(?: (?:result|behaviou?r))?\s*:\s*([^\n.]+)/i.exec(whole)?.[1] ?? '';
  if (actual === undefined && expected === '') return [];
  const subject = topicOf(expected);
  const what = (actual ?? `not: ${expected}`)
    .replace(/^(?:it|that)(?:'s| is)?\b/i, subject || 'it')
    .replace(/[\s.]+$/, '');
  const title = `Fix ${what}${steps.length > 0 ? ` after ${steps.at(-1) ?? ''}` : ''}`;
  return [
    {
      title,
      source: whole,
      handles: takeHandles(whole).asked,
      confidence: 0.8,
      followsUp: false,
      priority: null,
    },
  ];
}
