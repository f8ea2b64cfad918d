import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fail } from '../domain/failures.js';
import { branchOf, HEADS, isSha, safeRevision, TAGS, ZERO_SHA } from '../domain/ref-names.js';
import type { RefTip } from '../domain/git-objects.js';
import type { BareRepository } from './bare-repository.js';

export interface RefMove {
  readonly ref: string;
  /** The commit the ref must be at; null: it must not exist. */
  readonly from: string | null;
  /** Null deletes the ref. */
  readonly to: string | null;
}

/** All branches and tags, ordered by name. */
export async function listRefs(repository: BareRepository): Promise<readonly RefTip[]> {
  const format = '%(refname)%00%(objectname)%00%(*objectname)';
  const text = await repository.text(['for-each-ref', `--format=${format}`, HEADS, TAGS]);
  return text.split('\n').flatMap((line) => {
    const [ref, sha, peeled] = line.split('\0');
    return ref && sha ? [{ ref, sha: peeled || sha }] : [];
  });
}

/** The commit a full ref or object id stands for; undefined when there is none. */
export async function resolveCommit(
  repository: BareRepository,
  revision: string,
): Promise<string | undefined> {
  const spec = `${safeRevision(revision)}^{commit}`;
  const output = await repository.run(['rev-parse', '--verify', '--quiet', '--end-of-options', spec]);
  const sha = output.stdout.toString().trim();
  return output.exitCode === 0 && isSha(sha) ? sha : undefined;
}

/** Like `resolveCommit`, but throws `git.not_found` when there is no such commit. */
export async function needCommit(repository: BareRepository, revision: string): Promise<string> {
  const sha = await resolveCommit(repository, revision);
  if (!sha) throw fail('git.not_found', { what: branchOf(revision) === undefined ? 'commit' : 'branch' });
  return sha;
}

/**
 * Moves refs in one git transaction, each only if it is still where the caller saw it. Throws `git.ref_moved`
 * when one is not, and then none has moved.
 */
export async function moveRefs(
  repository: BareRepository,
  moves: readonly RefMove[],
  why: string,
): Promise<void> {
  const lines = moves.map(({ ref, from, to }) => {
    const name = safeRevision(ref);
    const before = from === null ? ZERO_SHA : safeRevision(from);
    return to === null ? `delete ${name} ${before}` : `update ${name} ${safeRevision(to)} ${before}`;
  });
  const input = ['start', ...lines, 'prepare', 'commit', ''].join('\n');
  const output = await repository.run(['update-ref', '-m', why, '--stdin'], { input });
  if (output.exitCode === 0) return;
  const lost = moves.find(({ ref }) => output.stderr.includes(`'${ref}'`)) ?? moves[0];
  throw fail('git.ref_moved', { ref: lost?.ref ?? '' });
}

/** Moves one ref, only if it is where the caller saw it. @throws git.ref_moved */
export type MoveRef = (repository: BareRepository, move: RefMove, why: string) => Promise<void>;

export const moveOne: MoveRef = (repository, move, why) => moveRefs(repository, [move], why);

/** Points the ref of a pull request at its head, wherever it was. */
export async function keepPullRequest(repository: BareRepository, ref: string, head: string): Promise<void> {
  await repository.must(['update-ref', '--', ref, safeRevision(head)]);
}

const NAMES_BRANCH = /^ref: (refs\/heads\/\S+)\n?$/;

/** The full ref of the branch that HEAD names, whether or not it has a commit yet. */
export async function defaultRef(repository: BareRepository): Promise<string> {
  // Asked for with every look at the refs; the file says it without a process.
  const head = await readFile(join(repository.path, 'HEAD'), 'utf8').catch(() => '');
  return NAMES_BRANCH.exec(head)?.[1] ?? (await repository.text(['symbolic-ref', 'HEAD']));
}

/** Makes a branch the default one. */
export async function setDefaultRef(repository: BareRepository, ref: string): Promise<void> {
  await repository.must(['symbolic-ref', 'HEAD', safeRevision(ref)]);
}
