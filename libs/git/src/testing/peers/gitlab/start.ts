import type {
  CommitStatusSchema,
  MergeRequestSchema,
  ProjectHookSchema,
  ProjectSchema,
} from '@gitbeaker/rest';
import { page, PeerRefusal } from '../peer-http.js';
import type { PeerHook } from '../deliveries.js';
import { type GitlabCall, GitlabPeer } from './gitlab-peer.js';
import { gitlabId, type GitlabMerge, type GitlabStatus, type GitlabWorld } from './gitlab-world.js';

const EVENTS = [
  'push_events',
  'tag_push_events',
  'merge_requests_events',
  'note_events',
  'pipeline_events',
] as const;

/** Starts a GitLab on a free port of loopback. */
export async function startGitlabPeer(): Promise<GitlabPeer> {
  const peer = await GitlabPeer.open();
  addProjects(peer);
  addMerges(peer);
  addStatuses(peer);
  addHooks(peer);
  await peer.http.start();
  return peer;
}

function projectShape(world: GitlabWorld) {
  return {
    id: world.id,
    path: world.fullName.split('/').at(-1) ?? '',
    path_with_namespace: world.fullName,
    default_branch: world.defaultBranch,
    web_url: `${world.web}/${world.fullName}`,
    visibility: 'private',
    archived: world.archived,
    permissions: { project_access: { access_level: 40, notification_level: 3 }, group_access: null },
  } satisfies Partial<Omit<ProjectSchema, 'permissions'>> & { permissions: object };
}

function addProjects(peer: GitlabPeer): void {
  peer.on('GET', '/namespaces/:path', (request) => ({
    status: 200,
    body: { id: 77, full_path: request.params['path'] },
  }));
  peer.on('POST', '/projects', async (request) => {
    const path = request.body.text('path') ?? '';
    const fullName = `acme/${path}`;
    if (peer.find(fullName)) throw new PeerRefusal(400, { message: { path: ['has already been taken'] } });
    return { status: 201, body: projectShape(await peer.create(fullName)) };
  });
  peer.project('GET', '', ({ world }) => ({ status: 200, body: projectShape(world) }));
  peer.project('PUT', '', async ({ world, request }) => {
    const branch = request.body.text('default_branch');
    if (branch !== undefined) {
      if (!(await world.git.resolve(`refs/heads/${branch}`)))
        throw new PeerRefusal(400, { message: { base: [`Could not set the default branch`] } });
      world.defaultBranch = branch;
    }
    return { status: 200, body: projectShape(world) };
  });
  peer.project('GET', '/protected_branches/:branch', ({ world, request }) => {
    const name = request.params['branch'] ?? '';
    if (!world.protections.has(name)) throw new PeerRefusal(404, { message: '404 Not found' });
    return {
      status: 200,
      body: {
        id: 1,
        name,
        push_access_levels: [{ access_level: 0 }],
        merge_access_levels: [{ access_level: 40 }],
        allow_force_push: false,
      },
    };
  });
  peer.project('GET', '/approval_rules', ({ world }) => ({
    status: 200,
    body: [...world.protections].map(([name, approvals_required]) => ({
      id: 1,
      name,
      approvals_required,
      protected_branches: [{ name }],
    })),
  }));
  peer.project('GET', '/repository/compare', async ({ world, request }) => {
    const [from, to] = [request.query.get('from') ?? '', request.query.get('to') ?? ''];
    const [a, b] = [
      await world.git.resolve(`refs/heads/${from}`),
      await world.git.resolve(`refs/heads/${to}`),
    ];
    if (!a || !b) throw new PeerRefusal(404, { message: '404 Not Found' });
    const commits = await world.git.between(a, b);
    return {
      status: 200,
      body: { commits: commits.map((id) => ({ id })), diffs: [], compare_same_ref: false },
    };
  });
}

function mergeShape(world: GitlabWorld, merge: GitlabMerge) {
  const { verdict } = merge;
  const known = verdict !== null && verdict.unknownFor <= 0;
  return {
    id: world.id * 1_000 + merge.iid,
    iid: merge.iid,
    title: merge.title,
    description: merge.body,
    state: merge.state,
    source_branch: merge.branch,
    target_branch: merge.base,
    sha: merge.headSha,
    merge_commit_sha: merge.mergeSha,
    has_conflicts: known && !verdict.clean,
    detailed_merge_status: !known ? 'checking' : verdict.clean ? 'mergeable' : 'conflict',
    author: {
      id: gitlabId(merge.author),
      username: merge.author,
      name: merge.author,
      state: 'active',
      avatar_url: '',
      web_url: '',
    },
    web_url: `${world.web}/${world.fullName}/-/merge_requests/${String(merge.iid)}`,
    created_at: merge.createdAt.toISOString(),
    updated_at: merge.updatedAt.toISOString(),
  } satisfies Partial<Record<keyof MergeRequestSchema, unknown>>;
}

function addMerges(peer: GitlabPeer): void {
  const of = ({ world, request }: GitlabCall): GitlabMerge => {
    const found = world.merges.find(({ iid }) => String(iid) === request.params['iid']);
    if (!found) throw new PeerRefusal(404, { message: '404 Not found' });
    return found;
  };
  peer.project('GET', '/merge_requests', ({ world, request }) => {
    const state = request.query.get('state') ?? 'all';
    const wanted = world.merges.filter((merge) => state === 'all' || merge.state === state).toReversed();
    return page(
      request,
      peer.url,
      wanted.map((merge) => mergeShape(world, { ...merge, verdict: null })),
    );
  });
  peer.project('POST', '/merge_requests', async ({ world, request, user }) => {
    const [branch = '', base = '', title = ''] = ['source_branch', 'target_branch', 'title'].map((name) =>
      request.body.text(name),
    );
    const open = world.merges.find(
      (merge) => merge.state === 'opened' && merge.branch === branch && merge.base === base,
    );
    if (open)
      throw new PeerRefusal(409, {
        message: [`Another open merge request already exists for this source branch: !${String(open.iid)}`],
      });
    if (!(await world.git.resolve(`refs/heads/${branch}`)))
      throw new PeerRefusal(400, { message: 'source_branch does not exist' });
    const merge = await world.open(user, {
      title,
      body: request.body.text('description') ?? '',
      branch,
      base,
    });
    return { status: 201, body: mergeShape(world, merge) };
  });
  peer.project('GET', '/merge_requests/:iid', async (call) => {
    const merge = of(call);
    await call.world.look(merge);
    return { status: 200, body: mergeShape(call.world, merge) };
  });
  peer.project('PUT', '/merge_requests/:iid', (call) => {
    const merge = of(call);
    if (call.request.body.text('state_event') === 'close') call.world.close(call.user, merge);
    return { status: 200, body: mergeShape(call.world, merge) };
  });
  peer.project('PUT', '/merge_requests/:iid/merge', async (call) => {
    const merge = of(call);
    const { body } = call.request;
    const done = await call.world.accept(
      call.user,
      merge,
      body.text('merge_commit_message') ?? `Merge !${String(merge.iid)}`,
      body.text('sha'),
    );
    if (typeof done !== 'string') throw new PeerRefusal(done.status, { message: done.message });
    return { status: 200, body: mergeShape(call.world, merge) };
  });
  peer.project('POST', '/merge_requests/:iid/approve', (call) => {
    const merge = of(call);
    if (merge.author === call.user) throw new PeerRefusal(401, { message: '401 Unauthorized' });
    call.world.approve(call.user, merge);
    return { status: 201, body: {} };
  });
  peer.project('GET', '/merge_requests/:iid/approvals', (call) => {
    const { approvals } = of(call);
    const approved_by = approvals.map(({ user, at }) => ({
      user: { id: gitlabId(user), username: user },
      approved_at: at.toISOString(),
    }));
    return { status: 200, body: { approved: approvals.length > 0, approved_by } };
  });
  peer.project('GET', '/merge_requests/:iid/reviewers', (call) => {
    const merge = of(call);
    const body = [...merge.reviewers].map(([user, state]) => ({
      user: { id: gitlabId(user), username: user },
      state,
      created_at: merge.createdAt.toISOString(),
    }));
    return { status: 200, body };
  });
  peer.project('GET', '/merge_requests/:iid/versions', (call) => {
    const { versions } = of(call);
    const shown = versions.map(({ sha, at }, index) => ({
      id: index + 1,
      head_commit_sha: sha,
      created_at: at.toISOString(),
    }));
    return page(call.request, peer.url, shown.toReversed());
  });
  peer.project('GET', '/merge_requests/:iid/notes', (call) =>
    page(
      call.request,
      peer.url,
      of(call).notes.map(({ id, user, body, at }) => ({
        id,
        body,
        system: false,
        author: { id: gitlabId(user), username: user },
        created_at: at.toISOString(),
      })),
    ),
  );
  peer.project('POST', '/merge_requests/:iid/notes', (call) => {
    call.world.note(call.user, of(call), call.request.body.text('body') ?? '');
    return { status: 201, body: {} };
  });
}

function addStatuses(peer: GitlabPeer): void {
  const shape = ({ id, sha, name, status, description, targetUrl }: GitlabStatus) =>
    ({ id, sha, name, status, description, target_url: targetUrl }) satisfies Partial<
      Record<keyof CommitStatusSchema, unknown>
    >;
  peer.project('GET', '/repository/commits/:sha/statuses', ({ world, request }) => {
    // Only the latest of each name, as without `all`.
    const latest = new Map<string, GitlabStatus>();
    for (const status of world.statuses)
      if (status.sha === request.params['sha']) latest.set(status.name, status);
    return page(request, peer.url, [...latest.values()].map(shape));
  });
  peer.project('POST', '/statuses/:sha', ({ world, request }) => {
    const { body } = request;
    const facts = {
      name: body.text('name') ?? 'default',
      status: body.text('state') ?? '',
      description: body.text('description') ?? null,
    };
    const made = world.setStatus({
      ...facts,
      sha: request.params['sha'] ?? '',
      targetUrl: body.text('target_url') ?? null,
    });
    return { status: 201, body: shape(made) };
  });
}

function addHooks(peer: GitlabPeer): void {
  const shape = (hook: PeerHook) =>
    ({
      id: hook.id,
      url: hook.url,
      ...Object.fromEntries(EVENTS.map((name) => [name, hook.events.includes(name)])),
      enable_ssl_verification: true,
      alert_status: hook.active ? 'executable' : 'disabled',
      token_present: hook.secret !== '',
      signing_token_present: hook.signingToken !== null,
    }) satisfies Partial<Record<keyof ProjectHookSchema, unknown>> & { alert_status: string } & Record<
        'token_present' | 'signing_token_present',
        boolean
      >;
  const of = ({ world, request }: GitlabCall): PeerHook => {
    const found = world.hooks.find(({ id }) => String(id) === request.params['id']);
    if (!found) throw new PeerRefusal(404, { message: '404 Not found' });
    return found;
  };
  const wanted = ({ request }: GitlabCall): string[] => EVENTS.filter((name) => request.body.flag(name));
  peer.project('GET', '/hooks', ({ world, request }) => page(request, peer.url, world.hooks.map(shape)));
  peer.project('POST', '/hooks', (call) => {
    const { body } = call.request;
    const id = call.world.hooks.length + 1;
    const hook: PeerHook = {
      id,
      url: body.text('url') ?? '',
      secret: body.text('token') ?? '',
      events: wanted(call),
      active: true,
      signingToken: (peer.signs ? body.text('signing_token') : undefined) ?? null,
    };
    call.world.hooks.push(hook);
    return { status: 201, body: shape(hook) };
  });
  peer.project('PUT', '/hooks/:id', (call) => {
    const hook = of(call);
    const { body } = call.request;
    hook.url = body.text('url') ?? hook.url;
    hook.secret = body.text('token') ?? hook.secret;
    if (peer.signs) hook.signingToken = body.text('signing_token') ?? hook.signingToken;
    hook.events = wanted(call);
    hook.active = true;
    return { status: 200, body: shape(hook) };
  });
  peer.project('DELETE', '/hooks/:id', (call) => {
    const { hooks } = call.world;
    hooks.splice(hooks.indexOf(of(call)), 1);
    return { status: 204 };
  });
  peer.project('GET', '/hooks/:id/events', (call) => {
    const { id } = of(call);
    const newest = call.world.deliveries.all.filter(({ hookId }) => hookId === id).toReversed();
    const body = newest.map((one) => ({
      id: one.id,
      trigger: one.event
        .toLowerCase()
        .replace(/ hook$/, '_hooks')
        .replaceAll(' ', '_'),
      request_headers: { 'X-Gitlab-Event': one.event, 'X-Gitlab-Event-UUID': one.guid },
      response_status: String(one.statusCode),
      created_at: one.at.toISOString(),
    }));
    return page(call.request, peer.url, body);
  });
  peer.project('POST', '/hooks/:id/events/:event/resend', (call) => {
    const again = call.world.deliveries.redeliver(of(call), Number(call.request.params['event']));
    if (!again) throw new PeerRefusal(404, { message: '404 Not found' });
    return { status: 201, body: { response_status: 200 } };
  });
}
