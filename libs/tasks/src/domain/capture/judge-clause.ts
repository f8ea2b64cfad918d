import { bugIn } from './bug-report.js';
import type { Frame, Memory } from './found.js';
import { isDreamy, isElsewhere, isOwnTalk } from './guards.js';
import type { Judgement } from './judgement.js';
import { needIn, stopIn } from './needs.js';
import { requestIn } from './requests.js';

const DOUBT_COST = 0.15;

/** `I can't log in`: what the speaker meets is what everybody meets. */
export const isOwnDefect = (text: string): boolean =>
  /^(?:i|we) (?:still |just )?(?:can'?t|cannot|(?:always |keep |randomly |sometimes )?get(?:ting)?|am getting|keep getting|keep seeing)\b/i.test(
    text,
  ) && bugIn(text) !== null;

export function judgeClause(text: string, frame: Frame, memory: Memory, iffy: boolean): Judgement | null {
  if (!frame.question && isOwnDefect(text)) return bugIn(text);
  const stop = stopIn(text);
  if (stop) return stop;
  if (isDreamy(frame.sentence) && !/\b(?:please|pls)\b/i.test(frame.sentence)) return null;
  const request = requestIn(text);
  if (request) {
    if (isElsewhere(request.title) || (isOwnTalk(text) && !/^i\b/i.test(text) && !/^we\b/i.test(text)))
      return null;
    if (isOwnTalk(text)) return null;
    return frame.doubtful && request.confidence < 0.9
      ? { ...request, confidence: request.confidence - DOUBT_COST }
      : request;
  }
  if (frame.question) return extension(text, memory);
  if (isOwnTalk(text)) return null;
  const subjectless =
    memory.topic !== '' &&
    /^(?:should|must|needs|has to|ought to|shouldn'?t) (?:also |still |really |not )?(?:be|have|an?|some|to be|more|better) /i.test(
      text,
    );
  const need = needIn(subjectless ? `it ${text}` : text);
  if (need && !(iffy && need.confidence < 0.7))
    return frame.doubtful ? { ...need, confidence: need.confidence - DOUBT_COST } : need;
  if (iffy) return null;
  return bugIn(text);
}

/** `Can it also take tar.gz?`: asked of a thing that is known. */
function extension(text: string, memory: Memory): Judgement | null {
  const [, subject = '', verb = '', rest = ''] =
    /^(?:can|could|should|shouldn'?t|would) (it|this|that|they|the [\w-]+(?: [\w-]+)?) (?:please |maybe )?(?:(?:also|not|maybe|at least|instead) )?(?:(?:be able to|be made to) )?([a-z]+) (.+?)\?$/i.exec(
      text,
    ) ?? [];
  const made =
    /^(?:can|could) (it|this|that|the [\w-]+(?: [\w-]+)?) be (?:made |a bit |a little )*(?:more )?([\w-]+er|more \w+|\w+able)(.*?)\?$/i.exec(
      text,
    );
  if (made && memory.topic !== '')
    return {
      kind: 'request',
      title: `Make ${made[1] ?? 'it'} ${made[2] ?? ''}${made[3] ?? ''}`,
      confidence: 0.7,
    };
  if (subject === '' || /^(?:be|have|work|wait|really|go|help|happen)$/i.test(verb)) return null;
  if (!/\b(?:also|too|as well|at least|instead|please)\b/i.test(text)) return null;
  const title = `Make ${subject} ${verb} ${rest.replace(/,? (?:too|as well|please)$/i, '')}`;
  return /^(?:it|this|that|they)$/i.test(subject) && memory.topic === ''
    ? null
    : { kind: 'request', title, confidence: 0.7 };
}
