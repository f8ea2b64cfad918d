import { connect } from 'node:net';
import { validate } from '@readme/openapi-parser';
import { COMMAND_ROUTES, QUERY_ROUTES } from '@clawtank/agent-sdk';
import { COMMAND_NAMES, LIMITS, type QueryName } from '@clawtank/contracts';
import { HandlerRegistry } from '@clawtank/commands';
import { newId } from '@clawtank/kernel';
import { ROUTE_FAMILIES } from '../src/routes/index.js';
import { type Person, startApi, type TestApi } from './test-api.js';

const ROUTES = ROUTE_FAMILIES.flatMap((family) => family.routes);

describe('the REST surface', () => {
  let api: TestApi;
  let ada: Person;
  beforeAll(async () => {
    api = await startApi();
    ada = await api.aPerson('ada');
    // To everybody else the administrators' part is not there.
    await api.database.query('UPDATE users SET is_admin = true WHERE id = $1', [ada.caller.id]);
  });
  afterAll(() => api.close());

  it('routes everything that is served, and serves everything that it routes', () => {
    const registry = api.app.get(HandlerRegistry, { strict: false });
    const routed = (kind: string) => ROUTES.filter((route) => route.kind === kind).map((route) => route.name);
    expect([...registry.commandNames].sort()).toEqual([...COMMAND_NAMES].sort());
    expect([...registry.queryNames].sort()).toEqual((routed('query') as QueryName[]).sort());
  });

  it('is what the SDK calls', () => {
    const called = [
      ...Object.entries(QUERY_ROUTES).map(([name, path]) => `${name}: GET ${path}`),
      ...Object.entries(COMMAND_ROUTES).map(([name, [method, path]]) => `${name}: ${method} ${path}`),
    ];
    const routed = ROUTES.map((route) => `${route.name}: ${route.method} /${route.path}`);
    expect(called.sort()).toEqual(routed.sort());
  });

  it.each(ROUTES.map((route) => [`${route.method} /${route.path}`, route] as const))(
    'has a handler at %s',
    async (_name, route) => {
      const path = route.path.replace(/:\w+/g, newId());
      const body = route.method === 'GET' || route.method === 'DELETE' ? {} : { body: {} };
      const answer = await api.call(route.method, `/api/v1/${path}`, { token: ada.token, ...body });
      expect(answer.at('reason')).not.toBe('route.unknown');
      expect(answer.status).not.toBe(500);
    },
  );

  it('gives a retried command its first answer, and refuses the key for another body', async () => {
    const room = await api.aRoom(ada, 'public');
    const key = { 'Idempotency-Key': newId() };
    const send = (text: string) =>
      api.call('POST', `/api/v1/rooms/${room.slug}/messages`, {
        token: ada.token,
        body: { text },
        headers: key,
      });
    const first = await send('once');
    expect(first.status).toBe(201);
    expect(first.at('stream')).toBe(`room:${room.id}`);
    expect(JSON.parse((await send('once')).text)).toEqual(JSON.parse(first.text));
    const other = await send('twice');
    expect([other.status, other.at('reason')]).toEqual([409, 'command.other_body']);
    const log = await api.call('GET', `/api/v1/rooms/${room.id}/events`, { token: ada.token });
    expect(log.text.match(/"chat\.message"/g)).toHaveLength(1);
  });

  it('describes itself in valid OpenAPI', async () => {
    const answer = await api.call('GET', '/api/openapi.json');
    expect(await validate(JSON.parse(answer.text))).toMatchObject({ valid: true });
    expect(answer.at('paths./rooms/{room_id}/messages.post.operationId')).toBe('chat.send');
    const paths = Object.entries(Object(answer.at('paths')));
    expect(paths.flatMap(([, item]) => Object.keys(Object(item)))).toHaveLength(ROUTES.length + 11);
  });

  it('shows its documentation without any other host', async () => {
    const page = await api.call('GET', '/api/docs');
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.text).toContain('/rooms/{room_id}/messages');
    expect(page.text).not.toMatch(/(src|href)="https?:|<script/);
  });

  it('allows no other origin', async () => {
    const answer = await api.call('OPTIONS', '/api/v1/rooms', {
      headers: { Origin: 'https://evil.test', 'Access-Control-Request-Method': 'POST' },
    });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('is alive, ready and measured', async () => {
    expect((await api.call('GET', '/healthz')).at('status')).toBe('ok');
    const ready = await api.call('GET', '/readyz');
    expect([ready.status, ready.at('checks')]).toEqual([
      200,
      { database: 'ok', migrations: 'ok', bus: 'ok', git_root: 'ok' },
    ]);
    const metrics = await api.call('GET', '/metrics');
    expect(metrics.text).toContain('clawtank_commands_total{name="chat.send",door="rest",outcome="ok"}');
    expect(metrics.text).toContain('clawtank_queue_depth{queue="consumers"}');
  });

  it('marks every answer with a request id, the caller’s own where it is harmless', async () => {
    const given = await api.call('GET', '/healthz', { headers: { 'X-Request-Id': 'my-request-1' } });
    expect(given.headers.get('x-request-id')).toBe('my-request-1');
    const odd = await api.call('GET', '/healthz', { headers: { 'X-Request-Id': 'a b<c>' } });
    expect(odd.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('asks git clients for credentials, past the body parsers', async () => {
    const room = await api.aRoom(ada, 'public');
    const refs = await api.call('GET', `/git/${room.slug}.git/info/refs?service=git-upload-pack`);
    expect([refs.status, refs.headers.get('www-authenticate')]).toEqual([
      401,
      expect.stringMatching(/^Basic/),
    ]);
    const push = await api.call('POST', `/git/${room.slug}.git/git-receive-pack`, {
      raw: '0'.repeat(2 * LIMITS.COMMAND_BYTES),
      headers: { 'Content-Type': 'application/x-git-receive-pack-request' },
    });
    expect(push.status).toBe(401);
  });

  it('answers what is not HTTP, and goes on', async () => {
    const { port } = new URL(api.url);
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), '127.0.0.1', () => socket.end('NONSENSE\r\n\r\n'));
      let text = '';
      socket.on('data', (chunk) => {
        text += chunk.toString();
      });
      socket.on('close', () => resolve(text));
      socket.on('error', reject);
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400 .*"code":"VALIDATION_FAILED"/s);
    expect((await api.call('GET', '/healthz')).status).toBe(200);
  });
});
