import type { Endpoints } from '@octokit/types';
import type {
  ForgeCheck,
  ForgeProtection,
  ForgePull,
  ForgeRepository,
  ForgeReview,
} from '../../application/forge.js';

type DataOf<R extends keyof Endpoints> = Endpoints[R]['response']['data'];
type FullPull = DataOf<'GET /repos/{owner}/{repo}/pulls/{pull_number}'>;
type ListedPull = DataOf<'GET /repos/{owner}/{repo}/pulls'>[number];
type Review = DataOf<'GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews'>[number];
type Status = DataOf<'GET /repos/{owner}/{repo}/commits/{ref}/status'>['statuses'][number];
type Protection = DataOf<'GET /repos/{owner}/{repo}/branches/{branch}/protection'>;
type Run = DataOf<'GET /repos/{owner}/{repo}/commits/{ref}/check-runs'>['check_runs'][number];

export function repositoryOf(data: DataOf<'GET /repos/{owner}/{repo}'>): ForgeRepository {
  return {
    fullName: data.full_name,
    url: data.html_url,
    defaultBranch: data.default_branch,
    private: data.private,
    archived: data.archived,
    canPush: data.permissions?.push ?? false,
  };
}

/** A pull request as it is read alone or in a list, which does not say whether it merges. */
export function pullOf(data: FullPull | ListedPull): ForgePull {
  const mergeable = 'mergeable' in data ? data.mergeable : null;
  const merged = data.merged_at !== null;
  return {
    number: data.number,
    url: data.html_url,
    title: data.title,
    body: data.body ?? '',
    state: merged ? 'merged' : data.state === 'open' ? 'open' : 'closed',
    branch: data.head.ref,
    base: data.base.ref,
    headSha: data.head.sha,
    mergedSha: merged ? data.merge_commit_sha : null,
    mergeable: mergeable === true ? 'clean' : mergeable === false ? 'conflict' : 'unknown',
    author: data.user?.login ?? 'ghost',
    updatedAt: new Date(data.updated_at),
  };
}

const VERDICTS: Readonly<Record<string, ForgeReview['verdict']>> = {
  APPROVED: 'approve',
  CHANGES_REQUESTED: 'request_changes',
  COMMENTED: 'comment',
};

/** Dismissed and pending reviews say nothing. */
export function reviewOf(data: Review): readonly ForgeReview[] {
  const verdict = VERDICTS[data.state];
  if (!verdict) return [];
  return [
    {
      id: String(data.id),
      author: data.user?.login ?? 'ghost',
      authorId: data.user ? String(data.user.id) : null,
      verdict,
      body: data.body,
      sha: data.commit_id,
      at: new Date(data.submitted_at ?? 0),
    },
  ];
}

const STATES = ['pending', 'success', 'failure', 'error'] as const;

export function checkOfStatus(data: Status): ForgeCheck {
  const state = STATES.find((one) => one === data.state) ?? 'error';
  return {
    context: data.context,
    state,
    description: data.description ?? '',
    targetUrl: data.target_url || null,
  };
}

/** What was skipped or is neutral stands in nobody's way; whatever else is no success is none. */
export function checkOfRun(data: Run): ForgeCheck {
  const fine = ['success', 'neutral', 'skipped'].includes(data.conclusion ?? '');
  const state = data.status !== 'completed' ? 'pending' : fine ? 'success' : 'failure';
  const description = data.conclusion ?? data.status;
  return { context: data.name, state, description, targetUrl: data.details_url };
}

export const UNPROTECTED: ForgeProtection = {
  pullRequestRequired: false,
  requiredApprovals: 0,
  requiredChecks: [],
  signedCommits: false,
  linearHistory: false,
};

/** A branch's own protection. */
export function protectionOf(data: Protection): ForgeProtection {
  const { required_pull_request_reviews: reviews, required_status_checks: checks } = data;
  return {
    pullRequestRequired: reviews !== undefined,
    requiredApprovals: reviews?.required_approving_review_count ?? 0,
    requiredChecks: checks?.contexts ?? [],
    signedCommits: data.required_signatures?.enabled ?? false,
    linearHistory: data.required_linear_history?.enabled ?? false,
  };
}

/** What two sets of rules ask for together: whatever either asks. */
export function bothProtections(one: ForgeProtection, other: ForgeProtection): ForgeProtection {
  return {
    pullRequestRequired: one.pullRequestRequired || other.pullRequestRequired,
    requiredApprovals: Math.max(one.requiredApprovals, other.requiredApprovals),
    requiredChecks: [...new Set([...one.requiredChecks, ...other.requiredChecks])],
    signedCommits: one.signedCommits || other.signedCommits,
    linearHistory: one.linearHistory || other.linearHistory,
  };
}
