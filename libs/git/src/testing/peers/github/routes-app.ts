import { PeerRefusal } from '../peer-http.js';
import type { GithubPeer } from './github-peer.js';
import { iso, userShape } from './shapes.js';

/** The App itself, its installations and their tokens; and who one is. */
export function addAppRoutes(peer: GithubPeer): void {
  const { access, http } = peer;
  const shape = ({ id, owner, permissions, suspended }: (typeof access.installations)[number]): object => ({
    id,
    account: userShape(peer.placeOf(`${owner}/-`), peer.account(owner)),
    app_id: access.appId,
    app_slug: 'clawtank',
    target_type: peer.account(owner).type,
    permissions,
    events: [],
    repository_selection: 'all',
    suspended_at: suspended ? iso(peer.clock.now()) : null,
  });

  http.route('GET', '/api/v3/app', (request) => {
    access.requireApp(request);
    return {
      status: 200,
      body: { id: access.appId, slug: 'clawtank', name: 'ClawTank', permissions: {}, events: [] },
    };
  });
  http.route('GET', '/api/v3/app/installations', (request) => {
    access.requireApp(request);
    return { status: 200, body: access.installations.map(shape) };
  });
  http.route('GET', '/api/v3/repos/:owner/:name/installation', (request) => {
    access.requireApp(request);
    const found = access.installations.find(({ owner }) => owner === request.params['owner']);
    if (!found) throw new PeerRefusal(404, { message: 'Not Found' });
    return { status: 200, body: shape(found) };
  });
  http.route('GET', '/api/v3/:kind/:owner/installation', (request) => {
    access.requireApp(request);
    const found = access.installations.find(({ owner }) => owner === request.params['owner']);
    if (!found) throw new PeerRefusal(404, { message: 'Not Found' });
    return { status: 200, body: shape(found) };
  });
  http.route('POST', '/api/v3/app/installations/:id/access_tokens', (request) => {
    access.requireApp(request);
    const found = access.installations.find(({ id }) => String(id) === request.params['id']);
    if (!found) throw new PeerRefusal(404, { message: 'Not Found' });
    if (found.suspended) throw new PeerRefusal(403, { message: 'This installation has been suspended' });
    const { token, expiresAt, permissions } = access.installationToken(found);
    const expires_at = expiresAt && iso(expiresAt);
    return { status: 201, body: { token, expires_at, permissions, repository_selection: 'all' } };
  });
  peer.on('GET', '/rate_limit', () => {
    const { perHour: limit, remaining } = peer.limit;
    const core = {
      limit,
      remaining,
      used: limit - remaining,
      reset: Number(peer.limit.headers()['x-ratelimit-reset']),
    };
    return { status: 200, body: { resources: { core }, rate: core } };
  });
  peer.on('GET', '/user', (_request, token) => ({
    status: 200,
    body: userShape(peer.placeOf('-/-'), token.account),
  }));
}
