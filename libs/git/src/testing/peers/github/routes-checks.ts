import { page, PeerRefusal } from '../peer-http.js';
import type { GithubPeer } from './github-peer.js';
import type { PeerCheckRun, PeerStatus } from './model.js';
import { checkRunShape, statusShape } from './shapes.js';

const STATES = ['pending', 'success', 'failure', 'error'] as const;
const CONCLUSIONS = [
  'success',
  'failure',
  'neutral',
  'cancelled',
  'skipped',
  'timed_out',
  'action_required',
] as const;

/** Commit statuses and check runs. */
export function addCheckRoutes(peer: GithubPeer): void {
  peer.repo('POST', '/statuses/:sha', ['statuses', 'write'], async ({ world, request, token }) => {
    const sha = await world.repository.git.resolve(request.params['sha'] ?? '');
    if (!sha)
      throw new PeerRefusal(422, { message: `No commit found for SHA: ${request.params['sha'] ?? ''}` });
    const state = STATES.find((one) => one === request.body.text('state'));
    if (!state) throw new PeerRefusal(422, { message: 'Validation Failed' });
    const status = world.setStatus(token.account, {
      sha,
      state,
      context: request.body.text('context') ?? 'default',
      description: request.body.text('description') ?? '',
      targetUrl: request.body.text('target_url') ?? null,
    });
    return { status: 201, body: statusShape(world.place, status) };
  });
  peer.repo('GET', '/commits/:sha/status', ['statuses', 'read'], ({ world, request }) => {
    const sha = request.params['sha'] ?? '';
    const latest = new Map<string, PeerStatus>();
    for (const status of world.repository.statuses)
      if (status.sha === sha) latest.set(status.context, status);
    const statuses = [...latest.values()].map((status) => statusShape(world.place, status));
    const states = [...latest.values()].map(({ state }) => state);
    // With no status at all GitHub says `pending`.
    const state = states.some((one) => one === 'failure' || one === 'error')
      ? 'failure'
      : states.length > 0 && states.every((one) => one === 'success')
        ? 'success'
        : 'pending';
    const { body, ...reply } = page(request, peer.url, statuses);
    return { ...reply, body: { state, statuses: body, sha, total_count: statuses.length } };
  });
  peer.repo('POST', '/check-runs', ['checks', 'write'], ({ world, request }) => {
    const conclusion: PeerCheckRun['conclusion'] =
      CONCLUSIONS.find((one) => one === request.body.text('conclusion')) ?? null;
    const run = world.checkRun(
      request.body.text('head_sha') ?? '',
      request.body.text('name') ?? '',
      conclusion,
    );
    return { status: 201, body: checkRunShape(world.place, run) };
  });
  peer.repo('GET', '/commits/:sha/check-runs', ['checks', 'read'], ({ world, request }) => {
    const runs = world.repository.checkRuns.filter(({ sha }) => sha === request.params['sha']);
    const { body, ...reply } = page(
      request,
      peer.url,
      runs.map((run) => checkRunShape(world.place, run)),
    );
    return { ...reply, body: { total_count: runs.length, check_runs: body } };
  });
}
