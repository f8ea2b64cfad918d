import type { ForgeCheck, ForgeHook, ForgePull, ForgeReview } from '../../application/forge.js';

/** What of a merge request is read; Gitbeaker's types differ between one alone and one of a list. */
interface MergeRequest {
  readonly iid: number;
  readonly web_url: string;
  readonly title: string;
  readonly description?: string | null;
  readonly state: string;
  readonly source_branch: string;
  readonly target_branch: string;
  readonly sha: string;
  readonly merge_commit_sha?: string | null;
  readonly detailed_merge_status?: string;
  readonly has_conflicts?: boolean;
  readonly author: { readonly username: string };
  readonly updated_at: string;
}

const UNDECIDED = ['unchecked', 'checking', 'preparing', 'approvals_syncing'];

export function pullOf(data: MergeRequest): ForgePull {
  const undecided = UNDECIDED.includes(data.detailed_merge_status ?? 'unchecked');
  const conflict = data.has_conflicts === true || data.detailed_merge_status === 'conflict';
  return {
    number: data.iid,
    url: data.web_url,
    title: data.title,
    body: data.description ?? '',
    state: data.state === 'merged' ? 'merged' : data.state === 'opened' ? 'open' : 'closed',
    branch: data.source_branch,
    base: data.target_branch,
    headSha: data.sha,
    mergedSha: data.state === 'merged' ? (data.merge_commit_sha ?? data.sha) : null,
    mergeable: data.state !== 'opened' || undecided ? 'unknown' : conflict ? 'conflict' : 'clean',
    author: data.author.username,
    updatedAt: new Date(data.updated_at),
  };
}

interface Account {
  readonly id: number;
  readonly username: string;
}

/** What somebody wrote under a merge request. */
export function reviewOfNote(data: {
  readonly id: number;
  readonly author: Account;
  readonly body: string;
  readonly created_at: string;
}): ForgeReview {
  const { id, author, body, created_at: at } = data;
  const who = { author: author.username, authorId: String(author.id) };
  return { ...who, id: String(id), verdict: 'comment', body, sha: null, at: new Date(at) };
}

/**
 * A reviewer who wants changes. GitLab names neither the moment nor the commit: it stands until they are asked again or
 * say something else, so that it is about what is there now.
 */
export function reviewOfWish({ user }: { readonly user: Account }): ForgeReview {
  const who = { author: user.username, authorId: String(user.id) };
  return {
    ...who,
    id: `wish ${String(user.id)}`,
    verdict: 'request_changes',
    body: '',
    sha: null,
    at: new Date(),
  };
}

/**
 * An approval is of whatever was the newest version when it was given. GitLab names the moment only, and may be set to
 * keep approvals when more is pushed. Given anew it is another one.
 */
export function reviewOfApproval(
  data: { readonly user: Account },
  versions: readonly { readonly head_commit_sha: string; readonly created_at: string }[],
): ForgeReview {
  const { user } = data;
  const given = 'approved_at' in data && typeof data.approved_at === 'string' ? data.approved_at : null;
  const at = new Date(given ?? 0);
  const seen = versions.filter(({ created_at: made }) => new Date(made) <= at);
  const newest = seen.toSorted((a, b) => Date.parse(a.created_at) - Date.parse(b.created_at)).at(-1);
  return {
    id: `approval ${String(user.id)} ${given ?? ''}`.trim(),
    author: user.username,
    authorId: String(user.id),
    verdict: 'approve',
    body: '',
    sha: newest?.head_commit_sha ?? null,
    at,
  };
}

export const STATUS_OF = {
  pending: 'pending',
  success: 'success',
  failure: 'failed',
  error: 'failed',
} as const;

/** Whatever has neither passed nor been skipped, and is not under way, has failed. */
export function checkOf(data: {
  readonly name?: string | undefined;
  readonly status: string;
  readonly description?: string | null | undefined;
  readonly target_url?: string | null | undefined;
}): ForgeCheck {
  const fine = ['success', 'skipped', 'manual'].includes(data.status);
  const waits = ['created', 'pending', 'running', 'preparing', 'scheduled', 'waiting_for_resource'].includes(
    data.status,
  );
  const state = fine ? 'success' : waits ? 'pending' : 'failure';
  return {
    context: data.name ?? 'default',
    state,
    description: data.description ?? '',
    targetUrl: data.target_url ?? null,
  };
}

/** GitLab switches hooks off that fail, and says so in `alert_status`. */
export function hookOf(data: object): ForgeHook {
  const read = (name: string): unknown => Object.entries(data).find(([key]) => key === name)?.[1];
  const active = !['disabled', 'temporarily_disabled'].includes(String(read('alert_status')));
  const signs = read('signing_token_present') === true;
  return { id: String(read('id')), url: String(read('url')), active, signs };
}
