/** A line of a diff, with where it stands before and after. */
export interface DiffLine {
  readonly kind: 'same' | 'add' | 'del' | 'hunk' | 'note';
  readonly text: string;
  readonly before: number | null;
  readonly after: number | null;
}

const HUNK = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/;

/** Reads the hunks of one file's unified diff; what comes before the first one is left out. */
export function diffLines(patch: string): readonly DiffLine[] {
  const lines: DiffLine[] = [];
  let before = 0;
  let after = 0;
  let inside = false;
  for (const line of patch.replace(/\n$/, '').split('\n')) {
    const hunk = HUNK.exec(line);
    if (hunk) {
      inside = true;
      before = Number(hunk[1]);
      after = Number(hunk[2]);
      lines.push({ kind: 'hunk', text: line, before: null, after: null });
    } else if (inside) {
      const read = readLine(line, before, after);
      lines.push(read);
      if (read.before !== null) before += 1;
      if (read.after !== null) after += 1;
    }
  }
  return lines;
}

function readLine(line: string, before: number, after: number): DiffLine {
  const text = line.slice(1);
  switch (line[0]) {
    case '+':
      return { kind: 'add', text, before: null, after };
    case '-':
      return { kind: 'del', text, before, after: null };
    case '\\':
      return { kind: 'note', text: line.slice(2), before: null, after: null };
    default:
      return { kind: 'same', text, before, after };
  }
}
