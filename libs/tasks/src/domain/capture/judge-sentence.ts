import { bugIn } from './bug-report.js';
import type { Judgement } from './judgement.js';
import { takeLeadIn } from './lead-in.js';
import { requestIn } from './request.js';

const MARKED =
  /^(?:todo|to-do|fixme|task|action item|feature request|feature|chore|follow[- ]?up|bug|fix|issue)\s*[:–]\s*(\S.*)$/i;
const WITHDRAWN =
  /^(?:never ?mind|nvm|scratch that|forget (?:it|that|about it)|ignore (?:that|this|me)|my bad)\b/i;
const FORBIDDEN =
  /^(?:don'?t(?! forget)|do not(?! forget)|never|let'?s not|lets not|no need to|no one should|nobody should|hold off|wait|not yet|avoid merging|stop (?!.*\bfrom\b)|(?:we|you|they) (?:don'?t|do not|shouldn'?t|should not|mustn'?t|must not|won'?t|needn'?t|can'?t|cannot|didn'?t|aren'?t|haven'?t)\b|i (?:don'?t|do not|wouldn'?t) )/i;
/** Words of others: reported, or all in quotation marks. */
const REPORTED =
  /^(?:["“].*["”][.!?]?$|(?:he|she|they|@\w+|\w+) (?:said|says|told|asked|wrote|mentioned|wanted)\b)/i;
/** `If you have time, …`: the point comes after the comma. */
const CONDITION =
  /^(?:if|when|whenever|once|after|before|while|as soon as|since|because|given|for|in|with|at|during)\b[^,]{1,120},\s*(\S.*)$/i;
const LATER_REQUEST =
  /^(.{3,}?)(?:,|;|:| -| –|\band) +((?:so )?(?:(?:can|could|would|will|please|pls|let'?s|needs?)\b|(?:we|you|someone|somebody) (?:need|have|should|must|ought)\b).*)$/i;
const VAGUE = /^\w+(?: \w+)? (?:it|this|that|them|these|those)(?: (?:up|out|please|soon|now|too))?$/i;

const DOUBT_COST = 0.2;
const REQUEST_AFTER_CONDITION = 0.05;

/**
 * Whether a sentence asks for work, and for which.
 * @returns null for chatter, questions, refusals, reports of what was done, and words of others
 */
export function judgeSentence(sentence: string): Judgement | null {
  const { rest, doubtful } = takeLeadIn(sentence);
  const judged = judge(rest);
  if (!judged || !doubtful) return judged;
  return { ...judged, confidence: judged.confidence - DOUBT_COST };
}

function judge(text: string): Judgement | null {
  const marked = MARKED.exec(text)?.[1];
  if (marked) return { title: requestIn(marked)?.title ?? marked, confidence: 0.9 };
  if (WITHDRAWN.test(text) || FORBIDDEN.test(text) || REPORTED.test(text)) return null;
  return requestIn(text) ?? judgeParts(text) ?? bugIn(text);
}

/** A request that comes after a condition, or after what it is about. */
function judgeParts(text: string): Judgement | null {
  const afterCondition = CONDITION.exec(text)?.[1];
  const conditional = afterCondition ? judgeRequest(afterCondition) : null;
  if (conditional) return { ...conditional, confidence: conditional.confidence - REQUEST_AFTER_CONDITION };
  const [, about, later] = LATER_REQUEST.exec(text) ?? [];
  const request = later ? judgeRequest(later) : null;
  if (!request || !about) return null;
  // `The login is broken, can you fix it?` is about the login.
  return isVague(request.title) ? { ...request, title: about.trim() } : request;
}

function judgeRequest(clause: string): Judgement | null {
  const { rest } = takeLeadIn(clause);
  return FORBIDDEN.test(rest) ? null : requestIn(rest);
}

/** True for a request that only points at something said before: `fix it`. */
export const isVague = (title: string): boolean => VAGUE.test(title.replace(/[.!?]+$/, ''));
