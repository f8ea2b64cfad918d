import { GITHUB_CLIENT, GitHubOAuthPeer, type GitHubPerson } from '@clawtank/auth/testing';
import { Browser } from './browser.js';
import { startApi, type TestApi } from './test-api.js';

const PASSWORD = 'correct horse battery';

let api: TestApi;
let github: GitHubOAuthPeer;

const person = (login: string, email: string | null, verified = true): GitHubPerson => ({
  id: [...login].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_000_007, 7),
  login,
  name: login.toUpperCase(),
  emails: email === null ? [] : [{ email, primary: true, verified }],
});

const isOurs = (next: URL): boolean => next.origin === api.url && !next.pathname.startsWith('/api/');
const isCallback = (next: URL): boolean => next.pathname.endsWith('/callback');
const start = (returnTo?: string): string =>
  `${api.url}/api/v1/auth/github${returnTo === undefined ? '' : `?return_to=${encodeURIComponent(returnTo)}`}`;
const pathOf = ({ pathname, search }: URL): string => pathname + search;
const problemOf = (at: URL): string | null => at.searchParams.get('problem');

/** Who the browser is signed in as, found out as its pages do. */
async function sessionOf(
  browser: Browser,
): Promise<{ user: Record<string, unknown>; access_token: string } | null> {
  const response = await browser.send(`${api.url}/api/v1/auth/refresh`, {
    method: 'POST',
    headers: { Origin: api.url, 'Content-Type': 'application/json' },
    body: '{}',
  });
  return response.ok
    ? ((await response.json()) as { user: Record<string, unknown>; access_token: string })
    : null;
}

async function signIn(as: GitHubPerson, browser = new Browser()): Promise<{ browser: Browser; at: URL }> {
  github.person = as;
  return { browser, at: await browser.follow(start(), isOurs) };
}

const register = (username: string) =>
  api.call('POST', '/api/v1/auth/register', {
    body: { username, email: `${username}@example.org`, password: PASSWORD },
  });

beforeAll(async () => {
  github = new GitHubOAuthPeer();
  const url = await github.start();
  api = await startApi({
    GITHUB_URL: url,
    GITHUB_CLIENT_ID: GITHUB_CLIENT.id,
    GITHUB_CLIENT_SECRET: GITHUB_CLIENT.secret,
    LIMITS_ADDRESS_SIGN_IN_BURST: '100000',
  });
  await register('ada');
});
afterAll(async () => {
  await api.close();
  await github.stop();
});
beforeEach(() => {
  github.answer = 'at-once';
  github.failing = null;
});

describe('signing in through GitHub', () => {
  it('is offered where it is set up, and nothing else is', async () => {
    const list = await api.call('GET', '/api/v1/auth/providers');
    expect(list.at('items')).toEqual([{ id: 'github', name: 'GitHub', url: '/api/v1/auth/github' }]);
    const gitlab = await api.call('GET', '/api/v1/auth/gitlab');
    expect([gitlab.status, gitlab.at('reason')]).toEqual([404, 'auth.provider_unknown']);
  });

  it('makes an account the first time and opens it every time after', async () => {
    const first = await signIn(person('mona-lisa', 'mona@example.org'));
    expect(pathOf(first.at)).toBe('/rooms');
    const made = await sessionOf(first.browser);
    expect(made?.user).toMatchObject({
      username: 'mona-lisa',
      display_name: 'MONA-LISA',
      email: 'mona@example.org',
      has_password: false,
      is_admin: false,
    });
    // Names and addresses change there; who it is does not.
    const later = { ...person('mona-lisa', 'other@example.org'), login: 'mona-the-second' };
    const again = await signIn(later);
    expect((await sessionOf(again.browser))?.user['id']).toBe(made?.user['id']);
  });

  it('leads back to the page that asked for it', async () => {
    github.person = person('mona-lisa', null);
    const at = await new Browser().follow(start('/rooms/harbour-a1b2c3?tab=board'), isOurs);
    expect(pathOf(at)).toBe('/rooms/harbour-a1b2c3?tab=board');
  });

  it.each(['https://evil.test/', '//evil.test', '/\\evil.test', '/.//evil.test', '/api/v1/auth/github'])(
    'never leads to %p',
    async (wanted) => {
      github.person = person('mona-lisa', null);
      const at = await new Browser().follow(
        start(wanted),
        (next) => isOurs(next) || next.host === 'evil.test',
      );
      expect([at.origin, pathOf(at)]).toEqual([api.url, '/rooms']);
    },
  );

  it('takes another name where the name is taken', async () => {
    const { browser } = await signIn(person('ada', 'ada-of-github@example.org'));
    expect((await sessionOf(browser))?.user).toMatchObject({ username: 'ada-2', display_name: 'ADA' });
  });

  it('sends state and an S256 challenge always, and keeps what proves them from pages', async () => {
    const browser = new Browser();
    await browser.follow(start(), isCallback);
    expect(github.asked.get('code_challenge_method')).toBe('S256');
    expect(github.asked.get('code_challenge')).toMatch(/^[\w-]{43}$/);
    expect(github.asked.get('state')).toMatch(/^[\w-]{43}$/);
    const kept = browser.cookie('clawtank_sign_in') ?? '';
    // Five parts: encrypted, not only signed.
    expect(kept.split('.')).toHaveLength(5);
    expect(kept).not.toContain(github.asked.get('state'));
  });
});

describe('an answer that proves nothing', () => {
  const refused = async (browser: Browser, callback: URL): Promise<string | null> => {
    const at = await browser.follow(callback.href, isOurs);
    expect(at.pathname).toBe('/sign-in');
    expect(await sessionOf(browser)).toBeNull();
    return problemOf(at);
  };
  const comeBack = async (browser: Browser): Promise<URL> => {
    github.person = person('mona-lisa', null);
    return browser.follow(start(), isCallback);
  };

  it('is one without the cookie of the browser that began', async () => {
    const callback = await comeBack(new Browser());
    expect(await refused(new Browser(), callback)).toBe('auth.attempt_gone');
  });

  it.each([
    ['a wrong state', 'x'.repeat(43)],
    ['no state', null],
  ])('is one with %s, which does not end what was begun', async (_name, state) => {
    const browser = new Browser();
    const callback = await comeBack(browser);
    const forged = new URL(callback);
    if (state === null) forged.searchParams.delete('state');
    else forged.searchParams.set('state', state);
    expect(await refused(browser, forged)).toBe('auth.attempt_mismatch');
    expect(pathOf(await browser.follow(callback.href, isOurs))).toBe('/rooms');
  });

  it('is one that was given already, cookie and all', async () => {
    const browser = new Browser();
    const callback = await comeBack(browser);
    const kept = browser.cookie('clawtank_sign_in') ?? '';
    expect(pathOf(await browser.follow(callback.href, isOurs))).toBe('/rooms');
    expect(browser.cookie('clawtank_sign_in')).toBeUndefined();
    const replayed = new Browser();
    replayed.setCookie(callback.host, '/api/v1/auth', 'clawtank_sign_in', kept);
    expect(await refused(replayed, callback)).toBe('auth.attempt_gone');
  });

  it('is a code that was redeemed before', async () => {
    const first = new Browser();
    const redeemed = await comeBack(first);
    await first.follow(redeemed.href, isOurs);
    const browser = new Browser();
    const callback = await comeBack(browser);
    callback.searchParams.set('code', redeemed.searchParams.get('code') ?? '');
    expect(await refused(browser, callback)).toBe('auth.provider_refused');
  });

  it('is a code that was asked for with another challenge', async () => {
    const browser = new Browser();
    const callback = await comeBack(browser);
    const code = github.codeFor(
      person('mallory', null),
      `${api.url}/api/v1/auth/github/callback`,
      'x'.repeat(43),
    );
    callback.searchParams.set('code', code);
    expect(await refused(browser, callback)).toBe('auth.provider_refused');
  });

  it('is a code that was asked for without a challenge', async () => {
    const browser = new Browser();
    const callback = await comeBack(browser);
    const code = github.codeFor(person('mallory', null), `${api.url}/api/v1/auth/github/callback`, null);
    callback.searchParams.set('code', code);
    expect(await refused(browser, callback)).toBe('auth.provider_refused');
  });

  it('is a cookie that was sealed elsewhere', async () => {
    const browser = new Browser();
    const callback = await comeBack(browser);
    const kept = browser.cookie('clawtank_sign_in') ?? '';
    const bent = kept.slice(0, -4) + (kept.endsWith('AAAA') ? 'BBBB' : 'AAAA');
    browser.setCookie(callback.host, '/api/v1/auth', 'clawtank_sign_in', bent);
    expect(await refused(browser, callback)).toBe('auth.attempt_gone');
  });

  it('is the word of somebody who pressed Cancel', async () => {
    github.answer = 'refuse';
    const browser = new Browser();
    expect(await refused(browser, await comeBack(browser))).toBe('auth.provider_denied');
  });

  it.each([500, 502, 503])('is none at all while GitHub answers %i', async (status) => {
    const browser = new Browser();
    const callback = await comeBack(browser);
    github.failing = status;
    expect(await refused(browser, callback)).toBe('auth.provider_away');
  });
});

describe('an e-mail address that somebody has here', () => {
  it('links nothing, and the page is told what to do', async () => {
    const { at, browser } = await signIn(person('not-ada', 'ada@example.org'));
    expect([at.pathname, problemOf(at), at.searchParams.get('provider')]).toEqual([
      '/sign-in',
      'auth.identity_email_taken',
      'github',
    ]);
    expect(await sessionOf(browser)).toBeNull();
    const left = await api.database.query(`SELECT 1 FROM handles WHERE handle = 'not-ada'`);
    expect(left).toEqual([]);
  });

  it('counts as none where GitHub has not verified it', async () => {
    const { browser } = await signIn(person('claims-ada', 'ada@example.org', false));
    expect((await sessionOf(browser))?.user).toMatchObject({ username: 'claims-ada', email: null });
  });
});

describe('linking an account to one’s own', () => {
  const link = async (browser: Browser, token: string): Promise<URL> => {
    const response = await browser.send(`${api.url}/api/v1/auth/github/link`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', Origin: api.url },
      body: '{}',
    });
    expect(response.status).toBe(200);
    return browser.follow(((await response.json()) as { url: string }).url, isOurs);
  };
  const audit = (userId: unknown) =>
    api.database.query(`SELECT action, details FROM audit_log WHERE target_id = $1 ORDER BY number`, [
      userId,
    ]);
  const identities = async (token: string) =>
    (await api.call('GET', '/api/v1/me/identities', { token })).at('items');

  it('takes who is signed in; then both open the same account, and it is on record', async () => {
    const registered = await register('bob');
    const token = String(registered.at('access_token'));
    github.person = person('bob-of-github', 'ada@example.org');
    expect(pathOf(await link(new Browser(), token))).toBe('/settings');
    expect(await identities(token)).toMatchObject([
      { provider: 'github', provider_name: 'GitHub', account: 'bob-of-github' },
    ]);
    const { browser } = await signIn(person('bob-of-github', null));
    expect((await sessionOf(browser))?.user).toMatchObject({
      username: 'bob',
      email: 'bob@example.org',
      has_password: true,
    });
    expect(await audit(registered.at('user.id'))).toMatchObject([
      { action: 'identity.linked', details: { account: 'bob-of-github', new_account: false } },
    ]);
    const told = await api.call('GET', '/api/v1/me/events?after=0', { token });
    expect(told.text).toContain('The GitHub account bob-of-github opens your account from now on.');
  });

  it('refuses one that opens somebody else’s', async () => {
    const token = String((await register('cora')).at('access_token'));
    github.person = person('bob-of-github', null);
    const at = await link(new Browser(), token);
    expect([at.pathname, problemOf(at)]).toEqual(['/settings', 'auth.identity_of_another']);
    expect(await identities(token)).toEqual([]);
  });

  it('is refused to strangers, to agents and to pages of other sites', async () => {
    const post = (headers: Record<string, string>, token?: string) =>
      api.call('POST', '/api/v1/auth/github/link', { body: {}, headers, ...(token ? { token } : {}) });
    expect((await post({})).at('reason')).toBe('auth.required');
    const token = String((await register('dora')).at('access_token'));
    expect((await post({ Origin: 'https://evil.test' }, token)).at('reason')).toBe('origin.foreign');
    const agent = await api.call('POST', '/api/v1/agents', { token, body: { name: 'Pincer' } });
    const made = await api.call('POST', `/api/v1/agents/${String(agent.at('agent.id'))}/tokens`, {
      token,
      body: {},
    });
    const exchanged = await api.call('POST', '/api/v1/auth/agent-token', {
      body: { token: made.at('token') },
    });
    expect((await post({}, String(exchanged.at('access_token')))).at('reason')).toBe('auth.people_only');
  });

  it('ends with the sessions of who began it', async () => {
    const registered = await register('edda');
    const token = String(registered.at('access_token'));
    const browser = new Browser();
    const response = await browser.send(`${api.url}/api/v1/auth/github/link`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}` },
    });
    github.person = person('edda-of-github', null);
    const callback = await browser.follow(((await response.json()) as { url: string }).url, isCallback);
    await api.database.query(
      `UPDATE users SET sessions_since = now() + interval '2 seconds' WHERE username = 'edda'`,
    );
    const at = await browser.follow(callback.href, isOurs);
    expect([at.pathname, problemOf(at)]).toEqual(['/settings', 'auth.attempt_gone']);
  });

  it('is undone by unlinking, but the last way in stays', async () => {
    const { browser } = await signIn(person('frida', 'frida@example.org'));
    const session = await sessionOf(browser);
    const token = session?.access_token ?? '';
    const [only] = (await identities(token)) as { id: string }[];
    const unlink = () => api.call('DELETE', `/api/v1/me/identities/${String(only?.id)}`, { token });
    expect([(await unlink()).status, (await unlink()).at('reason')]).toEqual([409, 'auth.last_way_in']);
    const set = await api.call('POST', '/api/v1/me/password', { token, body: { new_password: PASSWORD } });
    expect(set.status).toBe(200);
    const login = await api.call('POST', '/api/v1/auth/login', {
      body: { login: 'frida', password: PASSWORD },
    });
    const fresh = String(login.at('access_token'));
    const gone = await api.call('DELETE', `/api/v1/me/identities/${String(only?.id)}`, { token: fresh });
    expect(gone.status).toBe(200);
    expect(await identities(fresh)).toEqual([]);
    expect((await audit(session?.user['id'])).map(({ action }) => action as string)).toEqual([
      'identity.linked',
      'identity.unlinked',
    ]);
  });

  it('leaves a way in when two last ones are unlinked at once', async () => {
    const { browser } = await signIn(person('greta', null));
    const token = (await sessionOf(browser))?.access_token ?? '';
    github.person = person('greta-two', null);
    await link(new Browser(), token);
    const both = (await identities(token)) as { id: string }[];
    expect(both).toHaveLength(2);
    const answers = await Promise.all(
      both.map(({ id }) => api.call('DELETE', `/api/v1/me/identities/${id}`, { token })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await identities(token)).toHaveLength(1);
  });

  it('takes a password that is there before it sets another', async () => {
    const token = String((await register('hanna')).at('access_token'));
    const set = await api.call('POST', '/api/v1/me/password', { token, body: { new_password: PASSWORD } });
    expect(set.at('reason')).toBe('auth.wrong_password');
  });
});

describe('who may come', () => {
  /** Settings reach a node by news, so one waits until they have. */
  const signUpOpen = async (open: boolean): Promise<void> => {
    const admin = await api.call('POST', '/api/v1/auth/login', {
      body: { login: 'ada', password: PASSWORD },
    });
    const path = '/api/v1/admin/settings/sign_up.open';
    await api.call('PATCH', path, { token: String(admin.at('access_token')), body: { value: open } });
    for (let n = 0; n < 100; n++) {
      const { at } = await signIn(person(`waits-${String(open)}-${String(n)}`, null));
      if ((problemOf(at) === 'auth.sign_up_closed') !== open) return;
    }
    throw new Error('the setting was not heard of');
  };

  it('is nobody new while sign-up is closed; who is known comes in', async () => {
    await signIn(person('ines', null));
    await signUpOpen(false);
    const { at, browser } = await signIn(person('somebody-new', null));
    expect(problemOf(at)).toBe('auth.sign_up_closed');
    expect(await sessionOf(browser)).toBeNull();
    expect(pathOf((await signIn(person('ines', null))).at)).toBe('/rooms');
    await signUpOpen(true);
  });

  it('is nobody who was suspended', async () => {
    await signIn(person('jana', null));
    await api.database.query(`UPDATE users SET suspended_at = now() WHERE username = 'jana'`);
    const { at, browser } = await signIn(person('jana', null));
    expect(problemOf(at)).toBe('auth.suspended');
    expect(await sessionOf(browser)).toBeNull();
  });
});
