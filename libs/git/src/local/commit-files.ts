import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { gitFailures } from '../domain/git-failures.js';
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
  if (head !== request.expectedHead) throw gitFailures.fail('git.ref_moved', { ref: request.ref });
  const tree = await writeTree(repository, head, request.changes);
  const before =
    head === null ? undefined : await repository.text(['rev-parse', '--verify', `${head}^{tree}`]);
  if (tree === before)
    throw gitFailures.fail('git.nothing_to_commit', { branch: branchOf(request.ref) ?? request.ref });
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
  const refuse = (why: string) => gitFailures.fail('git.invalid_change', { why });
  if (changes.length === 0) throw refuse('there are none');
  if (changes.length > MAX_CHANGES) throw refuse(`there are more than ${MAX_CHANGES} files`);
  for (const change of changes) checkRepositoryPath(change.path);
  if (new Set(changes.map((change) => change.path)).size < changes.length)
    throw refuse('a path occurs twice');
  if (changes.reduce((sum, change) => sum + bytesOf(change), 0) > MAX_CONTENT_BYTES) {
    throw gitFailures.fail('git.too_large', { what: 'commit', limit: MAX_CONTENT_BYTES });
  }
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
    const update = await repository.run(['update-index', '-z', '--index-info'], { env, input });
    if (update.exitCode !== 0)
      throw gitFailures.fail('git.invalid_change', { why: 'a file would stand where a folder is' });
    return await repository.text(['write-tree'], { env });
  } finally {
    await Promise.all([rm(index, { force: true }), rm(`${index}.lock`, { force: true })]);
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
    if (!present) throw gitFailures.fail('git.not_found', { what: `file ${change.path}` });
    return `0 ${present.sha}\t${change.path}\0`;
  }
  const blob = await repository.text(['hash-object', '-w', '--stdin'], { input: change.content });
  return `${present?.kind === 'executable' ? '100755' : '100644'} ${blob}\t${change.path}\0`;
}
