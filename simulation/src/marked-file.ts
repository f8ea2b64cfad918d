import { SECTIONS } from './plan.js';

/** Lines between two sections, so that changes in both merge. */
const APART = 8;

const headOf = (section: number): string => `[section ${String(section)}]`;
const lineOf = (mark: string): string => `* ${mark} is done`;
const isLineOf = (mark: string, line: string): boolean =>
  line === lineOf(mark) || line.startsWith(`${lineOf(mark)} (`);

/** A file without any work in it. */
export const blankFile = (): string =>
  Array.from({ length: SECTIONS }, (_, section) => [
    headOf(section),
    ...Array.from({ length: APART }, (_n, line) => `section ${String(section)}, line ${String(line)}`),
  ])
    .flat()
    .join('\n')
    .concat('\n');

/**
 * The file with a task's line right below the head of a section, which is where other tasks put theirs too; with
 * `revision`, that line revised.
 */
export function withMark(text: string, section: number, mark: string, revision = 0): string {
  const wanted = revision === 0 ? lineOf(mark) : `${lineOf(mark)} (revision ${String(revision)})`;
  const lines = text.split('\n');
  const present = lines.findIndex((line) => isLineOf(mark, line));
  if (present >= 0) lines[present] = revision === 0 ? (lines[present] ?? wanted) : wanted;
  else lines.splice(lines.indexOf(headOf(section)) + 1, 0, wanted);
  return lines.join('\n');
}

/** How often a task's line is in the file. */
export const marksIn = (text: string, mark: string): number =>
  text.split('\n').filter((line) => isLineOf(mark, line)).length;
