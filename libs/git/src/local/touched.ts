import { isSha, safeRevision } from '../domain/ref-names.js';
import type { FileTouch, TouchedCommit } from '../domain/touch-graph.js';
import type { BareRepository } from './bare-repository.js';
import { GitCommandError } from './git-process.js';

/** Branches that are further apart are no longer looked through commit by commit. */
const MAX_COMMITS = 5_000;
const MAX_BYTES = 32 * 1024 * 1024;
const MAX_KEPT = 20_000;

/** What commits changed never changes; the oldest entries go first. */
const kept = new Map<string, readonly FileTouch[]>();

/**
 * The commits that some of `tips` have and not all, each with what it changed against each parent. Undefined
 * when there are too many, or when the tips have no commit in common.
 */
export async function touchedSinceFork(
  repository: BareRepository,
  tips: readonly string[],
): Promise<readonly TouchedCommit[] | undefined> {
  const heads = [...new Set(tips)].map(safeRevision);
  if (heads.length < 2) return [];
  const base = await repository.run(['merge-base', '--octopus', ...heads]);
  const fork = base.stdout.toString().trim();
  if (base.exitCode !== 0 || !isSha(fork)) return undefined;
  const limit = `--max-count=${String(MAX_COMMITS + 1)}`;
  const list = await repository.text(['rev-list', '--parents', limit, ...heads, `^${fork}`, '--']);
  const lines = list === '' ? [] : list.split('\n').map((line) => line.split(' '));
  if (lines.length > MAX_COMMITS) return undefined;
  const shas = lines.flatMap(([sha]) => sha ?? []);
  if (!(await readChanges(repository, shas))) return undefined;
  return lines.flatMap(([sha, ...parents]) => (sha ? [{ sha, parents, changes: kept.get(sha) ?? [] }] : []));
}

/** @returns false when they changed too much to look at */
async function readChanges(repository: BareRepository, shas: readonly string[]): Promise<boolean> {
  const wanted = shas.filter((sha) => !kept.has(sha));
  if (wanted.length === 0) return true;
  const args = ['diff-tree', '--stdin', '-m', '-r', '-z', '--root', '--name-status', '--no-renames'];
  const output = await repository.run(args, { input: `${wanted.join('\n')}\n`, maxBytes: MAX_BYTES });
  if (output.truncated) return false;
  if (output.exitCode !== 0) throw new GitCommandError(args, output);
  const read = parseChanges(output.stdout.toString());
  forget(wanted.length);
  for (const sha of wanted) kept.set(sha, read.get(sha) ?? []);
  return true;
}

/** A commit's id, once for each parent, then a letter and a path for each file. */
export function parseChanges(text: string): ReadonlyMap<string, readonly FileTouch[]> {
  const found = new Map<string, FileTouch[]>();
  const tokens = text.split('\0').slice(0, -1);
  let present: FileTouch[] = [];
  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at] ?? '';
    if (isSha(token)) {
      present = found.get(token) ?? [];
      found.set(token, present);
      at += 1;
    } else {
      const kind = token === 'A' ? 'added' : token === 'D' ? 'deleted' : 'changed';
      present.push({ kind, path: tokens[at + 1] ?? '' });
      at += 2;
    }
  }
  return found;
}

function forget(room: number): void {
  for (const sha of kept.keys()) {
    if (kept.size + room <= MAX_KEPT) return;
    kept.delete(sha);
  }
}
