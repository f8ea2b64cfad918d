const HANDLE = /(?<![\w@/.`])@([a-z0-9][\w-]*)(?![\w-]*[/@])/gi;
/** Before a handle: its owner is thanked, greeted or talked about. */
const SPOKEN_ABOUT =
  /(?:thanks?(?: you| a lot| so much)?|thx|ty|kudos|props|shout-?out|congrats|welcome(?: back)?|welcomes?|by|with|from|tag|ping|cc:?|via|like|as|of|than|tell|told|see|per|notify|poke|asked|for|to|and i|hi|hello|poor|because|that|when|since|what|why|did|does|has|is|was|if|unless)[\s,]*(?:to )?$/i;
const HANDED_TO =
  /(?:assign\w*|hand\w*|goes|is|one|job|task|something|over|belongs)(?: \w+)? (?:to|for)\s*$/i;
/** After a handle: what its owner said or did. */
const DOING =
  /^(?:'s?\b|’s\b|,? (?:said|says|wrote|writes|fixed|did|found|noticed|reported|mentioned|asked|told|already|is|was|has|had|and i|and me|will|'ll|added|made|merged|pushed|broke|suggested|suggests|thinks|wants|wanted|rocks?|rules|nailed|likes?|knows|you rock|thank|thx|does|works|used to)\b)/i;
const ASKED_AS_SUBJECT =
  /(?:can|could|would|will|should|have|let|ask|asking|get|want|need|like|maybe|have)\s+$/i;
const OWN_VERB =
  /^\s+(?:should|must|needs? to|has to|ought to|could|can|would|will|to)\b(?! (?:you|u|we|someone)\b)/i;

export interface Handles {
  /** The text without the handles that are only spoken to. */
  readonly rest: string;
  /** Those asked, lower case. */
  readonly asked: readonly string[];
}

/** Tells the handles that are spoken to from those that are spoken about. */
export function takeHandles(text: string): Handles {
  const asked: string[] = [];
  let lastAbout = -1;
  const rest = text.replace(HANDLE, (whole: string, handle: string, at: number) => {
    const before = text.slice(Math.max(0, at - 40), at);
    const after = text.slice(at + whole.length, at + whole.length + 24);
    const joined = /(?:^|\s|,)(?:and|&|,|or)\s*$/.test(before) && lastAbout >= 0 && at - lastAbout < 30;
    const about = (SPOKEN_ABOUT.test(before) && !HANDED_TO.test(before)) || DOING.test(after) || joined;
    if (about) {
      lastAbout = at;
      return whole;
    }
    asked.push(handle.toLowerCase());
    if (ASKED_AS_SUBJECT.test(before) || OWN_VERB.test(after)) return 'you';
    return '\u0001';
  });
  return { rest: withoutMarks(rest), asked: [...new Set(asked)] };
}

/** Takes the places of the handles out, with the commas around them. */
const withoutMarks = (text: string): string =>
  text
    // A row of marks is read once, in one way, whatever comes after it: each other way would multiply its time.
    .replace(
      /(?:\s*(?:(?:,|and|&|\/)\s*)?\u0001)+(?:\s*([:?!.]))?/g,
      (row, end: string | undefined) => end ?? row,
    )
    .replace(/^\s*(?:\u0001[\s,:;–-]*(?:(?:and|&)\s+(?=\u0001))?)+/, '')
    .replace(/,?\s*\u0001(?:\s*(?:(?:,|and|&)\s*)?\u0001)*\s*,?/g, ' ')
    .replace(/\s{2,}/g, ' ')
    .trim();
