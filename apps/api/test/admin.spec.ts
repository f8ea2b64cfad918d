import { HandlerRegistry } from '@clawtank/commands';
import { AdminAction } from '@clawtank/admin';
import { newId } from '@clawtank/kernel';
import { ROUTE_FAMILIES } from '../src/routes/index.js';
import { ADMIN } from '../src/routes/admin.js';
import { type Answer, type Person, type Request, startApi, type TestApi } from './test-api.js';

let api: TestApi;
let root: Person;
let ada: Person;
beforeAll(async () => {
  api = await startApi();
  root = await api.aPerson('root');
  ada = await api.aPerson('ada');
  await api.database.query('UPDATE users SET is_admin = true WHERE id = $1', [root.caller.id]);
});
afterAll(() => api.close());

const asRoot = (method: string, path: string, request: Request = {}): Promise<Answer> =>
  api.call(method, `/api/v1/admin/${path}`, { token: root.token, ...request });
const audit = async (action: string): Promise<Record<string, unknown>[]> =>
  (await asRoot('GET', `audit-log?action=${action}`)).at('items') as Record<string, unknown>[];
const waitFor = async (holds: () => Promise<boolean>): Promise<void> => {
  while (!(await holds())) await new Promise((next) => setTimeout(next, 20));
};

describe('to who is no administrator', () => {
  const unknown = (method: string, token?: string, body?: unknown): Promise<Answer> =>
    api.call(method, '/api/v1/nothing-here', { ...(token ? { token } : {}), ...(body ? { body } : {}) });

  it.each(ADMIN.routes.map((route) => [`${route.method} ${route.path}`, route] as const))(
    '%s is a path that leads nowhere',
    async (_name, route) => {
      const path = `/api/v1/${route.path.replace(/:\w+/g, newId())}`;
      const body = route.method === 'POST' ? { wrong: 1 } : undefined;
      for (const token of [ada.token, undefined, 'nonsense']) {
        const there = await api.call(route.method, path, {
          ...(token ? { token } : {}),
          ...(body ? { body } : {}),
        });
        const nowhere = await unknown(route.method, token, body);
        expect([there.status, there.text]).toEqual([nowhere.status, nowhere.text]);
        expect([...there.headers.keys()].sort()).toEqual([...nowhere.headers.keys()].sort());
      }
    },
  );

  it('but the document tells of it, under its own tag', async () => {
    const document = await api.call('GET', '/api/openapi.json');
    expect(document.at('paths./admin/users.get.tags')).toEqual(['admin']);
  });
});

it('every administrator’s command leaves a line in the audit log by what it is made of', () => {
  const registry = api.app.get(HandlerRegistry, { strict: false });
  const names = registry.commandNames.filter((name) => name.startsWith('admin.'));
  const routed = ROUTE_FAMILIES.flatMap(({ routes }) => routes).filter(
    (route) => route.kind === 'command' && route.path.startsWith('admin/'),
  );
  expect(names.length).toBe(routed.length);
  for (const name of names) {
    const handler = registry.command(name)?.handler;
    expect(handler).toBeInstanceOf(AdminAction);
    expect((handler as AdminAction<never>).action).toBe(name);
  }
});

describe('accounts', () => {
  const register = (username: string): Promise<Answer> =>
    api.call('POST', '/api/v1/auth/register', {
      body: { username, email: `${username}@example.org`, password: 'a long enough one' },
    });
  const login = (username: string, password: string): Promise<Answer> =>
    api.call('POST', '/api/v1/auth/login', { body: { login: username, password } });

  it('are listed and searched', async () => {
    const found = await asRoot('GET', 'users?q=ADA');
    expect(found.at('items.0')).toMatchObject({ username: 'ada', email: 'ada@example.org', rooms: 0 });
    const first = await asRoot('GET', 'users?limit=1');
    const second = await asRoot('GET', `users?limit=1&cursor=${String(first.at('next_cursor'))}`);
    expect(second.at('items.0.id')).not.toBe(first.at('items.0.id'));
  });

  it('are suspended and let in again, and the log says by whom and from where', async () => {
    const token = (await register('mallory')).at('access_token') as string;
    const id = (await api.call('GET', '/api/v1/me', { token })).at('user.id') as string;
    const done = await asRoot('POST', `users/${id}/suspend`, { body: { reason: 'spam' } });
    expect(done.status).toBe(200);
    expect((await api.call('GET', '/api/v1/me', { token })).at('reason')).toBe('auth.suspended');
    expect((await login('mallory', 'a long enough one')).at('reason')).toBe('auth.suspended');
    expect(await audit('admin.suspend_user')).toEqual([
      expect.objectContaining({
        actor_id: root.caller.id,
        actor_name: 'root',
        address: '127.0.0.1',
        target_kind: 'user',
        target_id: id,
        details: { username: 'mallory', reason: 'spam' },
      }),
    ]);
    await asRoot('POST', `users/${id}/unsuspend`, { body: {} });
    expect((await login('mallory', 'a long enough one')).status).toBe(200);
  });

  it('can’t be suspended by themselves; a refused action leaves no line', async () => {
    const before = (await audit('admin.suspend_user')).length;
    const own = await asRoot('POST', `users/${root.caller.id}/suspend`, { body: {} });
    expect([own.status, own.at('reason')]).toEqual([409, 'admin.not_yourself']);
    const nobody = await asRoot('POST', `users/${newId()}/suspend`, { body: {} });
    expect(nobody.at('reason')).toBe('user.not_found');
    expect(await audit('admin.suspend_user')).toHaveLength(before);
  });

  it('get a new password by a code that works once and ends all sessions', async () => {
    const old = await register('forgetful');
    const id = old.at('user.id') as string;
    const cookie = String(old.headers.get('set-cookie')).split(';')[0] ?? '';
    const made = await asRoot('POST', `users/${id}/reset-password`, { body: {} });
    const code = made.at('code') as string;
    expect(made.at('url')).toBe(`/reset-password#${code}`);
    expect(JSON.stringify(await audit('admin.reset_password'))).not.toContain(code);
    // Signed in an earlier second than the one in which sessions end.
    await api.database.query(`UPDATE users SET created_at = now()`);
    const reset = (password: string): Promise<Answer> =>
      api.call('POST', '/api/v1/auth/password-reset', { body: { code, password } });
    expect((await reset('short')).status).toBe(400);
    const fresh = await reset('another long one');
    expect(fresh.at('user.id')).toBe(id);
    expect((await reset('a third long one')).at('reason')).toBe('auth.bad_reset_code');
    expect((await login('forgetful', 'a long enough one')).status).toBe(401);
    expect((await login('forgetful', 'another long one')).status).toBe(200);
    const refreshed = await api.call('POST', '/api/v1/auth/refresh', {
      headers: { Cookie: cookie },
      body: {},
    });
    expect(refreshed.status).toBe(401);
    await api.database.query(`UPDATE users SET sessions_since = now() + interval '2 s' WHERE id = $1`, [id]);
    const token = old.at('access_token') as string;
    expect((await api.call('GET', '/api/v1/me', { token })).at('reason')).toBe('auth.bad_token');
  });

  it('are changed by their own people: the name at once, the password with the old one', async () => {
    const token = (await register('renamed')).at('access_token') as string;
    const named = await api.call('PATCH', '/api/v1/me', { token, body: { display_name: 'Ren' } });
    expect(named.at('user')).toMatchObject({ username: 'renamed', display_name: 'Ren' });
    const change = (current_password: string): Promise<Answer> =>
      api.call('POST', '/api/v1/me/password', {
        token,
        body: { current_password, new_password: 'another long one' },
      });
    expect((await change('wrong')).at('reason')).toBe('auth.wrong_password');
    expect((await change('a long enough one')).status).toBe(200);
    expect((await login('renamed', 'a long enough one')).status).toBe(401);
    expect((await login('renamed', 'another long one')).status).toBe(200);
  });

  it('are not made while sign-up is closed, within seconds of the change', async () => {
    const closed = await asRoot('PATCH', 'settings/sign_up.open', { body: { value: false } });
    expect(closed.at('setting')).toMatchObject({ value: false, default_value: true });
    await waitFor(async () => (await register(`late${Date.now()}`)).at('reason') === 'auth.sign_up_closed');
    await asRoot('PATCH', 'settings/sign_up.open', { body: { value: null } });
    await waitFor(async () => (await register(`in${Date.now()}`)).status === 201);
    expect(await audit('admin.set_setting')).toMatchObject([
      { target_id: 'sign_up.open', details: { from: false, to: true } },
      { target_id: 'sign_up.open', details: { from: true, to: false } },
    ]);
  });
});

describe('rooms', () => {
  it('are frozen: members read, strangers see nothing, the board says why', async () => {
    const room = await api.aRoom(ada, 'public');
    const say = (): Promise<Answer> =>
      api.call('POST', `/api/v1/rooms/${room.id}/messages`, { token: ada.token, body: { text: 'hello' } });
    expect((await say()).status).toBe(201);
    await asRoot('POST', `rooms/${room.id}/lock`, { body: { reason: 'Under review.' } });
    expect((await say()).at('reason')).toBe('room.locked');
    const seen = await api.call('GET', `/api/v1/rooms/${room.id}`, { token: ada.token });
    expect(seen.text).toContain('An administrator locked this room. Under review.');
    const stranger = await api.call('GET', `/api/v1/rooms/${room.id}`);
    const missing = await api.call('GET', `/api/v1/rooms/${newId()}`);
    expect([stranger.status, stranger.text]).toEqual([missing.status, missing.text]);
    expect((await api.call('GET', '/api/v1/rooms')).text).not.toContain(room.id);
    expect((await asRoot('GET', 'rooms?locked=true')).at('items')).toMatchObject([
      { id: room.id, locked_reason: 'Under review.', host_name: 'ada' },
    ]);
    await asRoot('POST', `rooms/${room.id}/unlock`, { body: {} });
    expect((await say()).status).toBe(201);
    expect((await api.call('GET', `/api/v1/rooms/${room.id}`)).status).toBe(200);
  });

  it('are deleted, private ones of others too', async () => {
    const room = await api.aRoom(ada, 'private');
    expect((await asRoot('DELETE', `rooms/${room.id}`)).status).toBe(200);
    expect((await api.call('GET', `/api/v1/rooms/${room.id}`, { token: ada.token })).status).toBe(404);
    expect(await audit('admin.delete_room')).toMatchObject([{ details: { slug: room.slug } }]);
    expect((await asRoot('DELETE', `rooms/${room.id}`)).status).toBe(404);
  });
});

describe('agents', () => {
  it('are listed with their live tokens, which are revoked together', async () => {
    const made = await api.call('POST', '/api/v1/agents', { token: ada.token, body: { name: 'Pincer' } });
    const id = made.at('agent.id') as string;
    const tokens: string[] = [];
    for (const label of ['one', 'two']) {
      const body = { label };
      const answer = await api.call('POST', `/api/v1/agents/${id}/tokens`, { token: ada.token, body });
      tokens.push(answer.at('token') as string);
    }
    expect((await asRoot('GET', 'agents?q=pincer')).at('items.0')).toMatchObject({ live_tokens: 2 });
    const done = await asRoot('POST', `agents/${id}/revoke-tokens`, { body: {} });
    expect(done.at('revoked')).toBe(2);
    for (const token of tokens) {
      const answer = await api.call('POST', '/api/v1/auth/agent-token', { body: { token } });
      expect(answer.at('reason')).toBe('auth.bad_token');
    }
    expect((await asRoot('POST', `agents/${newId()}/disconnect`, { body: {} })).status).toBe(404);
    expect((await asRoot('POST', `agents/${id}/disconnect`, { body: {} })).status).toBe(200);
  });
});

describe('members', () => {
  it('report, and an administrator closes the report once', async () => {
    const body = { subject: 'user', subject_id: ada.caller.id, text: 'is rude' };
    const made = await api.call('POST', '/api/v1/reports', { token: ada.token, body });
    expect(made.status).toBe(201);
    const open = await asRoot('GET', 'reports?open=true');
    expect(open.at('items.0')).toMatchObject({ subject_text: 'ada', text: 'is rude', outcome: null });
    const path = `reports/${String(made.at('report_id'))}/resolve`;
    expect((await asRoot('POST', path, { body: { outcome: 'dismissed', note: 'no' } })).status).toBe(200);
    expect((await asRoot('POST', path, { body: { outcome: 'acted' } })).at('reason')).toBe('report.resolved');
    expect((await asRoot('GET', 'reports?open=true')).at('items')).toEqual([]);
  });

  it('block one another: direct messages stop, of agents too', async () => {
    const bob = await api.aPerson('bob');
    const room = await api.aRoom(bob, 'private');
    const token = bob.token;
    await api.call('POST', `/api/v1/rooms/${room.id}/members`, {
      token,
      body: { user_id: ada.caller.id, role: 'member' },
    });
    const write = (): Promise<Answer> =>
      api.call('POST', '/api/v1/me/messages', { token: ada.token, body: { to: bob.caller.id, text: 'hi' } });
    expect((await write()).status).toBe(201);
    expect((await api.call('POST', `/api/v1/users/${ada.caller.id}/block`, { token, body: {} })).status).toBe(
      200,
    );
    expect((await write()).at('reason')).toBe('direct.blocked');
    expect((await api.call('GET', '/api/v1/blocks', { token })).at('items.0.user.username')).toBe('ada');
    await api.call('DELETE', `/api/v1/users/${ada.caller.id}/block`, { token });
    expect((await write()).status).toBe(201);
  });
});

describe('operations', () => {
  it('shows deliveries with their bodies and lets them be handled again', async () => {
    await api.database.query(
      `INSERT INTO webhook_inbox (provider, delivery_id, event, body, processed_at, received_at)
       VALUES ('github', 'd-1', 'push', '{"ref":"refs/heads/main"}', now(), now() - interval '1 second'),
         ('github', 'd-2', 'ping', '{}', NULL, now())`,
    );
    expect((await asRoot('GET', 'webhook-deliveries?state=waiting')).at('items')).toHaveLength(1);
    const page = await asRoot('GET', 'webhook-deliveries?state=processed&limit=1');
    const id = page.at('items.0.id') as string;
    expect((await asRoot('GET', `webhook-deliveries/${id}`)).at('delivery.body')).toBe(
      '{"ref":"refs/heads/main"}',
    );
    await asRoot('POST', `webhook-deliveries/${id}/redeliver`, { body: {} });
    expect((await asRoot('GET', 'webhook-deliveries?state=waiting')).at('items')).toHaveLength(2);
    await api.database.query(
      "UPDATE webhook_inbox SET dead_at = now(), attempts = 7, error = 'boom' WHERE delivery_id = 'd-2'",
    );
    const dead = await asRoot('GET', 'webhook-deliveries?state=dead');
    expect(dead.at('items')).toMatchObject([
      { state: 'dead', attempts: 7, error: 'boom', proof: 'signature' },
    ]);
    expect((await asRoot('GET', 'health')).at('deliveries')).toEqual({ waiting: 1, dead: 1 });
    await asRoot('POST', `webhook-deliveries/${String(dead.at('items.0.id'))}/redeliver`, { body: {} });
    expect((await asRoot('GET', 'webhook-deliveries?state=waiting')).at('items')).toMatchObject([
      { delivery_id: 'd-2', attempts: 0, error: null },
      { delivery_id: 'd-1' },
    ]);
    const first = await asRoot('GET', 'webhook-deliveries?limit=1');
    const next = await asRoot('GET', `webhook-deliveries?limit=1&cursor=${String(first.at('next_cursor'))}`);
    expect(next.at('items.0.id')).not.toBe(first.at('items.0.id'));
  });

  it('shows consumers that are stuck and lets them try again', async () => {
    await api.database.query(
      `INSERT INTO consumer_positions (consumer, stream, failures, last_error, retry_at)
       VALUES ('test.one', 'global', 3, 'boom', now() + interval '1 hour')`,
    );
    const letters = await asRoot('GET', 'dead-letters');
    expect(letters.at('items')).toMatchObject([{ consumer: 'test.one', failures: 3, last_error: 'boom' }]);
    const body = { consumer: 'test.one', stream: 'global' };
    expect((await asRoot('POST', 'dead-letters/retry', { body })).status).toBe(200);
    expect((await asRoot('GET', 'dead-letters')).at('items.0.retry_at')).toBeNull();
    const other = await asRoot('POST', 'dead-letters/retry', { body: { ...body, consumer: 'test.two' } });
    expect(other.at('reason')).toBe('consumer.not_stuck');
  });

  it('has no jobs where none ever ran', async () => {
    expect((await asRoot('GET', 'jobs')).at('items')).toEqual([]);
    expect((await asRoot('POST', `jobs/${newId()}/retry`, { body: {} })).status).toBe(404);
  });

  it('tells how the server is doing', async () => {
    const health = await asRoot('GET', 'health');
    expect(health.at('database.version')).toMatch(/^\d+/);
    expect(health.at('counts.users')).toBeGreaterThan(1);
    expect(health.at('log.streams')).toBeGreaterThan(0);
  });

  it.each([
    ['settings/limits.chat_burst', 0, 400, 'setting.bad_value'],
    ['settings/limits.chat_burst', 'many', 400, 'setting.bad_value'],
    ['settings/no.such', 1, 404, 'setting.unknown'],
    ['settings/constructor', 1, 404, 'setting.unknown'],
  ])('refuses %s = %j', async (path, value, status, reason) => {
    const answer = await asRoot('PATCH', path, { body: { value } });
    expect([answer.status, answer.at('reason')]).toEqual([status, reason]);
  });

  it('puts a limit in force while it runs', async () => {
    const room = await api.aRoom(ada, 'private');
    const say = (): Promise<Answer> =>
      api.call('POST', `/api/v1/rooms/${room.id}/messages`, { token: ada.token, body: { text: 'again' } });
    await asRoot('PATCH', 'settings/limits.chat_burst', { body: { value: 1 } });
    await waitFor(async () => (await say()).status === 429);
    await asRoot('PATCH', 'settings/limits.chat_burst', { body: { value: null } });
    await waitFor(async () => (await say()).status === 201);
  });
});

describe('the audit log', () => {
  it.each([
    ['UPDATE audit_log SET actor_name = $1', ['nobody']],
    ['DELETE FROM audit_log', []],
    ['TRUNCATE audit_log', []],
  ])('refuses %s, whoever asks', async (sql, params) => {
    await expect(api.database.query(sql, params)).rejects.toThrow('the audit log only grows');
    expect((await asRoot('GET', 'audit-log')).at('items')).not.toEqual([]);
  });

  it('is read by who and by what', async () => {
    const all = await asRoot('GET', `audit-log?actor_id=${root.caller.id}&limit=2`);
    expect(all.at('items')).toHaveLength(2);
    const more = await asRoot('GET', `audit-log?limit=2&cursor=${String(all.at('next_cursor'))}`);
    expect(more.at('items.0.id')).not.toBe(all.at('items.1.id'));
    const one = await asRoot('GET', 'audit-log?target_id=sign_up.open');
    expect(one.at('items')).toHaveLength(2);
  });
});
