import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fail } from '../domain/failures.js';
import { branchOf } from '../domain/ref-names.js';
import { checkRepositoryPath } from '../domain/repository-path.js';
import type { BareRepository } from './bare-repository.js';
import { writeCommit } from './merge.js';
import { moveRefs, needCommit, resolveCommit } from './refs.js';
import type { Signature } from './signature.js';
import { findFile } from './tree-files.js';

export type FileChange =
  | { readonly path: string; readonly content: string | Uint8Array }
  | { readonly path: string; readonly delete: true };

export interface CommitFiles {
  /** Full ref of the branch. */
  readonly ref: string;
  /** The commit the caller worked from; null: the branch has none yet. */
  readonly expectedHead: string | null;
  readonly changes: readonly FileChange[];
  readonly message: string;
  readonly author: Signature;
  readonly committer: Signature;
}

export interface PreparedCommit {
  readonly ref: string;
  readonly from: string | null;
  readonly sha: string;
}

const MAX_CHANGES = 300;
const MAX_CONTENT_BYTES = 10 * 1024 * 1024;

/**
 * Makes a commit from file contents without moving the branch. A file that exists keeps its mode. Throws
 * `git.invalid_path`, `git.invalid_change`, `git.too_large`, `git.not_found` (deleting a missing file),
 * `git.nothing_to_commit`, and `git.ref_moved` when the branch is not at `expectedHead`.
 */
export async function prepareCommit(
  repository: BareRepository,
  request: CommitFiles,
): Promise<PreparedCommit> {
  checkChanges(request.changes);
  const head = (await resolveCommit(repository, request.ref)) ?? null;
  if (head !== request.expectedHead) throw fail('git.ref_moved', { ref: request.ref });
  const tree = await writeTree(repository, head, request.changes);
  const before =
    head === null ? undefined : await repository.text(['rev-parse', '--verify', `${head}^{tree}`]);
  if (tree === before) throw fail('git.nothing_to_commit', { branch: branchOf(request.ref) ?? request.ref });
  const sha = await writeCommit(repository, { ...request, tree, parents: head === null ? [] : [head] });
  return { ref: request.ref, from: head, sha };
}

/** `prepareCommit`, then the move of the branch; returns the new commit's id. */
export async function commitFiles(repository: BareRepository, request: CommitFiles): Promise<string> {
  const commit = await prepareCommit(repository, request);
  await moveRefs(repository, [{ ref: commit.ref, from: commit.from, to: commit.sha }], 'commit');
  return needCommit(repository, commit.sha);
}

const bytesOf = (change: FileChange): number =>
  'delete' in change
    ? 0
    : typeof change.content === 'string'
      ? Buffer.byteLength(change.content)
      : change.content.length;

function checkChanges(changes: readonly FileChange[]): void {
  const refuse = (why: string) => fail('git.invalid_change', { why });
  if (changes.length === 0) throw refuse('there are none');
  if (changes.length > MAX_CHANGES) throw refuse(`there are more than ${MAX_CHANGES} files`);
  for (const change of changes) checkRepositoryPath(change.path);
  if (new Set(changes.map((change) => change.path)).size < changes.length)
    throw refuse('a path occurs twice');
  if (writesBelowAWrite(changes)) throw refuse('a file would stand where a folder is');
  if (changes.reduce((sum, change) => sum + bytesOf(change), 0) > MAX_CONTENT_BYTES) {
    throw fail('git.too_large', { what: 'commit', limit: MAX_CONTENT_BYTES });
  }
}

function writesBelowAWrite(changes: readonly FileChange[]): boolean {
  const written = new Set(changes.filter((change) => !('delete' in change)).map(({ path }) => path));
  return [...written].some((path) =>
    path
      .split('/')
      .some((_, depth, segments) => depth > 0 && written.has(segments.slice(0, depth).join('/'))),
  );
}

async function writeTree(
  repository: BareRepository,
  head: string | null,
  changes: readonly FileChange[],
): Promise<string> {
  const index = join(repository.path, `clawtank-index-${randomUUID()}`);
  const env = { GIT_INDEX_FILE: index };
  try {
    await repository.must(['read-tree', ...(head === null ? ['--empty'] : [head])], { env });
    const lines: string[] = [];
    for (const change of changes) lines.push(await indexLine(repository, head, change));
    // Deletions first: a folder may take the place of a file that goes in the same commit.
    const input = lines.sort().join('');
    await repository.must(['update-index', '-z', '--index-info'], { env, input });
    const tree = await repository.text(['write-tree'], { env });
    if (head !== null) await checkTouched(repository, head, tree, changes);
    return tree;
  } finally {
    await Promise.all([rm(index, { force: true }), rm(`${index}.lock`, { force: true })]);
  }
}

/** The index lets a file take a folder's place and the other way round; nobody asked for those deletions. */
async function checkTouched(
  repository: BareRepository,
  head: string,
  tree: string,
  changes: readonly FileChange[],
): Promise<void> {
  const asked = new Set(changes.map(({ path }) => path));
  const diff = await repository.must(['diff-tree', '-r', '-z', '--name-only', '--no-renames', head, tree]);
  const touched = diff.stdout.toString().split('\0').slice(0, -1);
  if (diff.truncated || touched.some((path) => !asked.has(path))) {
    throw fail('git.invalid_change', {
      why: 'a file would stand where a folder is, or the other way round',
    });
  }
}

/** One `--index-info` line: `mode SP id TAB path NUL`; mode 0 removes the path. */
async function indexLine(
  repository: BareRepository,
  head: string | null,
  change: FileChange,
): Promise<string> {
  const present = head === null ? undefined : await findFile(repository, head, change.path);
  if ('delete' in change) {
    if (!present) throw fail('git.not_found', { what: `file ${change.path}` });
    return `0 ${present.sha}\t${change.path}\0`;
  }
  const blob = await repository.text(['hash-object', '-w', '--stdin'], { input: change.content });
  return `${present?.kind === 'executable' ? '100755' : '100644'} ${blob}\t${change.path}\0`;
}
