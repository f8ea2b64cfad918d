import type { SignInSessionView as Session } from '@clawtank/contracts';
import { type Answer, startApi, type TestApi } from './test-api.js';

const PASSWORD = 'correct horse battery';

describe('sessions over REST', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi();
  });
  afterAll(() => api.close());

  const account = (username: string) => ({ username, email: `${username}@example.org`, password: PASSWORD });
  const post = (path: string, body: object, headers: Record<string, string> = {}) =>
    api.call('POST', `/api/v1/auth/${path}`, { body, headers });
  const cookieOf = (answer: Answer) => answer.headers.get('set-cookie')?.split(';', 1)[0] ?? '';
  const own = () => ({ Origin: api.url });

  it('makes the first account the administrator, and only that one', async () => {
    const first = await post('register', account('ada'));
    expect(first.status).toBe(201);
    expect(first.at('user.is_admin')).toBe(true);
    expect((await post('register', account('bob'))).at('user.is_admin')).toBe(false);
  });

  it('keeps the refresh token in a cookie that scripts and other sites do not get', async () => {
    const answer = await post('login', { login: 'ada', password: PASSWORD }, own());
    expect(answer.status).toBe(200);
    expect(answer.at('refresh_token')).toBeUndefined();
    const [refresh, mark] = answer.headers.getSetCookie();
    expect(refresh).toMatch(
      /^clawtank_refresh=\S+; Max-Age=\d+; Path=\/api\/v1\/auth; HttpOnly; SameSite=Strict$/,
    );
    // Scripts may read that somebody is signed in, and nothing else.
    expect(mark).toMatch(/^clawtank_signed_in=1; /);
    const me = await api.call('GET', '/api/v1/me', { token: String(answer.at('access_token')) });
    expect(me.at('user.email')).toBe('ada@example.org');
  });

  it('rotates by cookie, and lets two tabs rotate at once', async () => {
    const cookie = cookieOf(await post('login', { login: 'ada', password: PASSWORD }));
    const answers = await Promise.all([1, 2].map(() => post('refresh', {}, { Cookie: cookie, ...own() })));
    expect(answers.map((answer) => answer.status)).toEqual([200, 200]);
    expect(cookieOf(answers[0] as Answer)).toBe(cookieOf(answers[1] as Answer));
    expect(cookieOf(answers[0] as Answer)).not.toBe(cookie);
  });

  it('gives the command line its refresh token in the body', async () => {
    const session = await post('login', { login: 'ada', password: PASSWORD, client: 'cli' });
    expect(session.headers.get('set-cookie')).toBeNull();
    const next = await post('refresh', { refresh_token: session.at('refresh_token') });
    expect(next.status).toBe(200);
    expect(next.headers.get('set-cookie')).toBeNull();
    expect(typeof next.at('refresh_token')).toBe('string');
  });

  it('ends the session and the cookie', async () => {
    const cookie = cookieOf(await post('login', { login: 'ada', password: PASSWORD }));
    const out = await api.call('POST', '/api/v1/auth/logout', { headers: { Cookie: cookie } });
    expect(out.status).toBe(204);
    expect(out.headers.get('set-cookie')).toContain('Max-Age=0');
    expect((await post('refresh', {}, { Cookie: cookie })).status).toBe(401);
  });

  it('lists where one is signed in, and ends one at once: its cookie and its access token', async () => {
    await post('register', account('wanda'));
    const from = (agent: string) =>
      post('login', { login: 'wanda', password: PASSWORD }, { 'User-Agent': agent });
    const [here, there] = [await from('Here/1'), await from('There/1')];
    const cli = await post('login', { login: 'wanda', password: PASSWORD, client: 'cli' });
    const token = String(here.at('access_token'));
    const list = async () =>
      (await api.call('GET', '/api/v1/me/sessions', { token })).at('items') as Session[];
    const found = await list();
    expect(found.map(({ user_agent }) => user_agent)).toEqual(
      expect.arrayContaining(['Here/1', 'There/1', 'clawtank-cli']),
    );
    expect(found.filter(({ current }) => current).map(({ user_agent }) => user_agent)).toEqual(['Here/1']);
    const lost = found.find(({ user_agent }) => user_agent === 'There/1')?.id ?? '';
    const end = (id: string, as: string) => api.call('DELETE', `/api/v1/me/sessions/${id}`, { token: as });
    expect((await end(lost, token)).status).toBe(200);
    expect((await end(lost, token)).at('reason')).toBe('auth.session_not_found');
    const me = (answer: Answer) =>
      api.call('GET', '/api/v1/me', { token: String(answer.at('access_token')) });
    expect([(await me(there)).status, (await me(cli)).status, (await me(here)).status]).toEqual([
      401, 200, 200,
    ]);
    expect((await post('refresh', {}, { Cookie: cookieOf(there) })).status).toBe(401);
  });

  it('ends all others and stays; one ends nobody else’s, and an agent none', async () => {
    const here = await post('register', account('xena'));
    const there = await post('login', { login: 'xena', password: PASSWORD });
    const ada = await post('login', { login: 'ada', password: PASSWORD });
    const token = String(here.at('access_token'));
    const [its] = (await api.call('GET', '/api/v1/me/sessions', { token })).at('items') as Session[];
    const foreign = String(ada.at('access_token'));
    const theft = await api.call('DELETE', `/api/v1/me/sessions/${its?.id ?? ''}`, { token: foreign });
    expect(theft.at('reason')).toBe('auth.session_not_found');
    const others = () => api.call('POST', '/api/v1/me/sessions/end-others', { token, body: {} });
    expect((await others()).at('ended')).toBe(1);
    expect((await others()).at('ended')).toBe(0);
    expect((await post('refresh', {}, { Cookie: cookieOf(there) })).status).toBe(401);
    expect((await post('refresh', {}, { Cookie: cookieOf(here) })).status).toBe(200);
    const agent = await api.call('POST', '/api/v1/agents', { token, body: { name: 'Nipper' } });
    const path = `/api/v1/agents/${String(agent.at('agent.id'))}/tokens`;
    const made = await api.call('POST', path, { token, body: {} });
    const exchanged = String((await post('agent-token', { token: made.at('token') })).at('access_token'));
    for (const call of [
      () => api.call('GET', '/api/v1/me/sessions', { token: exchanged }),
      () => api.call('POST', '/api/v1/me/sessions/end-others', { token: exchanged, body: {} }),
    ])
      expect((await call()).at('reason')).toBe('auth.people_only');
  });

  it.each([['https://evil.test'], ['null']])('refuses a page of %s', async (origin) => {
    const cookie = cookieOf(await post('login', { login: 'ada', password: PASSWORD }));
    for (const path of ['refresh', 'logout', 'login']) {
      const answer = await post(path, {}, { Cookie: cookie, Origin: origin });
      expect([answer.status, answer.at('reason')]).toEqual([403, 'origin.foreign']);
    }
    expect((await post('refresh', {}, { Cookie: cookie })).status).toBe(200);
  });

  it.each([
    [
      'a wrong password',
      'login',
      { login: 'ada', password: 'wrong horse battery' },
      401,
      'auth.bad_credentials',
    ],
    ['an unknown name', 'login', { login: 'nobody', password: PASSWORD }, 401, 'auth.bad_credentials'],
    ['a name that is taken', 'register', account('ADA'), 409, 'auth.name_taken'],
    ['a short password', 'register', { ...account('cora'), password: 'short' }, 400, 'input.invalid'],
    ['an unknown field', 'login', { login: 'ada', password: PASSWORD, admin: true }, 400, 'input.invalid'],
    ['no refresh token', 'refresh', {}, 401, 'auth.required'],
    ['an agent token that is none', 'agent-token', { token: 'clw_nonsense' }, 401, 'auth.bad_token'],
  ])('refuses %s', async (_name, path, body, status, reason) => {
    const answer = await post(path, body);
    expect([answer.status, answer.at('reason')]).toEqual([status, reason]);
  });

  it('exchanges an agent’s token for a short-lived one, until it is revoked', async () => {
    const ada = await post('login', { login: 'ada', password: PASSWORD });
    const token = String(ada.at('access_token'));
    const agent = await api.call('POST', '/api/v1/agents', { token, body: { name: 'Pincer' } });
    expect(agent.status).toBe(201);
    const tokens = `/api/v1/agents/${String(agent.at('agent.id'))}/tokens`;
    const made = await api.call('POST', tokens, { token, body: {} });
    const exchanged = await post('agent-token', { token: made.at('token') });
    const me = () => api.call('GET', '/api/v1/me', { token: String(exchanged.at('access_token')) });
    expect((await me()).at('agent.handle')).toBe('pincer');
    await api.call('DELETE', `${tokens}/${String(made.at('id'))}`, { token });
    expect((await me()).status).toBe(401);
    expect((await post('agent-token', { token: made.at('token') })).status).toBe(401);
  });
});

describe('the first account from another machine', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi({ TRUST_PROXY_HOPS: '1' });
  });
  afterAll(() => api.close());

  it('needs the set-up code', async () => {
    const body = { username: 'ada', email: 'ada@example.org', password: PASSWORD };
    const headers = { 'X-Forwarded-For': '203.0.113.7' };
    const refused = await api.call('POST', '/api/v1/auth/register', { body, headers });
    expect([refused.status, refused.at('reason')]).toEqual([403, 'auth.setup_code']);
  });
});
