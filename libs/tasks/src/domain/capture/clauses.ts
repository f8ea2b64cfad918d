import { isWorkVerb } from './verbs.js';

export interface Clause {
  readonly text: string;
  /** What stood before it: a comma, a colon, a word. */
  readonly after: string;
}

const OPENERS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '`': '`', '"': '"', '“': '”' };
const JOINT =
  /^(?:[;:](?=\s)|,(?=\s)|\s[-–—]+(?=\s)|\s?—\s?|…|\.{3}(?=\s)|\s(?:but|cause|cuz|otherwise|whereas|although|though)(?=\s)|\sso(?=\s(?:please|pls|we|let|let's|can|could|someone|somebody|you|maybe)\s)|\sand(?=\s(?:please|pls|can|could|also|someone|somebody|then|it (?:should|must|needs)|we (?:need|should|must)|the \w+(?: \w+)? (?:should|must|needs))\s)|\sthen(?=\s))/i;

/** The clauses of a sentence; what is in brackets, quotation marks or code is not cut. */
export function clausesOf(sentence: string): Clause[] {
  const clauses: Clause[] = [];
  let start = 0;
  let after = '';
  let closing: string | undefined;
  for (let i = 0; i < sentence.length; i += 1) {
    const char = sentence[i] ?? '';
    if (closing !== undefined) {
      if (char === closing) closing = undefined;
      continue;
    }
    const opened = OPENERS[char];
    if (opened !== undefined && sentence.indexOf(opened, i + 1) > 0) closing = opened;
    else if (/[\s,;:—….]/.test(char)) {
      const joint = JOINT.exec(sentence.slice(i, i + 48))?.[0];
      if (joint === undefined || !cutsAt(sentence, i, joint)) continue;
      clauses.push({ text: sentence.slice(start, i).trim(), after });
      after = joint.trim().toLowerCase();
      i += joint.length - 1;
      start = i + 1;
    }
  }
  clauses.push({ text: sentence.slice(start).trim(), after });
  return clauses.filter(({ text }) => /[\p{L}\p{N}]/u.test(text)).slice(0, 40);
}

/** A lone `then` cuts only before a verb: `if so then`, `since then` are no joints. */
function cutsAt(sentence: string, at: number, joint: string): boolean {
  if (/^\sthough$/i.test(joint) && /\beven$/i.test(sentence.slice(0, at))) return false;
  if (!/^\sthen$/i.test(joint)) return true;
  return (
    isWorkVerb(
      sentence
        .slice(at + joint.length)
        .trim()
        .split(/\s/)[0] ?? '',
    ) && !/\b(?:since|until|by|and|or)$/i.test(sentence.slice(0, at))
  );
}
