import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { LIMITS } from '@clawtank/contracts';
import { fail } from '../domain/failures.js';
import type { CommitFiles, FileChange } from '../domain/git-objects.js';
import { branchOf } from '../domain/ref-names.js';
import { checkRepositoryPath } from '../domain/repository-path.js';
import type { BareRepository } from './bare-repository.js';
import { isAncestor } from './history.js';
import { writeCommit } from './merge.js';
import { moveOne, type MoveRef, needCommit, resolveCommit } from './refs.js';
import { findFile } from './tree-files.js';

/**
 * Commits file contents on a branch at `expectedHead`. A file that exists keeps its mode. The same request
 * makes the same commit, so that one repeated after a crash finds its commit on the branch and is done. Throws
 * `git.invalid_path`, `git.invalid_change`, `git.too_large`, `git.not_found` (deleting a missing file),
 * `git.nothing_to_commit`, and `git.ref_moved` when the branch has gone another way.
 * @returns the commit's id
 */
export async function commitFiles(
  repository: BareRepository,
  request: CommitFiles,
  move: MoveRef = moveOne,
): Promise<string> {
  const { ref, expectedHead, changes } = request;
  checkChanges(changes);
  const head = expectedHead === null ? null : await needCommit(repository, expectedHead);
  const tree = await writeTree(repository, head, changes);
  if (tree === undefined) throw fail('git.nothing_to_commit', { branch: branchOf(ref) ?? ref });
  const parents = head === null ? [] : [head];
  const sha = await writeCommit(repository, { ...request, tree, parents });
  const present = await resolveCommit(repository, ref);
  if (present && (await isAncestor(repository, sha, present))) return sha;
  await move(repository, { ref, from: head, to: sha }, 'commit');
  return sha;
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
  if (changes.length > LIMITS.CHANGES_PER_COMMIT)
    throw refuse(`there are more than ${LIMITS.CHANGES_PER_COMMIT} files`);
  for (const change of changes) checkRepositoryPath(change.path);
  if (new Set(changes.map((change) => change.path)).size < changes.length)
    throw refuse('a path occurs twice');
  if (writesBelowAWrite(changes)) throw refuse('a file would stand where a folder is');
  if (changes.reduce((sum, change) => sum + bytesOf(change), 0) > LIMITS.COMMIT_BYTES) {
    throw fail('git.too_large', { what: 'commit', limit: LIMITS.COMMIT_BYTES });
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
): Promise<string | undefined> {
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
    const changed = head === null || (await isTouched(repository, head, tree, changes));
    return changed ? tree : undefined;
  } finally {
    await Promise.all([rm(index, { force: true }), rm(`${index}.lock`, { force: true })]);
  }
}

/**
 * Whether a tree differs from the commit's. The index lets a file take a folder's place and the other way round;
 * nobody asked for those deletions.
 */
async function isTouched(
  repository: BareRepository,
  head: string,
  tree: string,
  changes: readonly FileChange[],
): Promise<boolean> {
  const asked = new Set(changes.map(({ path }) => path));
  const diff = await repository.must(['diff-tree', '-r', '-z', '--name-only', '--no-renames', head, tree]);
  const touched = diff.stdout.toString().split('\0').slice(0, -1);
  if (diff.truncated || touched.some((path) => !asked.has(path))) {
    throw fail('git.invalid_change', {
      why: 'a file would stand where a folder is, or the other way round',
    });
  }
  return touched.length > 0;
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
