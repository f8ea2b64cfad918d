/** Stands where code was; belongs to no word, handle or address. */
const BLANK = '\u0001';

/**
 * The text with code taken out, at the same length: fenced blocks (``` and ~~~) and inline spans, as CommonMark
 * delimits them. An unclosed fence runs to the end; an unclosed span is no code.
 */
export function withoutCode(text: string): string {
  let fence: Fence | null = null;
  let prose = '';
  let result = '';
  for (const line of text.split(/(?<=\n)/)) {
    const opened: Fence | null = fence ?? openingFence(line);
    if (!opened) {
      prose += line;
      continue;
    }
    result += withoutSpans(prose) + BLANK.repeat(line.length);
    prose = '';
    fence = fence && closes(line, fence) ? null : opened;
  }
  return result + withoutSpans(prose);
}

interface Fence {
  readonly mark: string;
  readonly length: number;
}

function openingFence(line: string): Fence | null {
  const run = /^ {0,3}(`{3,}|~{3,})(.*)/.exec(line);
  const [marks, info] = [run?.[1], run?.[2] ?? ''];
  // A back-tick behind the opening ones makes it an inline span.
  if (!marks || (marks.startsWith('`') && info.includes('`'))) return null;
  return { mark: marks.charAt(0), length: marks.length };
}

function closes(line: string, fence: Fence): boolean {
  const run = /^ {0,3}(`{3,}|~{3,})[ \t]*\r?\n?$/.exec(line)?.[1];
  return run !== undefined && run.startsWith(fence.mark) && run.length >= fence.length;
}

/** Blanks what stands between a run of back-ticks and the next run of the same length. */
function withoutSpans(text: string): string {
  const runs = [...text.matchAll(/`+/g)].map((match) => ({ at: match.index, length: match[0].length }));
  let result = '';
  let done = 0;
  for (let i = 0; i < runs.length; i += 1) {
    const open = runs[i];
    const end = open && runs.findIndex((run, j) => j > i && run.length === open.length);
    const close = end === undefined || end < 0 ? undefined : runs[end];
    if (!open || !close || end === undefined) continue;
    const after = close.at + close.length;
    result += text.slice(done, open.at) + BLANK.repeat(after - open.at);
    done = after;
    i = end;
  }
  return result + text.slice(done);
}
