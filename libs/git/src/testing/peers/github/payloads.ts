import type {
  CheckRunEvent,
  PingEvent,
  PullRequestEvent,
  PullRequestReviewEvent,
  PushEvent,
  StatusEvent,
} from '@octokit/webhooks-types';
import { ZERO_SHA } from '../../../domain/ref-names.js';
import type { PeerHook } from '../deliveries.js';
import type { PeerCommit, PeerRefMove } from '../peer-repository.js';
import { example, localised, type Place } from './examples.js';
import type {
  GithubRepository,
  PeerAccount,
  PeerCheckRun,
  PeerPull,
  PeerReview,
  PeerStatus,
} from './model.js';
import {
  checkRunShape,
  iso,
  pullShape,
  pushedCommit,
  repositoryShape,
  reviewShape,
  userShape,
} from './shapes.js';

export interface Scene {
  readonly place: Place;
  readonly repository: GithubRepository;
  readonly sender: PeerAccount;
}

const about = ({ place, repository, sender }: Scene) => ({
  repository: repositoryShape(place, repository),
  sender: userShape(place, sender),
});

export function pushPayload(
  scene: Scene,
  move: PeerRefMove,
  brought: {
    readonly commits: readonly PeerCommit[];
    readonly head: PeerCommit | null;
    readonly forced: boolean;
  },
): PushEvent {
  const { place, sender } = scene;
  const template = localised(example('push'), place);
  const { repository, sender: who } = about(scene);
  return {
    ...template,
    ref: move.ref,
    before: move.before,
    after: move.after,
    created: move.before === ZERO_SHA,
    deleted: move.after === ZERO_SHA,
    forced: brought.forced,
    base_ref: null,
    compare: `${place.web}/${place.fullName}/compare/${move.before.slice(0, 12)}...${move.after.slice(0, 12)}`,
    commits: brought.commits.map((commit) => pushedCommit(place, commit)),
    head_commit: brought.head && pushedCommit(place, brought.head),
    repository: { ...template.repository, ...repository, master_branch: scene.repository.defaultBranch },
    pusher: { name: sender.login, email: `${sender.login}@users.noreply.peer.invalid` },
    sender: who,
  };
}

export type PullAction = 'opened' | 'reopened' | 'closed' | 'synchronize' | 'edited';

export function pullPayload(
  scene: Scene,
  action: PullAction,
  pull: PeerPull,
  moved?: { readonly before: string; readonly after: string },
): PullRequestEvent {
  // GitHub's examples have none of an edit: it is like the others, with what was before.
  const edited = action === 'edited' ? { action, changes: {} } : {};
  const template = {
    ...localised(example('pull_request', action === 'edited' ? 'opened' : action), scene.place),
    ...edited,
  };
  const facts = {
    number: pull.number,
    pull_request: pullShape(scene.place, scene.repository, pull),
    ...moved,
  };
  return { ...template, ...facts, ...about(scene) } as PullRequestEvent;
}

export function reviewPayload(scene: Scene, pull: PeerPull, review: PeerReview): PullRequestReviewEvent {
  const template = localised(example('pull_request_review', 'submitted'), scene.place);
  const state = review.state.toLowerCase();
  const facts = {
    review: { ...reviewShape(scene.place, pull, review), state },
    pull_request: simplePull(scene, pull, template.pull_request),
  };
  return { ...template, ...facts, ...about(scene) } as PullRequestReviewEvent;
}

/** Younger than the example. */
const NEWER = ['draft', 'auto_merge', 'active_lock_reason'];

/** Reviews carry their pull request without what takes a computation. */
function simplePull(scene: Scene, pull: PeerPull, template: object): object {
  const full = Object.entries(pullShape(scene.place, scene.repository, pull));
  return Object.fromEntries(full.filter(([name]) => name in template || NEWER.includes(name)));
}

export function statusPayload(scene: Scene, status: PeerStatus, branches: readonly string[]): StatusEvent {
  const template = localised(example('status'), scene.place);
  const commit = { ...template.commit, sha: status.sha };
  const [one] = template.branches;
  return {
    ...template,
    id: status.id,
    sha: status.sha,
    name: scene.place.fullName,
    target_url: status.targetUrl,
    context: status.context,
    description: status.description,
    state: status.state,
    commit,
    branches: one
      ? branches.map((name) => ({ ...one, name, commit: { ...one.commit, sha: status.sha } }))
      : [],
    created_at: iso(status.at),
    updated_at: iso(status.at),
    ...about(scene),
  };
}

export function checkRunPayload(scene: Scene, run: PeerCheckRun): CheckRunEvent {
  const action = run.status === 'completed' ? 'completed' : 'created';
  const template = localised(example('check_run', action), scene.place);
  const { check_run: shown } = template;
  const check = { ...shown, ...checkRunShape(scene.place, run), output: shown.output, pull_requests: [] };
  const suite = { ...shown.check_suite, head_sha: run.sha, pull_requests: [] };
  return { ...template, check_run: { ...check, check_suite: suite }, ...about(scene) } as CheckRunEvent;
}

/** A ref that was made or has gone. */
export function refPayload(scene: Scene, name: 'create' | 'delete', ref: string): object {
  const [, kind = '', ...rest] = ref.split('/');
  const facts = { ref: rest.join('/'), ref_type: kind === 'tags' ? 'tag' : 'branch', pusher_type: 'user' };
  const master = name === 'create' ? { master_branch: scene.repository.defaultBranch } : {};
  return { ...localised(example(name), scene.place), ...facts, ...master, ...about(scene) };
}

export function pingPayload(scene: Scene, hook: PeerHook): PingEvent {
  const template = localised(example('ping'), scene.place);
  const url = `${scene.place.api}/repos/${scene.place.fullName}/hooks/${String(hook.id)}`;
  const facts = { id: hook.id, active: hook.active, events: [...hook.events] };
  const shown = { ...template.hook, ...facts, deliveries_url: `${url}/deliveries` };
  return { ...template, hook_id: hook.id, hook: shown, ...about(scene) } as PingEvent;
}
