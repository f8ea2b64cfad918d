import { parseTrailers } from '../domain/commit-message.js';
import type { CommitRange, CommitRecord, FileCount } from '../domain/git-objects.js';
import { isSha, safeRevision } from '../domain/ref-names.js';
import type { BareRepository } from './bare-repository.js';
import { GitCommandError } from './git-process.js';

const MAX_COMMITS = 250;
const MAX_LOG_BYTES = 8 * 1024 * 1024;
const FIELDS = ['%H', '%P', '%an', '%ae', '%ct', '%B'] as const;

export interface LogRange {
  /** Where to start from; it and everything below it counts. */
  readonly to: string;
  /** Commits that are known, with everything below them. */
  readonly known: readonly string[];
  readonly limit?: number;
  /** Newest commits to pass over, for paging. */
  readonly skip?: number;
}

/**
 * The commits of a range with what each changed, oldest first; of a longer range the newest `limit` ones.
 */
export async function commitRange(
  repository: BareRepository,
  { to, known, limit = MAX_COMMITS, skip = 0 }: LogRange,
): Promise<CommitRange> {
  const log = await repository.must(
    [
      'log',
      '-z',
      '--topo-order',
      `--max-count=${limit + 1}`,
      `--skip=${skip}`,
      `--format=tformat:${FIELDS.join('%x00')}`,
      safeRevision(to),
      ...known.map((sha) => `^${safeRevision(sha)}`),
      '--',
    ],
    { maxBytes: MAX_LOG_BYTES },
  );
  const heads = parseLog(log.stdout.toString());
  const shown = heads.slice(0, limit);
  const counted = await countFiles(
    repository,
    shown.map((commit) => commit.sha),
  );
  return {
    commits: shown.map((commit) => withFiles(commit, counted.bySha.get(commit.sha) ?? [])).reverse(),
    truncated: heads.length > limit || log.truncated || counted.truncated,
  };
}

type CommitHead = Omit<CommitRecord, 'files' | 'additions' | 'deletions'>;

/** NUL can't occur in a commit, so a fixed number of NUL-terminated fields can't be forged by a message. */
function parseLog(text: string): readonly CommitHead[] {
  const fields = text.split('\0');
  const heads: CommitHead[] = [];
  for (let at = 0; at + FIELDS.length < fields.length + 1; at += FIELDS.length) {
    const [sha, parents, author, authorEmail, time, message] = fields.slice(at, at + FIELDS.length);
    if (!sha || !isSha(sha) || message === undefined) break;
    heads.push({
      sha,
      parents: parents ? parents.split(' ') : [],
      author: author ?? '',
      authorEmail: authorEmail ?? '',
      committedAt: new Date(Number(time) * 1_000),
      message,
      trailers: parseTrailers(message),
    });
  }
  return heads;
}

async function countFiles(
  repository: BareRepository,
  shas: readonly string[],
): Promise<{ bySha: ReadonlyMap<string, readonly FileCount[]>; truncated: boolean }> {
  if (shas.length === 0) return { bySha: new Map(), truncated: false };
  const args = ['diff-tree', '--stdin', '-z', '-r', '--root', '--numstat', '--no-renames'];
  const output = await repository.run(args, { input: `${shas.join('\n')}\n`, maxBytes: MAX_LOG_BYTES });
  if (output.exitCode !== 0) throw new GitCommandError(args, output);
  const bySha = new Map<string, FileCount[]>();
  let current: FileCount[] = [];
  const tokens = output.stdout.toString().split('\0');
  // The last token is empty, or the one that the cap cut.
  for (const token of tokens.slice(0, -1)) {
    if (isSha(token)) bySha.set(token, (current = []));
    else current.push(parseCount(token));
  }
  return { bySha, truncated: output.truncated };
}

/** One `--numstat` entry: `added TAB deleted TAB path`, with `-` for binary files. */
export function parseCount(token: string): FileCount {
  const [additions, deletions, ...path] = token.split('\t');
  const count = (text: string | undefined): number | null => (text === '-' || !text ? null : Number(text));
  return { path: path.join('\t'), additions: count(additions), deletions: count(deletions) };
}

function withFiles(commit: CommitHead, files: readonly FileCount[]): CommitRecord {
  const sum = (of: (file: FileCount) => number | null): number =>
    files.reduce((total, file) => total + (of(file) ?? 0), 0);
  return {
    ...commit,
    files,
    additions: sum((file) => file.additions),
    deletions: sum((file) => file.deletions),
  };
}

/** The best common ancestor of two commits; undefined when their histories are unrelated. */
export async function mergeBase(
  repository: BareRepository,
  a: string,
  b: string,
): Promise<string | undefined> {
  const output = await repository.run(['merge-base', safeRevision(a), safeRevision(b)]);
  if (output.exitCode > 1) throw new GitCommandError(['merge-base', a, b], output);
  return output.exitCode === 0 ? output.stdout.toString().trim() : undefined;
}

/** Is every commit of `ancestor` also in `descendant`? */
export async function isAncestor(
  repository: BareRepository,
  ancestor: string,
  descendant: string,
): Promise<boolean> {
  const args = ['merge-base', '--is-ancestor', safeRevision(ancestor), safeRevision(descendant)];
  const output = await repository.run(args);
  if (output.exitCode > 1) throw new GitCommandError(args, output);
  return output.exitCode === 0;
}

/** How many commits `head` has that `base` lacks (`ahead`), and the other way round (`behind`). */
export async function aheadBehind(
  repository: BareRepository,
  base: string,
  head: string,
): Promise<{ readonly ahead: number; readonly behind: number }> {
  const range = `${safeRevision(base)}...${safeRevision(head)}`;
  const counts = await repository.text(['rev-list', '--left-right', '--count', range, '--']);
  const [behind, ahead] = counts.split('\t').map(Number);
  return { ahead: ahead ?? 0, behind: behind ?? 0 };
}
