const MAX_LINES = 200;

/** A line of what the author says themselves. */
export interface PlainLine {
  readonly text: string;
  /** Part of a list; undefined for running text. */
  readonly item?: { readonly done: boolean };
}

const BULLET = /^\s*(?:[-*+•]|\d{1,2}[.)])\s+(?:\[([ xX])\]\s*)?/;

/** What is left of a message without code blocks, quoted lines and empty ones. */
export function plainLines(text: string): PlainLine[] {
  const lines: PlainLine[] = [];
  let fence: string | null = null;
  for (const line of text.split(/\r?\n/).slice(0, MAX_LINES)) {
    const mark = /^\s*(```|~~~)/.exec(line)?.[1];
    if (mark) fence = fence === null ? mark : fence === mark ? null : fence;
    const quoted = /^\s*>/.test(line) || /^(?: {4}|\t)\S/.test(line);
    if (mark || fence !== null || (quoted && !BULLET.test(line)) || line.trim() === '') continue;
    lines.push(readLine(line));
  }
  return lines;
}

function readLine(line: string): PlainLine {
  const bullet = BULLET.exec(line);
  if (!bullet) return { text: line.trim() };
  return { text: line.slice(bullet[0].length).trim(), item: { done: /x/i.test(bullet[1] ?? '') } };
}
