import type { Tx } from '@clawtank/database';
import { liveClaims } from '@clawtank/tasks';
import type { PullRequest } from '../domain/pull-request.js';
import { branchRef } from '../domain/ref-names.js';
import { listPullRequests } from '../persistence/pull-requests.js';
import { listKnownRefs } from '../persistence/refs.js';
import { findRepository, type Repository } from '../persistence/repositories.js';

/** A branch that somebody works on, or that waits to be merged. */
export interface LiveBranchState {
  readonly ref: string;
  readonly sha: string;
  readonly checkedSha: string | null;
  readonly taskId: string | null;
  readonly pullRequest: PullRequest | null;
}

export interface BranchStates {
  readonly repository: Repository;
  /** Undefined while the default branch has no commit. */
  readonly base: LiveBranchState | undefined;
  /** Without the default branch. */
  readonly live: readonly LiveBranchState[];
}

/** The default branch and the live ones, where they were last recorded. Undefined before the set-up is done. */
export async function readBranches(tx: Tx, roomId: string): Promise<BranchStates | undefined> {
  const repository = await findRepository(tx, roomId);
  if (repository?.state !== 'ready') return undefined;
  const claims = await liveClaims(tx, roomId);
  const requests = await listPullRequests(tx, roomId, 'open');
  const working = new Set([...claims, ...requests].map(({ branch }) => branchRef(branch)));
  const states = (await listKnownRefs(tx, roomId)).flatMap((known): LiveBranchState[] => {
    const { ref, sha, checkedSha, taskId } = known;
    const pullRequest = requests.find(({ branch }) => branchRef(branch) === ref) ?? null;
    const claim = claims.find(({ branch }) => branchRef(branch) === ref);
    return sha === null ? [] : [{ ref, sha, checkedSha, pullRequest, taskId: claim?.taskId ?? taskId }];
  });
  return {
    repository,
    base: states.find(({ ref }) => ref === repository.defaultRef),
    live: states.filter(({ ref }) => ref !== repository.defaultRef && working.has(ref)),
  };
}
