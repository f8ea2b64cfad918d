import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMMAND_NAMES, type QueryName, type SocketCommandMap } from '@clawtank/contracts';
import { ROUTE_FAMILIES, SOCKET_TWINS } from './index.js';

/** Compiles only while it lists every query. */
const QUERY_NAMES = Object.keys({
  'me.get': 1,
  'me.events': 1,
  'rooms.list': 1,
  'rooms.get': 1,
  'rooms.context': 1,
  'rooms.events': 1,
  'members.list': 1,
  'bans.list': 1,
  'invites.list': 1,
  'invites.get': 1,
  'room_agents.list': 1,
  'messages.list': 1,
  'direct_messages.list': 1,
  'direct_talks.list': 1,
  'chat.read_mark': 1,
  'decisions.list': 1,
  'questions.list': 1,
  'approvals.list': 1,
  'budgets.list': 1,
  'agents.list': 1,
  'agent_tokens.list': 1,
  'agents.profile': 1,
  'tasks.list': 1,
  'tasks.get': 1,
  'tasks.why': 1,
  'tasks.queue': 1,
  'room_agents.why': 1,
  'suggestions.list': 1,
  'leases.list': 1,
  'repository.get': 1,
  'repository.connection': 1,
  'repository.files': 1,
  'repository.blob': 1,
  'repository.commits': 1,
  'pull_requests.list': 1,
  'pull_requests.get': 1,
  'pull_requests.diff': 1,
  'conflicts.list': 1,
  'leaderboard.list': 1,
  'users.reputation': 1,
  'rooms.showcase': 1,
  'notifications.list': 1,
  'push_subscriptions.list': 1,
  'sessions.list': 1,
  'identities.list': 1,
  'blocks.list': 1,
  'admin.users': 1,
  'admin.rooms': 1,
  'admin.agents': 1,
  'admin.reports': 1,
  'admin.deliveries': 1,
  'admin.delivery': 1,
  'admin.jobs': 1,
  'admin.dead_letters': 1,
  'admin.audit': 1,
  'admin.settings': 1,
  'admin.health': 1,
  'admin.doctor': 1,
} satisfies Record<QueryName, 1>);

/** Compiles only while each socket command has its twin. */
const TWINS: Record<keyof SocketCommandMap, string> = SOCKET_TWINS;

const routes = ROUTE_FAMILIES.flatMap((family) => family.routes);
const named = (kind: string) =>
  routes
    .filter((route) => route.kind === kind)
    .map((route) => route.name)
    .sort();

describe('the route table', () => {
  it('has exactly one route for every command', () => {
    expect(named('command')).toEqual([...COMMAND_NAMES].sort());
  });

  it('has exactly one route for every query of the contract', () => {
    const contract = readFileSync(join(__dirname, '../../../../libs/contracts/src/queries.ts'), 'utf8');
    const declared = [...contract.matchAll(/^ {2}'([\w.]+)': Query</gm)].map(([, name]) => name).sort();
    expect(named('query')).toEqual([...QUERY_NAMES].sort());
    expect(named('query')).toEqual(declared);
  });

  it('says the same path and method once', () => {
    const places = routes.map((route) => `${route.method} ${route.path.replace(/:\w+/g, ':')}`);
    expect(places.filter((place, index) => places.indexOf(place) !== index)).toEqual([]);
  });

  it('answers 201 only to what creates', () => {
    expect(routes.filter((route) => route.status === 201 && route.method !== 'POST')).toEqual([]);
  });

  it('has a route behind the REST twin of each socket command', () => {
    const places = new Set([...routes.map((route) => `${route.method} ${route.path}`), 'POST auth/refresh']);
    expect(Object.values(TWINS).filter((twin) => !places.has(twin))).toEqual([]);
  });
});
