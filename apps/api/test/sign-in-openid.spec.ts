import { OAuth2Server } from 'oauth2-mock-server';
import { Browser } from './browser.js';
import { startApi, type TestApi } from './test-api.js';

const SITE = 'https://tank.example.org';

/** What the provider says of whoever signs in there next. */
let claims: Record<string, unknown>;
let provider: OAuth2Server;
let api: TestApi;
/** What the last browser was sent with, and what the last code was redeemed with. */
let asked: URLSearchParams;
let redeemed: Readonly<Record<string, unknown>>;

/** The service lacks types for some of its listeners. */
const onto = (event: string, listener: (...args: never[]) => void): void => {
  provider.service.on(event, listener as (...args: unknown[]) => void);
};

beforeAll(async () => {
  provider = new OAuth2Server();
  await provider.issuer.keys.generate('RS256');
  await provider.start(0, 'localhost');
  onto('beforeTokenSigning', ({ payload }: { payload: object }) => void Object.assign(payload, claims));
  onto('beforeUserinfo', ({ body }: { body: object }) => void Object.assign(body, claims));
  onto('beforeAuthorizeRedirect', (_to: object, { url }: { url: string }) => {
    asked = new URL(url, 'http://own.invalid').searchParams;
  });
  onto('beforeResponse', (_to: object, { body }: { body: Readonly<Record<string, unknown>> }) => {
    redeemed = body;
  });
  api = await startApi({
    OIDC_ISSUER: provider.issuer.url ?? '',
    OIDC_CLIENT_ID: 'clawtank',
    OIDC_CLIENT_SECRET: 'a secret of the client only',
    OIDC_NAME: 'Harbour ID',
    GITLAB_URL: 'http://127.0.0.1:1',
    GITLAB_CLIENT_ID: 'clawtank',
    GITLAB_CLIENT_SECRET: 'a secret of the client only',
    CLAWTANK_URL: SITE,
    TRUST_PROXY_HOPS: '1',
  });
  await api.aPerson('ada');
});
afterAll(async () => {
  await api.close();
  if (provider.listening) await provider.stop();
});
beforeEach(() => {
  claims = {
    sub: 'harbour|1',
    preferred_username: 'mira',
    name: 'Mira Okafor',
    email: 'mira@example.org',
    email_verified: true,
  };
});

const here = (url: URL): string => url.href.replace(SITE, api.url);
const start = (id = 'oidc'): string => `${api.url}/api/v1/auth/${id}?return_to=%2Finbox`;
const isAnswer = (next: URL): boolean => next.origin === SITE;

/** Out to the provider and back to this server's page; the proxy in front is played by `here`. */
async function signIn(browser = new Browser(), id = 'oidc'): Promise<URL> {
  const callback = await browser.follow(start(id), (next) => isAnswer(next) || next.pathname === '/sign-in');
  if (callback.pathname === '/sign-in') return callback;
  return browser.follow(here(callback), (next) => !next.pathname.startsWith('/api/'));
}

const accountsOf = (username: string) =>
  api.database.query(
    `SELECT u.email::text, u.password_hash, u.display_name, i.issuer, i.subject FROM users u
     JOIN user_identities i ON i.user_id = u.id WHERE u.username = $1`,
    [username],
  );

describe('signing in through an OpenID provider', () => {
  it('is offered by its name, at the address that people use', async () => {
    const list = await api.call('GET', '/api/v1/auth/providers');
    expect(list.at('items')).toEqual([
      { id: 'gitlab', name: 'GitLab', url: `${SITE}/api/v1/auth/gitlab` },
      { id: 'oidc', name: 'Harbour ID', url: `${SITE}/api/v1/auth/oidc` },
    ]);
  });

  it('asks with state, nonce and an S256 challenge, redeems with the verifier, and makes an account', async () => {
    expect((await signIn()).pathname).toBe('/inbox');
    expect(asked.get('redirect_uri')).toBe(`${SITE}/api/v1/auth/oidc/callback`);
    expect(asked.get('scope')).toBe('openid profile email');
    for (const name of ['state', 'nonce', 'code_challenge']) expect(asked.get(name)).toMatch(/^[\w-]{43}$/);
    expect(asked.get('code_challenge_method')).toBe('S256');
    expect(redeemed['code_verifier']).toMatch(/^[\w-]{43}$/);
    const issuer = provider.issuer.url;
    expect(await accountsOf('mira')).toEqual([
      {
        email: 'mira@example.org',
        password_hash: null,
        display_name: 'Mira Okafor',
        issuer,
        subject: 'harbour|1',
      },
    ]);
  });

  it('keeps its cookies to TLS where people come over TLS', async () => {
    const left = await fetch(start(), { redirect: 'manual' });
    expect(left.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^clawtank_sign_in=\S+; Max-Age=600; Path=\/api\/v1\/auth; HttpOnly; SameSite=Lax; Secure$/,
      ),
    ]);
    expect(left.headers.get('referrer-policy')).toBe('no-referrer');
    expect(left.headers.get('cache-control')).toBe('no-store');
  });

  it('believes no e-mail address that is not verified', async () => {
    claims = {
      ...claims,
      sub: 'harbour|2',
      preferred_username: 'noor',
      email: 'ada@example.org',
      email_verified: false,
    };
    expect((await signIn()).pathname).toBe('/inbox');
    expect(await accountsOf('noor')).toMatchObject([{ email: null }]);
  });

  it('links nobody by their e-mail address', async () => {
    claims = { ...claims, sub: 'harbour|3', preferred_username: 'mallory', email: 'ada@example.org' };
    const at = await signIn();
    expect([at.pathname, at.searchParams.get('problem')]).toEqual(['/sign-in', 'auth.identity_email_taken']);
    expect(at.searchParams.get('next')).toBe('/inbox');
    expect(await accountsOf('mallory')).toEqual([]);
  });
});

describe('a provider whose word proves nothing', () => {
  it.each([
    ['another nonce', { nonce: 'somebody-elses' }],
    ['no nonce', { nonce: undefined }],
    ['another issuer', { iss: 'https://evil.test' }],
    ['another client', { aud: 'another-client' }],
    ['a token that has expired', { exp: 1_000_000_000 }],
  ])('with %s lets nobody in', async (_name, bent) => {
    claims = { ...claims, sub: 'harbour|4', preferred_username: 'otto', ...bent };
    const at = await signIn();
    expect([at.pathname, at.searchParams.get('problem')]).toEqual(['/sign-in', 'auth.provider_refused']);
    expect(await accountsOf('otto')).toEqual([]);
  });

  it('with another key than its own lets nobody in', async () => {
    const other = new OAuth2Server();
    await other.issuer.keys.generate('RS256');
    other.issuer.url = provider.issuer.url ?? '';
    const forged = await other.issuer.buildToken({
      scopesOrTransform: (_header, payload) => void Object.assign(payload, { ...claims, aud: 'clawtank' }),
    });
    const listener = (answer: { body: Record<string, unknown> }): void =>
      void (answer.body['id_token'] = forged);
    onto('beforeResponse', listener);
    const at = await signIn();
    provider.service.removeListener('beforeResponse', listener);
    expect(at.searchParams.get('problem')).toBe('auth.provider_refused');
  });
});

describe('a provider that is away', () => {
  it('is said, and keeps nobody else out', async () => {
    const at = await signIn(new Browser(), 'gitlab');
    expect(`${at.pathname}${at.search}`).toBe('/sign-in?problem=auth.provider_away&provider=gitlab');
    expect((await signIn()).pathname).toBe('/inbox');
  });

  it('is said where it goes away between the two', async () => {
    const browser = new Browser();
    const callback = await browser.follow(start(), isAnswer);
    await provider.stop();
    const at = await browser.follow(here(callback), (next) => !next.pathname.startsWith('/api/'));
    expect([at.pathname, at.searchParams.get('problem')]).toEqual(['/sign-in', 'auth.provider_away']);
  });
});
