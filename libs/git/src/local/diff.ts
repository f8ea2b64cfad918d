import type { Diff, FileDiff, FileStatus } from '../domain/git-objects.js';
import { safeRevision } from '../domain/ref-names.js';
import type { BareRepository } from './bare-repository.js';
import { parseCount } from './history.js';

export interface DiffLimits {
  readonly maxFiles: number;
  /** Of all patches together. */
  readonly maxPatchBytes: number;
  /** Of one file's patch, in characters. */
  readonly maxFilePatch: number;
}

const DEFAULT_LIMITS: DiffLimits = { maxFiles: 1_000, maxPatchBytes: 4 * 1024 * 1024, maxFilePatch: 200_000 };
const MAX_LIST_BYTES = 8 * 1024 * 1024;

const STATUS: Readonly<Record<string, FileStatus>> = {
  A: 'added',
  M: 'modified',
  D: 'deleted',
  R: 'renamed',
  C: 'copied',
  T: 'type_changed',
};

/** What `head` changed since it left `base` (git's `base...head`), file by file. */
export async function diffSinceFork(
  repository: BareRepository,
  base: string,
  head: string,
  limits: DiffLimits = DEFAULT_LIMITS,
): Promise<Diff> {
  const range = `${safeRevision(base)}...${safeRevision(head)}`;
  const diff = ['diff', '--no-ext-diff', '--no-textconv', '--no-color', '--find-renames'];
  const [list, patches] = await Promise.all([
    repository.must([...diff, '--raw', '--numstat', '-z', range, '--'], { maxBytes: MAX_LIST_BYTES }),
    repository.must([...diff, '--patch', range, '--'], { maxBytes: limits.maxPatchBytes }),
  ]);
  const entries = parseList(list.stdout.toString());
  const sections = splitPatches(patches.stdout.toString());
  const files = attachPatches(entries, sections, {
    cutAtEnd: patches.truncated,
    maxChars: limits.maxFilePatch,
  });
  const shown = files.slice(0, limits.maxFiles);
  return {
    files: shown,
    additions: entries.reduce((sum, file) => sum + (file.additions ?? 0), 0),
    deletions: entries.reduce((sum, file) => sum + (file.deletions ?? 0), 0),
    truncated: list.truncated || shown.length < files.length || shown.some((file) => file.truncated),
  };
}

type ListedFile = Omit<FileDiff, 'patch' | 'truncated'>;

/** The names and counts of the changed files alone, for callers that need no patch. */
export async function changedPaths(
  repository: BareRepository,
  base: string,
  head: string,
): Promise<readonly string[]> {
  const range = `${safeRevision(base)}...${safeRevision(head)}`;
  const args = ['diff', '--name-only', '--no-renames', '-z', range, '--'];
  const output = await repository.must(args, { maxBytes: MAX_LIST_BYTES });
  return output.stdout.toString().split('\0').slice(0, -1);
}

/** `--raw -z` entries (`:modes shas STATUS`, path, and the new path of a rename), then the `--numstat -z` ones. */
function parseList(text: string): readonly ListedFile[] {
  const fields = text.split('\0').slice(0, -1);
  const files: { path: string; previousPath: string | null; status: FileStatus }[] = [];
  let at = 0;
  while (fields[at]?.startsWith(':')) {
    const status = STATUS[/ ([A-Z])\d*$/.exec(fields[at] ?? '')?.[1] ?? 'M'] ?? 'modified';
    const moved = status === 'renamed' || status === 'copied';
    const [first = '', second = ''] = fields.slice(at + 1, at + 3);
    files.push({ path: moved ? second : first, previousPath: moved ? first : null, status });
    at += moved ? 3 : 2;
  }
  const counts = new Map<string, { additions: number | null; deletions: number | null }>();
  while (at < fields.length) {
    const count = parseCount(fields[at] ?? '');
    // A rename leaves the path of its counts empty and puts old and new name in the next two fields.
    counts.set(count.path === '' ? (fields[at + 2] ?? '') : count.path, count);
    at += count.path === '' ? 3 : 1;
  }
  return files.map((file) => {
    const count = counts.get(file.path);
    return { ...file, additions: count?.additions ?? null, deletions: count?.deletions ?? null };
  });
}

/** Only a header starts a line with `diff --git`: every line of content has a sign before it. */
const splitPatches = (text: string): readonly string[] =>
  text === '' ? [] : text.split(/^(?=diff --git )/m);

/** Patches come in the order of the list; a change of type is written as a deletion and an addition. */
function attachPatches(
  entries: readonly ListedFile[],
  sections: readonly string[],
  limits: { readonly cutAtEnd: boolean; readonly maxChars: number },
): readonly FileDiff[] {
  let at = 0;
  return entries.map((entry) => {
    const count = entry.status === 'type_changed' ? 2 : 1;
    const own = sections.slice(at, at + count);
    at += count;
    const reachesCut = limits.cutAtEnd && at >= sections.length;
    const patch = own.length > 0 ? own.join('') : null;
    const tooLong = patch !== null && patch.length > limits.maxChars;
    return {
      ...entry,
      patch: tooLong ? patch.slice(0, limits.maxChars) : patch,
      truncated: patch === null || tooLong || reachesCut,
    };
  });
}
