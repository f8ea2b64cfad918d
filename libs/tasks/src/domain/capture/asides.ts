import { bugIn } from './bug-report.js';
import type { Clause } from './clauses.js';
import type { Found } from './found.js';
import type { Judgement } from './judgement.js';
import { requestIn } from './requests.js';
import { isWorkVerb } from './verbs.js';
import { thingWanted } from './wanted.js';

/** Where commas part two tasks, the `and` before the last one parts it too. */
export function lastSplit(clauses: Clause[]): Clause[] {
  const last = clauses.at(-1);
  if (
    !last ||
    last.after !== ',' ||
    clauses.length < 2 ||
    !isWorkVerb(clauses[0]?.text.split(/\s+/)[0] ?? '')
  )
    return clauses;
  const match = /^((?!and )\S+ .+?) and (\S+ (?:the|an?|all|our|every|its)? ?\S.*)$/i.exec(last.text);
  const [, head = '', tail = ''] = match ?? [];
  if (!isWorkVerb(head.split(/\s+/)[0] ?? '') || !isWorkVerb(tail.split(/\s+/)[0] ?? '')) return clauses;
  return [...clauses.slice(0, -1), { text: head, after: last.after }, { text: tail, after: ',' }];
}

/** `When I click save, nothing happens.` */
export function outcomeIn(text: string, setting: string): Judgement | null {
  if (!/^(?:when|whenever|if|every time|each time|after|once|as soon as|on|while)\b/i.test(setting))
    return null;
  const [, what = '', rest = ''] =
    /^(nothing happens|(?:it|the (?:app|page|server|game|whole thing|\w+)|everything) (?:just |always |sometimes |simply |then )*(?:crashes|hangs|freezes|breaks|fails|dies|disappears|stops|vanishes|explodes|goes \w+|times out|gets \w+|lands|collapses|jumps|resets|reloads|flickers))\b(.*)$/i.exec(
      text,
    ) ?? [];
  return what === ''
    ? null
    : {
        kind: 'bug',
        title: `Fix ${what}${rest} ${setting.charAt(0).toLowerCase()}${setting.slice(1)}`,
        confidence: 0.75,
      };
}

/** A word that announces what comes after its colon. */
export const MARKER =
  /^(?:(?:we |still |also )*(?:needs?|needed|wanted|missing|todo|to do|open|left|remaining|requests?|wish(?:es)?|suggestion|idea|missing piece))$/i;

export function wantedIn(rest: string): Judgement | null {
  const title = requestIn(rest)?.title ?? thingWanted(rest);
  return title === null ? null : { kind: 'need', title, confidence: 0.75 };
}

/** Why something is (not) to be done, or what it is in detail: no task of its own. */
export function isAside(
  heard: Judgement,
  clause: Clause,
  reasons: boolean,
  found: readonly Found[],
): boolean {
  if (heard.kind !== 'request')
    return (reasons && /^[,:-]?$/.test(clause.after)) || (clause.after === ':' && found.length > 0);
  return found.length > 0 && heard.confidence < 0.7;
}

/** `add a flag to the list, and colors for the output`: the verb counts for both. */
export function alsoWanted({ text, after }: Clause, found: readonly Found[]): Judgement | null {
  const last = found.at(-1);
  const what =
    /^(?:and|plus|as well as) (?!(?:then|so|it|that|this|i|we|you|they|he|she|there|not|also|if|when|maybe|yes|no|all|everything)\b)(.+)$/i.exec(
      text,
    )?.[1];
  if (what === undefined || after !== ',' || last?.kind !== 'request' || bugIn(what) !== null) return null;
  const verb = /^(add|write|create|implement|remove|delete|document|update|support|fix)\b/i.exec(
    last.title,
  )?.[1];
  const nominal =
    /\b(?:for|to|in|on|of|at)\b/i.test(what) &&
    !/\b(?:is|are|was|were|has|have|will|can|should|would|i|we|you|they|it)\b/i.test(what);
  return verb === undefined || !nominal || what.split(/\s+/).length < 3
    ? null
    : { kind: 'request', title: `${verb} ${what}`, confidence: 0.7 };
}
