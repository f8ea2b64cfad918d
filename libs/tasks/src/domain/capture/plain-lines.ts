const MAX_LINES = 200;

/** A line of what the author says themselves. */
export interface PlainLine {
  readonly text: string;
  /** Part of a list; undefined for running text. */
  readonly item?: { readonly done: boolean };
}

const BULLET = /^\s*(?:[-*+•‣◦–]|\(?\d{1,2}[.)]|\(?[a-h]\))\s+(?:\[([ xX✓])\]\s*)?/;
const TICKED = /^\s*(?:✅|☑️?|✔️?|\[x\])\s*/iu;
/** `Need: 1) … 2) …` in one line. */
const NUMBERED = /\s\(?(\d)[.)]\s+(?=\S)/g;
const LETTERED = /\s\(?([a-e])\)\s+(?=\S)/g;

/** What is left of a message without code blocks, quoted lines and empty ones. */
export function plainLines(text: string): PlainLine[] {
  const lines: PlainLine[] = [];
  let fence: string | null = null;
  for (const line of text.split(/\r?\n/).slice(0, MAX_LINES)) {
    const mark = /^\s*(```|~~~)/.exec(line)?.[1];
    const oneLine = mark !== undefined && line.trim().length > 3 && line.trim().endsWith(mark);
    if (mark && !oneLine) fence = fence === null ? mark : fence === mark ? null : fence;
    const quoted = /^\s*>/.test(line) || /^(?: {4}|\t)\S/.test(line);
    if (mark || fence !== null || (quoted && !BULLET.test(line)) || line.trim() === '' || isTrace(line))
      continue;
    lines.push(...unrolled(readLine(line.replace(/```[^`]*```/g, ' '))));
  }
  return lines;
}

/** A line of a stack trace or of a log. */
const isTrace = (line: string): boolean =>
  /^\s*(?:at [\w.<>$[\] ]+ ?\(.*\)|at \S+:\d+|File ".*", line \d+|Traceback \(most recent|\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d|\[?\d\d:\d\d:\d\d\]?\s|\$ \S|Caused by:|\.{3} \d+ more|goroutine \d+|#\d+ 0x)/.test(
    line,
  );

function readLine(line: string): PlainLine {
  const bullet = BULLET.exec(line);
  if (!bullet) return { text: line.trim(), ...(TICKED.test(line) ? { item: { done: true } } : {}) };
  const text = line.slice(bullet[0].length).trim();
  return { text, item: { done: /[xX✓]/.test(bullet[1] ?? '') || TICKED.test(text) || /^~~/.test(text) } };
}

function unrolled(line: PlainLine): PlainLine[] {
  const numbers = line.item ? [] : [...` ${line.text}`.matchAll(NUMBERED)];
  const marks = line.item || numbers.length > 0 ? numbers : [...` ${line.text}`.matchAll(LETTERED)];
  if (marks.length < 2 || marks.some(([, mark], at) => mark !== String(at + 1) && mark !== 'abcde'[at]))
    return [line];
  const padded = ` ${line.text}`;
  const intro = padded.slice(0, marks[0]?.index).trim();
  const items = marks.map((mark, index) => {
    const text = padded.slice((mark.index ?? 0) + mark[0].length, marks[index + 1]?.index);
    return { text: text.replace(/[\s,;]+(?:and)?\s*$/, '').trim(), item: { done: false } };
  });
  return intro === '' ? items : [{ text: intro }, ...items];
}
