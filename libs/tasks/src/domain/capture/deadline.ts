import * as chrono from 'chrono-node';

const DAY =
  '(?:(?:early |late |the )?(?:next |this |coming )?(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?(?: (?:morning|noon|afternoon|evening|night))?|today|tonight|tomorrow(?: (?:morning|noon|afternoon|evening|night))?|eod|eow|eom|cob|(?:the )?end of (?:the |this |next )?(?:day|week|month|quarter|sprint|year)|(?:next|this) (?:week|month|quarter|sprint|weekend|release)|noon|midnight|\\d{1,2}(?::\\d\\d)? ?(?:am|pm)|\\d{4}-\\d\\d-\\d\\d|(?:the )?\\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\\.? \\d{1,2}(?:st|nd|rd|th)?|the \\d{1,2}(?:st|nd|rd|th)|\\d{1,2}[./]\\d{1,2}\\.?)(?![\\w-])';
const BEFORE =
  '(?:(?:(?:it )?(?:must|should|has to|needs? to) (?:be (?:done|finished|ready|live|in)|go out|ship) )?(?:by|until|till|til|before|due(?: (?:on|by|is|in))?|no later than|not later than|deadline(?: is)?:?|latest|on|for|at|within|in time for) (?:the )?)';
const TAIL = new RegExp(
  `[\\s,;(–-]*(?:${BEFORE})?(?<![\\w-])${DAY}(?: (?:latest|please|pls|at the latest|ideally))?\\)?[\\s.!?]*$`,
  'i',
);
const HEAD = new RegExp(`^(?:${BEFORE})?${DAY}[\\s,:–-]+(?=\\S)`, 'i');
const ASKED_BY = new RegExp(`${BEFORE}?(?<![\\w-])${DAY}`, 'i');
const DUE = new RegExp(
  `(?:by|until|till|before|due|deadline|latest|no later than|on|for|is)\\b[^.!?]{0,24}$`,
  'i',
);

/** A text without the day by which it is asked for at its ends. */
export const withoutDeadline = (text: string): string => text.replace(TAIL, '').replace(HEAD, '').trim();

/**
 * The day by which something is asked for, reckoned from `now` and never before it.
 * @returns a day as `2026-03-06`, null when none is said
 */
export function deadlineIn(text: string, now: Date): string | null {
  const plain = text.replace(/`[^`]*`|["“][^"”]*["”]/g, ' ').slice(0, 2_000);
  const said = ASKED_BY.exec(plain);
  if (!said || /\b(?:last|since|yesterday|every|each)\s*$/i.test(plain.slice(0, said.index))) return null;
  if (
    !DUE.test(plain.slice(0, said.index)) &&
    !TAIL.test(plain) &&
    !/^(?:by|until|till|before|due|on|for)/i.test(said[0])
  )
    return null;
  return /\bend of (?:the |this )?week\b|\beow\b/i.test(said[0]) ? friday(now) : chronoDay(said[0], now);
}

function chronoDay(said: string, now: Date): string | null {
  const known = said
    .replace(/\b(?:eod|cob|end of (?:the )?day)\b/i, 'today')
    .replace(/^(?:by|until|till|til|before|due|for)\s+/i, '');
  const found = chrono.en.parse(known, { instant: now, timezone: 0 }, { forwardDate: true })[0]?.start;
  if (!found) return null;
  const parts = [found.get('year'), found.get('month'), found.get('day')];
  return parts.map((part) => String(part).padStart(2, '0')).join('-');
}

function friday(now: Date): string {
  const days = (5 - now.getUTCDay() + 7) % 7;
  return new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10);
}
