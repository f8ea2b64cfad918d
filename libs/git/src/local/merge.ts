import { fail } from '../domain/failures.js';
import { isAncestor } from './history.js';
import type { BareRepository } from './bare-repository.js';
import { trialMerge } from './merge-tree.js';
import { moveRefs, needCommit, resolveCommit } from './refs.js';
import { type Signature, signatureEnvironment } from './signature.js';

export interface MergeRequest {
  /** Full ref that receives the merge. */
  readonly intoRef: string;
  /** The commit to merge. */
  readonly head: string;
  readonly author: Signature;
  readonly committer: Signature;
  readonly message: string;
}

/** A merge whose commit exists but which no ref names yet. */
export interface PreparedMerge {
  readonly intoRef: string;
  /** Where the ref was; null: it had no commit. */
  readonly from: string | null;
  readonly sha: string;
}

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
 * Makes the merge commit of `head` into a ref without moving it, so that a caller can note the id before it
 * acts. A ref without a commit takes `head` itself, and one that holds it already stays. Throws
 * `git.merge_conflict` with the files, `git.unrelated_histories` or `git.not_found`.
 */
export async function prepareMerge(
  repository: BareRepository,
  request: MergeRequest,
): Promise<PreparedMerge> {
  const { intoRef } = request;
  const head = await needCommit(repository, request.head);
  const from = (await resolveCommit(repository, intoRef)) ?? null;
  if (from === null) return { intoRef, from, sha: head };
  if (await isAncestor(repository, head, from)) return { intoRef, from, sha: from };
  const trial = await trialMerge(repository, from, head);
  if (!trial.clean) throw fail('git.merge_conflict', { files: trial.files });
  const sha = await writeCommit(repository, { ...request, tree: trial.tree, parents: [from, head] });
  return { intoRef, from, sha };
}

/** Moves the ref to a prepared merge. Throws `git.ref_moved` when the ref is no longer where it was. */
export async function finishMerge(repository: BareRepository, merge: PreparedMerge): Promise<void> {
  if (merge.from === merge.sha) return;
  await moveRefs(repository, [{ ref: merge.intoRef, from: merge.from, to: merge.sha }], 'merge');
}

/** `prepareMerge` and `finishMerge` in one; returns the commit that the ref is at afterwards. */
export async function mergeIntoRef(repository: BareRepository, request: MergeRequest): Promise<string> {
  const merge = await prepareMerge(repository, request);
  await finishMerge(repository, merge);
  return merge.sha;
}
