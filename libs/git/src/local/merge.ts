import { Failure } from '@clawtank/kernel';
import { fail } from '../domain/failures.js';
import type { MergeRequest, Signature } from '../domain/git-objects.js';
import { isAncestor } from './history.js';
import type { BareRepository } from './bare-repository.js';
import { trialMerge } from './merge-tree.js';
import { moveOne, type MoveRef, needCommit, resolveCommit } from './refs.js';
import { signatureEnvironment } from './signature.js';

const ATTEMPTS = 5;

/** Writes a commit object and returns its id; no ref moves. Same tree, parents, message and times: same id. */
export async function writeCommit(
  repository: BareRepository,
  commit: {
    tree: string;
    parents: readonly string[];
    message: string;
    author: Signature;
    committer: Signature;
  },
): Promise<string> {
  const parents = commit.parents.flatMap((parent) => ['-p', parent]);
  return repository.text(['commit-tree', ...parents, '-F', '-', commit.tree], {
    input: commit.message,
    env: signatureEnvironment(commit.author, commit.committer),
  });
}

/**
 * Merges a commit into a ref: a merge commit, or the commit itself where the ref has none yet. Repeated, it
 * finds the merge made. A ref that moves meanwhile is merged into anew. Throws `git.merge_conflict` with the
 * files, `git.unrelated_histories`, `git.not_found`, and `git.ref_moved` when the ref keeps moving.
 * @param move how the ref moves: here, or at a host that this repository mirrors
 * @returns the commit that brought `head` in
 */
export async function mergeIntoRef(
  repository: BareRepository,
  request: MergeRequest,
  move: MoveRef = moveOne,
): Promise<string> {
  const head = await needCommit(repository, request.head);
  for (let attempt = 1; ; attempt += 1) {
    const from = (await resolveCommit(repository, request.intoRef)) ?? null;
    if (from !== null && (await isAncestor(repository, head, from))) return bringer(repository, head, from);
    const to = from === null ? head : await writeMerge(repository, from, head, request);
    const moved = await moveOnce(
      () => move(repository, { ref: request.intoRef, from, to }, 'merge'),
      attempt === ATTEMPTS,
    );
    if (moved) return to;
  }
}

async function writeMerge(
  repository: BareRepository,
  from: string,
  head: string,
  request: MergeRequest,
): Promise<string> {
  const trial = await trialMerge(repository, from, head);
  if (!trial.clean) throw fail('git.merge_conflict', { files: trial.files });
  return writeCommit(repository, { ...request, tree: trial.tree, parents: [from, head] });
}

async function moveOnce(move: () => Promise<void>, last: boolean): Promise<boolean> {
  try {
    await move();
    return true;
  } catch (error) {
    if (last || !(error instanceof Failure) || error.reason !== 'git.ref_moved') throw error;
    return false;
  }
}

/** The oldest commit on the ref's own line that holds `head`: the merge that brought it, or itself. */
async function bringer(repository: BareRepository, head: string, tip: string): Promise<string> {
  const line = await repository.text(['rev-list', '--first-parent', '--ancestry-path', `${head}..${tip}`]);
  const oldest = line.split('\n').at(-1);
  if (!oldest) return head;
  const parents = (await repository.text(['rev-list', '--parents', '--max-count=1', oldest])).split(' ');
  // The line runs through `head` itself: nothing brought it in, it was written there.
  return parents[1] === head ? head : oldest;
}
