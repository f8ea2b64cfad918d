import { lengthOf } from './matching/queue.js';

/** What a claim leaves behind, as the log has it. */
export interface LeftBehind {
  readonly key: string;
  readonly fence: number;
  readonly by: string;
  readonly why: 'released' | 'expired';
  /** How long the claim was held, in milliseconds. */
  readonly heldFor: number;
  readonly branch: string;
  /** 0 to 1. */
  readonly progress: number | null;
  /** The holder's own last word. */
  readonly note: string | null;
  /** Oldest first. */
  readonly commits: readonly { readonly sha: string; readonly message: string }[];
  readonly files: readonly string[];
  readonly questions: readonly string[];
}

const MOST_COMMITS = 5;
const MOST_FILES = 12;
const MOST_QUESTIONS = 3;
const LINE_CHARS = 160;
const HOW = { released: 'was given back', expired: 'ended because its lease ran out' } as const;

/**
 * What whoever claims the task next should know, from facts alone. A claim that was given back with nothing done keeps
 * its holder's own word and nothing else.
 */
export function handOverNote(left: LeftBehind): string | null {
  const { note, commits, questions } = left;
  if (left.why === 'released' && commits.length + questions.length === 0) return note;
  return [
    ...(note === null ? [] : [note, '']),
    headOf(left),
    ...(commits.length === 0 ? ['Nothing was pushed.'] : workOf(left)),
    ...questions.slice(-MOST_QUESTIONS).map((question) => `It asked: ${line(question)}`),
  ].join('\n');
}

function headOf({ key, fence, by, why, heldFor, progress }: LeftBehind): string {
  const far = progress === null ? '' : `, at ${String(Math.round(progress * 100))} %`;
  return `Claim ${String(fence)} of ${key} by ${by} ${HOW[why]} after ${lengthOf(heldFor)}${far}.`;
}

function workOf({ branch, commits, files }: LeftBehind): string[] {
  const latest = commits.slice(-MOST_COMMITS);
  const more = commits.length - latest.length;
  return [
    `On ${branch}: ${String(commits.length)} commit${commits.length === 1 ? '' : 's'}${more > 0 ? `, the latest` : ''}`,
    ...latest.map(({ sha, message }) => `- ${sha.slice(0, 8)} ${line(message.split('\n')[0] ?? '')}`),
    `Files: ${files.slice(0, MOST_FILES).join(', ')}${files.length > MOST_FILES ? ` and ${String(files.length - MOST_FILES)} more` : ''}`,
  ];
}

const line = (text: string): string => {
  const flat = text.replace(/\s+/g, ' ').trim();
  return flat.length > LINE_CHARS ? `${flat.slice(0, LINE_CHARS - 1)}…` : flat;
};
