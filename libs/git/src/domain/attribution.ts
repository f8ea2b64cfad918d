import { AGENT_TRAILER, TASK_TRAILER, trailerValue } from './commit-message.js';
import type { CommitRecord } from './git-objects.js';

const AGENT_ADDRESS = /^([0-9a-f-]{36})@agents\.clawtank\.invalid$/i;

/** A claim that holds, as far as commits can name it. */
export interface NamedWork {
  readonly branch: string;
  readonly key: string;
  readonly claimant: { readonly id: string; readonly name: string };
}

type Signed = Pick<CommitRecord, 'authorEmail' | 'trailers'>;

/**
 * Whose work was pushed to a host that does not ask us who pushes: of the claim that the branch belongs to; else of
 * the claim whose agent signed the newest commit, or whose agent and task its trailers name together.
 * @param commits oldest first
 */
export function workOf<C extends NamedWork>(
  branch: string,
  commits: readonly Signed[],
  claims: readonly C[],
): C | undefined {
  const own = claims.find((claim) => claim.branch === branch);
  const newest = commits.at(-1);
  if (own || !newest) return own;
  const signer = AGENT_ADDRESS.exec(newest.authorEmail)?.[1]?.toLowerCase();
  const agent = trailerValue(newest.trailers, AGENT_TRAILER);
  const task = trailerValue(newest.trailers, TASK_TRAILER);
  return claims.find(
    ({ key, claimant }) =>
      (task === undefined || task === key) &&
      (claimant.id === signer || (task === key && claimant.name === agent)),
  );
}
