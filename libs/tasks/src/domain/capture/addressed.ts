import { judgeSentence } from './judge-sentence.js';
import { takeLeadIn } from './lead-in.js';
import type { PlainLine } from './plain-lines.js';
import { sentencesOf } from './sentences.js';

/** Named in the middle or at the end of a request. */
const ASKED =
  /\b(?:can|could|would|will|please|let|have|ask|get|want|need|should)\s+@([a-z0-9][a-z0-9_-]*)/gi;
const BY_SUBJECT = /^@([a-z0-9][a-z0-9_-]*)\s+(?:should|must|needs? to|has to|could|can|please)\b/i;
const AT_END = /(?:,|\bplease|\bpls)?\s+@([a-z0-9][a-z0-9_-]*)[\s.!?]*(?:please|pls|thanks)?[\s.!?]*$/i;
const SMALL_TALK =
  /^(?:thanks|thank you|thx|ty|nice|great|good|cool|awesome|perfect|lol|haha+|ok|okay|k|sure|yes|yep|yeah|no|nope|nah|hi|hey|hello|welcome|congrats|congratulations|well done|wow|sounds|lgtm|looks|got it|np|sorry|bye|gm|never ?mind|nvm|\+1|agreed|makes sense|on it|done|same|right|exactly|true|hmm+|interesting|brilliant|amazing|excellent|love|kudos|cheers|morning|see|how|what|why|when|where|who|which|is|are|was|were|do|does|did|has|have|had|am|can|could|will|would|should|may|i|i'm|i've|i'll|you|you're|we|we're|we've|we'll|they|he|she|it|it's|that|that's|this|these|those|there|don'?t|do not|never|stop|wait|hold)\b/i;

/**
 * Handles of the agents that a message asks for something: spoken to at its start, or named in one of its requests.
 * A message that only mentions an agent, thanks it or asks it a question asks for no work.
 */
export function addresseesOf(lines: readonly PlainLine[], agents: ReadonlySet<string>): string[] {
  if (agents.size === 0) return [];
  const sentences = lines.flatMap((line) => sentencesOf(line.text));
  const spokenTo = lines
    .flatMap((line) => takeLeadIn(line.text).vocatives)
    .filter((handle) => agents.has(handle));
  if (spokenTo.length > 0) return asksAtAll(lines, sentences) ? [...new Set(spokenTo)] : [];
  const asked = sentences.filter((sentence) => judgeSentence(sentence)).flatMap(handlesAsked);
  return [...new Set(asked.filter((handle) => agents.has(handle)))];
}

const asksAtAll = (lines: readonly PlainLine[], sentences: readonly string[]): boolean =>
  lines.some((line) => line.item && !line.item.done) ||
  sentences.some((sentence) => judgeSentence(sentence) !== null || !isSmallTalk(sentence));

function handlesAsked(sentence: string): string[] {
  const named = [...sentence.matchAll(ASKED)].map((match) => match[1]);
  return [...named, BY_SUBJECT.exec(sentence)?.[1], AT_END.exec(sentence)?.[1]].flatMap((handle) =>
    handle ? [handle.toLowerCase()] : [],
  );
}

/** Thanks, greetings, questions, refusals and talk about oneself: nothing that an agent could do. */
export function isSmallTalk(sentence: string): boolean {
  const { rest } = takeLeadIn(sentence);
  if (judgeSentence(sentence)) return false;
  return /\?\s*$/.test(rest) || SMALL_TALK.test(rest) || rest.split(/\s+/).length < 2;
}
