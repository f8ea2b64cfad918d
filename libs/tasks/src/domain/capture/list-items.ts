import { judgeSentence } from './judge-sentence.js';
import type { Judgement } from './judgement.js';
import type { PlainLine } from './plain-lines.js';

const ASKS =
  /\b(?:to-?do|tasks?|needs?|please|can you|could you|should|must|next steps|action items|bugs?|remaining|left to do|missing|to implement|to fix|fix(?:es)?|want|plan|issues|let'?s|follow[- ]?ups?)\b/i;
const TELLS =
  /\b(?:done|finished|shipped|completed|merged|changelog|release notes|pros|cons|options|agenda|attendees|summary|what (?:i|we) did|i (?:did|fixed|added)|we (?:did|fixed|added)|already|fyi|questions?|thoughts|reasons?|don'?t|not to)\b/i;
const REFUSED = /^(?:don'?t|do not|never|no need|not )/i;
const LISTED_CONFIDENCE = 0.8;
const LEAST_WORDS = 2;

/** True for the line before a list that announces work. */
export const introAsks = (line: string): boolean => ASKS.test(line) && !TELLS.test(line);

/** An item asks if it does so by itself, or if its list was announced as work. */
export function judgeItem({ text, item }: PlainLine, announced: boolean): Judgement | null {
  if (item?.done || REFUSED.test(text) || /\?\s*$/.test(text)) return null;
  const judged = judgeSentence(text);
  if (judged || !announced || text.split(/\s+/).length < LEAST_WORDS) return judged;
  return { title: text, confidence: LISTED_CONFIDENCE };
}
