import type { components } from '@octokit/openapi-types';
import type { PullRequest, Repository, User } from '@octokit/webhooks-types';
import type { PeerCommit } from '../peer-repository.js';
import { example, localised, type Place } from './examples.js';
import type {
  GithubRepository,
  PeerAccount,
  PeerCheckRun,
  PeerPull,
  PeerReview,
  PeerStatus,
} from './model.js';

type Schemas = components['schemas'];

/** Whole seconds, as GitHub writes times. */
export const iso = (date: Date): string => date.toISOString().replace(/\.\d+Z$/, 'Z');

const OPENED = example('pull_request', 'opened');
const PUSHED = example('push');
const REVIEWED = example('pull_request_review', 'submitted');

export function userShape(place: Omit<Place, 'fullName'>, account: PeerAccount): User {
  const user = localised(OPENED.pull_request.user, { ...place, fullName: `${account.login}/-` });
  const facts = { login: account.login, id: account.id, type: account.type } satisfies Partial<
    Schemas['simple-user']
  >;
  return { ...user, ...facts };
}

export function repositoryShape(place: Place, repository: GithubRepository): Repository {
  const name = repository.fullName.split('/')[1] ?? '';
  const facts = {
    id: repository.id,
    name,
    full_name: repository.fullName,
    private: repository.private,
    default_branch: repository.defaultBranch,
    archived: repository.archived,
    visibility: repository.private ? ('private' as const) : ('public' as const),
    is_template: false,
    web_commit_signoff_required: false,
    topics: [],
    custom_properties: {},
    clone_url: `${place.web}/${repository.fullName}.git`,
    html_url: `${place.web}/${repository.fullName}`,
    url: `${place.api}/repos/${repository.fullName}`,
  } satisfies Partial<Schemas['full-repository']>;
  return { ...localised(OPENED.repository, place), ...facts, owner: userShape(place, repository.owner) };
}

/** What the look of a pull request knows of its merge at this moment. */
export function mergeableOf(pull: PeerPull): boolean | null {
  const { verdict } = pull;
  return verdict?.key === `${pull.baseSha} ${pull.headSha}` && verdict.unknownFor <= 0
    ? verdict.mergeable
    : null;
}

export function pullShape(place: Place, repository: GithubRepository, pull: PeerPull): PullRequest {
  const template = localised(OPENED.pull_request, place);
  const user = userShape(place, pull.account);
  const repo = repositoryShape(place, repository);
  const url = `${place.api}/repos/${place.fullName}/pulls/${String(pull.number)}`;
  const html = `${place.web}/${place.fullName}/pull/${String(pull.number)}`;
  const merged = pull.mergeSha !== null;
  const mergeable = pull.open ? mergeableOf(pull) : null;
  const owner = repository.owner.login;
  const facts = {
    id: pull.id,
    number: pull.number,
    state: pull.open ? 'open' : 'closed',
    title: pull.title,
    body: pull.body,
    draft: pull.draft,
    merged,
    mergeable,
    mergeable_state: mergeable === null ? 'unknown' : mergeable ? 'clean' : 'dirty',
    merge_commit_sha: pull.mergeSha,
    created_at: iso(pull.createdAt),
    updated_at: iso(pull.updatedAt),
    closed_at: pull.closedAt && iso(pull.closedAt),
    merged_at: merged && pull.closedAt ? iso(pull.closedAt) : null,
    url,
    html_url: html,
    auto_merge: null,
    active_lock_reason: null,
  } satisfies Partial<Schemas['pull-request']>;
  return {
    ...template,
    ...facts,
    user,
    merged_by: pull.mergedBy && userShape(place, pull.mergedBy),
    head: {
      ...template.head,
      label: `${owner}:${pull.branch}`,
      ref: pull.branch,
      sha: pull.headSha,
      user: repo.owner,
      repo,
    },
    base: {
      ...template.base,
      label: `${owner}:${pull.base}`,
      ref: pull.base,
      sha: pull.baseSha,
      user: repo.owner,
      repo,
    },
  };
}

export function reviewShape(place: Place, pull: PeerPull, review: PeerReview) {
  const template = localised(REVIEWED.review, place);
  const facts = {
    id: review.id,
    body: review.body,
    state: review.state,
    commit_id: review.sha,
    submitted_at: iso(review.at),
    html_url: `${place.web}/${place.fullName}/pull/${String(pull.number)}#pullrequestreview-${String(review.id)}`,
  } satisfies Partial<Schemas['pull-request-review']>;
  return { ...template, ...facts, user: userShape(place, review.account) };
}

export function statusShape(place: Place, status: PeerStatus) {
  return {
    url: `${place.api}/repos/${place.fullName}/statuses/${status.sha}`,
    avatar_url: null,
    id: status.id,
    node_id: `S_${String(status.id)}`,
    state: status.state,
    description: status.description,
    target_url: status.targetUrl ?? '',
    context: status.context,
    created_at: iso(status.at),
    updated_at: iso(status.at),
  } satisfies Schemas['simple-commit-status'];
}

export function checkRunShape(place: Place, run: PeerCheckRun) {
  return {
    id: run.id,
    name: run.name,
    head_sha: run.sha,
    status: run.status,
    conclusion: run.conclusion,
    started_at: iso(run.startedAt),
    completed_at: run.completedAt && iso(run.completedAt),
    html_url: `${place.web}/${place.fullName}/runs/${String(run.id)}`,
    details_url: `${place.web}/${place.fullName}/runs/${String(run.id)}`,
    output: { title: null, summary: null, text: null, annotations_count: 0, annotations_url: '' },
  } satisfies Partial<Schemas['check-run']>;
}

/** A commit as pushes list it. */
export function pushedCommit(place: Place, commit: PeerCommit) {
  const template = PUSHED.head_commit;
  if (!template) throw new Error('the example of a push has no head commit');
  return {
    ...template,
    id: commit.sha,
    tree_id: commit.tree,
    message: commit.message,
    timestamp: commit.committer.date,
    url: `${place.web}/${place.fullName}/commit/${commit.sha}`,
    author: { name: commit.author.name, email: commit.author.email, username: commit.author.name },
    committer: {
      name: commit.committer.name,
      email: commit.committer.email,
      username: commit.committer.name,
    },
    added: [...commit.added],
    removed: [...commit.removed],
    modified: [...commit.modified],
  };
}

/** A commit as the REST API gives it. */
export function commitShape(place: Place, commit: PeerCommit) {
  const url = `${place.api}/repos/${place.fullName}/git/commits/${commit.sha}`;
  return {
    sha: commit.sha,
    node_id: `C_${commit.sha}`,
    url,
    html_url: `${place.web}/${place.fullName}/commit/${commit.sha}`,
    author: commit.author,
    committer: commit.committer,
    message: commit.message,
    tree: { sha: commit.tree, url: `${place.api}/repos/${place.fullName}/git/trees/${commit.tree}` },
    parents: commit.parents.map((sha) => ({
      sha,
      url: `${place.api}/repos/${place.fullName}/git/commits/${sha}`,
      html_url: `${place.web}/${place.fullName}/commit/${sha}`,
    })),
    verification: { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null },
  } satisfies Schemas['git-commit'];
}
