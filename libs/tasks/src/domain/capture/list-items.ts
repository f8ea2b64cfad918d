import type { PlainLine } from './plain-lines.js';

const ASKS =
  /\b(?:to[- ]?dos?|for you|tasks?|needs?|needed|please|can (?:you|someone|we)|could (?:you|someone|we)|should|must|next steps?|next up|action items?|remaining|remains|left(?: to do| over)?|leftovers?|missing|to implement|to fix|wants?|wish ?list|requests?|let'?s|follow[- ]?ups?|still open|open (?:points|items|tasks|ends)|backlog|for (?:today|this (?:week|sprint)|tomorrow|the (?:release|next)|v?\d)|before (?:we|the) (?:release|launch|ship)|blockers?|sprint|grab|up for grabs|shopping list|open issues|requirements|improvements|things? to|work (?:items|packages)|polish|feedback|we want|asap|checklist|chores|tickets)\b/i;
const REPORTS =
  /\b(?:bugs?|issues|problems|broken|defects|crashes|blockers?|regressions|findings?|feedback|playtest|qa|(?:does|do)(?:n'?t| not) work|what(?:'s| is) wrong|glitches|annoyances|papercuts|complaints|noticed|found|fixes|to fix|fix)\b/i;
const TELLS =
  /\b(?:done|finished|shipped|completed|merged|release notes|pros|cons|options|choices|alternatives|agenda|attendees|summary|what (?:i|we) (?:did|have)|i (?:did|fixed|added|worked|have|will|plan|am|'ll|'m)|we (?:did|fixed|added|shipped|have done|decided|discussed|agreed)|i'(?:ll|ve|m)|my (?:plan|day|week|todo|tasks|list)|already|fyi|questions?|thoughts|reasons?|why|don'?t|not to|steps to reproduce|repro(?:duction)? steps|steps|to reproduce|how to|reproduce|decisions?|decided|vote|poll|which|votes|opinions|results|numbers|benchmark results|status|progress|yesterday|changelog|changes in|highlights|what'?s new|recap|lessons|learned|instructions|usage|ideas|rules|principles|participants|links|resources)\b/i;
const STEPS = /\b(?:steps to reproduce|repro(?:duction)? steps|to reproduce|steps|how to reproduce|repro)\b/i;

export type Announced = 'work' | 'defects' | 'steps' | 'nothing' | 'unsaid';

/** What the line before a list announces. */
export function announcedBy(line: string): Announced {
  if (line.trim() === '') return 'unsaid';
  if (STEPS.test(line)) return 'steps';
  const last =
    line
      .split(/(?<=[.!?])\s+/)
      .filter((part) => part.trim() !== '')
      .at(-1) ?? line;
  if (TELLS.test(last) && !/\b(?:not|isn'?t) (?:yet )?done\b|to be done|still open|remaining/i.test(last))
    return 'nothing';
  if (REPORTS.test(last)) return 'defects';
  return ASKS.test(last) ? 'work' : 'unsaid';
}

export const isRefused = (item: PlainLine): boolean =>
  item.item?.done === true ||
  /^(?:don'?t|do not|never|no need|not |skip |nothing)/i.test(item.text) ||
  /\?\s*$/.test(item.text) ||
  /^~~.*~~$/.test(item.text) ||
  /[-–(]\s*(?:done|fixed|merged|shipped|wontfix)\)?\s*[.!✅]*$/i.test(item.text);
