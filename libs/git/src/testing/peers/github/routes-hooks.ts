import { page, PeerRefusal } from '../peer-http.js';
import type { PeerDelivery, PeerHook } from '../deliveries.js';
import type { GithubCall, GithubPeer } from './github-peer.js';
import type { GithubWorld } from './world.js';
import { iso } from './shapes.js';

/** Webhooks: set up, removed, their deliveries listed and sent again. */
export function addHookRoutes(peer: GithubPeer): void {
  peer.repo('GET', '/hooks', ['repository_hooks', 'read'], ({ world, request }) =>
    page(
      request,
      peer.url,
      world.repository.hooks.map((hook) => hookShape(world, hook)),
    ),
  );
  peer.repo('POST', '/hooks', ['repository_hooks', 'write'], ({ world, request, token }) => {
    const { body } = request;
    const config = body.inner('config');
    const url = config.text('url') ?? '';
    if (world.repository.hooks.some((hook) => hook.url === url)) {
      const errors = [
        { resource: 'Hook', code: 'custom', message: 'Hook already exists on this repository' },
      ];
      throw new PeerRefusal(422, { message: 'Validation Failed', errors });
    }
    const hook: PeerHook = {
      id: peer.nextId(),
      url,
      secret: config.text('secret') ?? '',
      events: (body.list('events') ?? ['push']).map(String),
      active: body.flag('active') ?? true,
      signingToken: null,
    };
    world.repository.hooks.push(hook);
    world.ping(hook, token.account);
    return { status: 201, body: hookShape(world, hook) };
  });
  peer.repo('GET', '/hooks/:id', ['repository_hooks', 'read'], (call) => ({
    status: 200,
    body: hookShape(call.world, hookOf(call)),
  }));
  peer.repo('PATCH', '/hooks/:id', ['repository_hooks', 'write'], (call) => {
    const hook = hookOf(call);
    const { body } = call.request;
    const config = body.inner('config');
    hook.active = body.flag('active') ?? hook.active;
    hook.events = body.list('events')?.map(String) ?? hook.events;
    hook.url = config.text('url') ?? hook.url;
    hook.secret = config.text('secret') ?? hook.secret;
    return { status: 200, body: hookShape(call.world, hook) };
  });
  peer.repo('DELETE', '/hooks/:id', ['repository_hooks', 'write'], (call) => {
    const { hooks } = call.world.repository;
    hooks.splice(hooks.indexOf(hookOf(call)), 1);
    return { status: 204 };
  });
  peer.repo('POST', '/hooks/:id/pings', ['repository_hooks', 'write'], (call) => {
    call.world.ping(hookOf(call), call.token.account);
    return { status: 204 };
  });
  peer.repo('GET', '/hooks/:id/deliveries', ['repository_hooks', 'read'], (call) => {
    const { id } = hookOf(call);
    const { world, request } = call;
    const size = Number(request.query.get('per_page') ?? 30);
    const cursor = Number(request.query.get('cursor') ?? Number.MAX_SAFE_INTEGER);
    const newest = world.deliveries.all.filter((one) => one.hookId === id && one.id < cursor).toReversed();
    const shown = newest.slice(0, size);
    const query = new URLSearchParams(request.query);
    query.set('cursor', String(shown.at(-1)?.id ?? 0));
    const link = `<${peer.url}${request.path}?${query.toString()}>; rel="next"`;
    const body = shown.map((delivery) => deliveryShape(world, delivery));
    return { status: 200, body, headers: newest.length > size ? { link } : {} };
  });
  peer.repo('GET', '/hooks/:id/deliveries/:delivery', ['repository_hooks', 'read'], (call) => {
    const found = call.world.deliveries.all.find(({ id }) => String(id) === call.request.params['delivery']);
    if (!found) throw new PeerRefusal(404, { message: 'Not Found' });
    const request = { headers: found.headers, payload: JSON.parse(found.body) };
    return {
      status: 200,
      body: { ...deliveryShape(call.world, found), request, response: { headers: {}, payload: '' } },
    };
  });
  peer.repo('POST', '/hooks/:id/deliveries/:delivery/attempts', ['repository_hooks', 'write'], (call) => {
    const again = call.world.deliveries.redeliver(hookOf(call), Number(call.request.params['delivery']));
    if (!again) throw new PeerRefusal(404, { message: 'Not Found' });
    return { status: 202, body: {} };
  });
}

function hookOf({ world, request }: GithubCall): PeerHook {
  const found = world.repository.hooks.find(({ id }) => String(id) === request.params['id']);
  if (!found) throw new PeerRefusal(404, { message: 'Not Found' });
  return found;
}

/** The secret is never shown again. */
function hookShape({ place }: GithubWorld, hook: PeerHook): object {
  const url = `${place.api}/repos/${place.fullName}/hooks/${String(hook.id)}`;
  return {
    type: 'Repository',
    id: hook.id,
    name: 'web',
    active: hook.active,
    events: hook.events,
    config: {
      url: hook.url,
      content_type: 'json',
      insecure_ssl: '0',
      ...(hook.secret ? { secret: '********' } : {}),
    },
    updated_at: iso(new Date()),
    created_at: iso(new Date()),
    url,
    test_url: `${url}/test`,
    ping_url: `${url}/pings`,
    deliveries_url: `${url}/deliveries`,
    last_response: { code: null, status: 'unused', message: null },
  };
}

function deliveryShape({ repository }: GithubWorld, delivery: PeerDelivery): object {
  const ok = delivery.statusCode >= 200 && delivery.statusCode < 300;
  return {
    id: delivery.id,
    guid: delivery.guid,
    delivered_at: delivery.at.toISOString(),
    redelivery: delivery.redelivery,
    duration: 0.1,
    status: ok ? 'OK' : 'Invalid HTTP Response',
    status_code: delivery.statusCode,
    event: delivery.event,
    action: delivery.action,
    installation_id: null,
    repository_id: repository.id,
    throttled_at: null,
  };
}
