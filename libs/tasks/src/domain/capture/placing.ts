import type { Clause } from './clauses.js';
import type { Found, Frame, Memory } from './found.js';
import type { Judgement } from './judgement.js';
import { takeLeadIn } from './lead-in.js';
import { needIn } from './needs.js';
import { pointsBack, resolved } from './pointers.js';
import { requestIn } from './requests.js';
import { isVague } from './verb-phrase.js';

export interface Place {
  readonly clauses: readonly Clause[];
  readonly index: number;
}

/** A judged clause in its sentence: what it points at is put in, and what only tells more of a task is not one. */
export function placed(
  judged: Judgement,
  at: Place,
  frame: Frame,
  memory: Memory,
  before: Found[],
): Found | null {
  const { clauses, index } = at;
  const clause = clauses[index] ?? { text: '', after: '' };
  const joins = index > 0 && /^(?:and|also|plus)?$/.test(clause.after) && judged.kind !== 'bug';
  const base = {
    ...judged,
    source: sourceOf(clauses, index, frame, before),
    handles: handlesOf(clause, clauses, frame),
    item: frame.inItem,
    beside: frame.beside || joins,
    priority: null,
  };
  if (judged.vague === true || isVague(judged.title) || pointsBack(judged.title))
    return pointed(base, clauses[index + 1]?.after === ':', frame, memory, before);
  const also = /^(?:also|and also|now also|plus)\b/i.test(frame.sentence);
  return { ...base, followsUp: memory.context !== '' && also };
}

const POINTS_FIRST =
  /^(?!make it )[\w-]+ (?:it|this|that|them|these|those)\b(?! (?:\w+ )?(?:from|for|in|to|of|with|on) )/i;
/** Steps of what was just asked for. */
const HANDLING =
  /^(?:also |then )?(?:do|make|give|ship|test|try|check|commit|push|deploy|finish|keep|start|get|change|fix|merge)\b/i;

type Base = Omit<Found, 'followsUp'>;

function pointed(
  base: Base,
  explained: boolean,
  frame: Frame,
  memory: Memory,
  before: Found[],
): Found | null {
  const { title, kind } = base;
  const previous = [...memory.found, ...before].at(-1);
  const vague = isVague(title);
  // `The login is broken. Can you fix it?` is one task.
  const sameTask =
    previous && (previous.kind !== 'request' || /^(?:give|have|take|look|try|do)\b/i.test(title));
  if (vague && sameTask && !frame.inItem) {
    merge(previous, base, memory, before);
    return null;
  }
  if (vague && kind === 'request' && !explained) memory.pointed = base.handles;
  if (memory.topic === '' && POINTS_FIRST.test(title) && !frame.inItem && !explained) return null;
  if (vague && memory.topic === '') return explained ? { ...base, vague: true, followsUp: false } : null;
  if (vague && previous?.kind === 'request' && !memory.fromContext && HANDLING.test(title)) return null;
  // A need of something that was just asked for tells more about it.
  if (kind === 'need' && previous && !memory.fromContext && base.vague && !base.beside) return null;
  const meant = resolved(title, memory.topic);
  const named = meant === title && base.vague ? `${title} (${memory.topic})` : meant;
  return { ...base, title: named, vague: false, followsUp: memory.fromContext };
}

/** The request that points at a report makes it one of the speaker's own. */
function merge(previous: Found, base: Base, memory: Memory, before: Found[]): void {
  const merged: Found = {
    ...previous,
    kind: 'request',
    confidence: 0.9,
    handles: [...new Set([...previous.handles, ...base.handles])],
    source: previous.source === base.source ? previous.source : `${previous.source} ${base.source}`,
  };
  const own = before.indexOf(previous);
  if (own >= 0) before[own] = merged;
  else memory.found[memory.found.indexOf(previous)] = merged;
}

/** A task that shares its sentence with another has only its own clauses for a source. */
function sourceOf(clauses: readonly Clause[], index: number, frame: Frame, before: readonly Found[]): string {
  if (before.length === 0 && index === clauses.length - 1) return frame.sentence;
  if (before.length === 0) {
    const end = clauses
      .slice(index + 1)
      .findIndex(({ text }) => requestIn(takeLeadIn(text).rest) !== null || needIn(text) !== null);
    if (end < 0) return frame.sentence;
  }
  const [start, end] = [index, clauses.length];
  const own: string[] = [];
  for (let at = start; at < end; at += 1) {
    const text = clauses[at]?.text ?? '';
    if (at > index && (requestIn(takeLeadIn(text).rest) !== null || needIn(text) !== null)) break;
    own.push(text);
  }
  return own.join(', ');
}

/** Handles of the clause itself, where a sentence speaks to several in turn. */
function handlesOf(clause: Clause, clauses: readonly Clause[], frame: Frame): readonly string[] {
  if (frame.asked.length < 2 || clauses.length < 2) return frame.asked;
  const at = frame.sentence.indexOf(clause.text.slice(0, 24));
  if (at < 0) return frame.asked;
  const before = [...frame.sentence.slice(0, at).matchAll(/@([\w-]+)/g)].map((match) =>
    (match[1] ?? '').toLowerCase(),
  );
  const within = [
    ...(frame.sentence
      .slice(at, at + clause.text.length + 30)
      .split(/[,;]/)[0]
      ?.matchAll(/@([\w-]+)/g) ?? []),
  ].map((match) => (match[1] ?? '').toLowerCase());
  const own = within.filter((handle) => frame.asked.includes(handle));
  if (own.length > 0) return own;
  const lead = /^[^a-z]*(?:@[\w-]+[\s,]*(?:and|&)?\s*)+/i.exec(frame.sentence)?.[0];
  if (lead && lead.length >= at - 10) return frame.asked;
  const nearest = before.filter((handle) => frame.asked.includes(handle)).at(-1);
  return nearest === undefined ? frame.asked : [nearest];
}
