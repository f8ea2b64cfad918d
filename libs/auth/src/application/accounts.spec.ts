import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { JwtService } from '@nestjs/jwt';
import { ConfigModule } from '@clawtank/config';
import { Database } from '@clawtank/database';
import { createTestLog, type TestLog } from '@clawtank/events/testing';
import { Failure, newId } from '@clawtank/kernel';
import { AuthConfig } from '../auth.config.js';
import { hashToken, newAgentToken } from '../domain/agent-token.js';
import { insertAgentToken } from '../persistence/agents.js';
import { authMigrations } from '../persistence/all-migrations.js';
import { endSessions } from '../persistence/sign-in-sessions.js';
import { anAgent, aUser } from '../testing.js';
import { AccessTokens } from './access-tokens.js';
import { Accounts } from './accounts.js';
import { RegisterBody } from './inputs.js';
import { NewAccounts } from './new-accounts.js';
import { Sessions } from './sessions.js';
import { SetupCode } from './setup-code.js';
import { SignUpPolicy } from './sign-up-policy.js';
import { TokenVerifier } from './token-verifier.js';

const SECRET = 'a secret of more than thirty-two characters';

let log: TestLog;
let app: INestApplicationContext;

beforeAll(async () => {
  log = await createTestLog([...authMigrations]);
  @Module({
    imports: [ConfigModule.forRoot([AuthConfig], { JWT_SECRET: SECRET })],
    providers: [
      { provide: Database, useValue: log.database },
      JwtService,
      AccessTokens,
      Accounts,
      NewAccounts,
      Sessions,
      SetupCode,
      SignUpPolicy,
      TokenVerifier,
    ],
  })
  class Root {}
  app = await NestFactory.createApplicationContext(Root, { logger: false });
});
afterAll(async () => {
  await app.close();
  await log.drop();
});

const registration = (username: string, more: Partial<RegisterBody> = {}): RegisterBody =>
  Object.assign(new RegisterBody(), {
    username,
    email: `${username}@example.org`,
    password: 'correct horse',
    ...more,
  });
const reasonOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'accepted',
    (error: unknown) => (error instanceof Failure ? error.reason : String(error)),
  );

describe('the first account', () => {
  it('needs the set-up code from afar, is administrator, and is the only one', async () => {
    const accounts = app.get(Accounts);
    expect(await reasonOf(accounts.register(registration('stranger'), false))).toBe('auth.setup_code');
    expect(await reasonOf(accounts.register(registration('stranger', { setup_code: 'guess' }), false))).toBe(
      'auth.setup_code',
    );
    const code = await app.get(SetupCode).pending();
    const both = await Promise.allSettled([
      accounts.register(registration('mira', { setup_code: code ?? '' }), false),
      accounts.register(registration('jonas'), true),
    ]);
    const admins = both.map((result) =>
      result.status === 'fulfilled' ? result.value.reply.user.is_admin : null,
    );
    expect(admins.filter(Boolean)).toHaveLength(1);
    expect(await app.get(SetupCode).pending()).toBeNull();
  });
});

describe('accounts', () => {
  it('refuses a taken name or address and makes nothing', async () => {
    const accounts = app.get(Accounts);
    await accounts.register(registration('ada'), true);
    expect(
      await reasonOf(
        accounts.register(registration('ADA'.toLowerCase(), { email: 'new@example.org' }), true),
      ),
    ).toBe('auth.name_taken');
    expect(await reasonOf(accounts.register(registration('ada2', { email: 'Ada@Example.org' }), true))).toBe(
      'auth.email_taken',
    );
    expect(await log.database.query("SELECT 1 FROM handles WHERE handle = 'ada2'")).toEqual([]);
  });

  it('keeps an argon2id hash and signs in by name or address', async () => {
    const accounts = app.get(Accounts);
    await accounts.register(registration('grace'), true);
    const rows = await log.database.query<{ password_hash: string }>(
      "SELECT password_hash FROM users WHERE username = 'grace'",
    );
    expect(rows[0]?.password_hash).toMatch(/^\$argon2id\$/);
    for (const login of ['grace', 'GRACE@example.org']) {
      expect((await accounts.login({ login, password: 'correct horse' })).reply.user.username).toBe('grace');
    }
    expect(await reasonOf(accounts.login({ login: 'grace', password: 'wrong horse' }))).toBe(
      'auth.bad_credentials',
    );
    expect(await reasonOf(accounts.login({ login: 'nobody', password: 'wrong horse' }))).toBe(
      'auth.bad_credentials',
    );
  });
});

describe('refresh tokens', () => {
  it('rotate; two tabs at once get the same successor; reuse after the grace ends the session', async () => {
    const sessions = app.get(Sessions);
    const { refreshToken } = await app.get(Accounts).register(registration('tabs'), true);
    const tabs = await Promise.all([sessions.refresh(refreshToken), sessions.refresh(refreshToken)]);
    expect(tabs[0].refreshToken).toBe(tabs[1].refreshToken);
    await log.database.query(
      "UPDATE refresh_tokens SET used_at = now() - interval '16 seconds' WHERE token_hash = $1",
      [hashToken(refreshToken)],
    );
    expect(await reasonOf(sessions.refresh(refreshToken))).toBe('auth.refresh_reused');
    expect(await reasonOf(sessions.refresh(tabs[0].refreshToken))).toBe('auth.bad_token');
  });

  it('end with the session, and so do open connections', async () => {
    const { reply } = await app.get(Accounts).register(registration('away'), true);
    const verifier = app.get(TokenVerifier);
    const { proof, caller } = await verifier.verify(reply.access_token, '127.0.0.1');
    expect(await verifier.ended([proof])).toEqual([]);
    await log.database.transaction((tx) => endSessions(tx, caller.id, { id: caller.signInId ?? '' }));
    expect(await verifier.ended([proof])).toEqual([0]);
    expect(await reasonOf(verifier.verify(reply.access_token, '127.0.0.1'))).toBe('auth.bad_token');
  });

  it('are none where another of their family was revoked: it was made while its session ended', async () => {
    const sessions = app.get(Sessions);
    const { refreshToken } = await app.get(Accounts).register(registration('racer'), true);
    const { refreshToken: successor } = await sessions.refresh(refreshToken);
    await log.database.query('UPDATE refresh_tokens SET revoked_at = now() WHERE token_hash = $1', [
      hashToken(refreshToken),
    ]);
    expect(await reasonOf(sessions.refresh(successor))).toBe('auth.bad_token');
  });

  it('are none after their session ended', async () => {
    const sessions = app.get(Sessions);
    const { refreshToken } = await app.get(Accounts).register(registration('leaver'), true);
    await sessions.close(refreshToken);
    expect(await reasonOf(sessions.refresh(refreshToken))).toBe('auth.bad_token');
    expect(await reasonOf(sessions.refresh('never-issued'))).toBe('auth.bad_token');
  });
});

describe('access tokens', () => {
  const jwt = new JwtService({});
  const claims = { sub: '', kind: 'human' };
  const good = { secret: SECRET, issuer: 'clawtank', audience: 'clawtank-access', expiresIn: 60 } as const;

  // Of somebody who is let in with a good one, so that nothing but the token is refused.
  beforeAll(async () => {
    claims.sub = (await log.database.transaction((tx) => aUser(tx, { name: 'tokens' }))).id;
  });

  it('let in with a good one', async () => {
    const { caller } = await app.get(TokenVerifier).verify(jwt.sign(claims, good), '127.0.0.1');
    expect(caller.id).toBe(claims.sub);
  });

  it.each<[string, () => string, string]>([
    ['no token at all', () => '', 'auth.bad_token'],
    ['another secret', () => jwt.sign(claims, { ...good, secret: 'x'.repeat(40) }), 'auth.bad_token'],
    ['another audience', () => jwt.sign(claims, { ...good, audience: 'elsewhere' }), 'auth.bad_token'],
    ['another issuer', () => jwt.sign(claims, { ...good, issuer: 'elsewhere' }), 'auth.bad_token'],
    ['another algorithm', () => jwt.sign(claims, { ...good, algorithm: 'HS512' }), 'auth.bad_token'],
    ['another kind', () => jwt.sign({ ...claims, kind: 'refresh' }, good), 'auth.bad_token'],
    ['64 KB', () => jwt.sign({ ...claims, pad: 'x'.repeat(65_536) }, good), 'auth.bad_token'],
    ['yesterday', () => jwt.sign(claims, { ...good, expiresIn: -1 }), 'auth.token_expired'],
    ['nobody', () => jwt.sign({ ...claims, sub: newId() }, good), 'auth.bad_token'],
    [
      'no signature',
      () =>
        `${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${Buffer.from(JSON.stringify({ ...claims, exp: 9_999_999_999, iss: 'clawtank', aud: 'clawtank-access' })).toString('base64url')}.`,
      'auth.bad_token',
    ],
  ])('refuse one of %s', async (_name, token, reason) => {
    expect(await reasonOf(app.get(TokenVerifier).verify(token(), '127.0.0.1'))).toBe(reason);
  });

  it('of an agent end when its token is revoked', async () => {
    const token = newAgentToken();
    const agentId = await log.database.transaction(async (tx) => {
      const agent = await anAgent(tx, await aUser(tx, { name: 'owner' }), { name: 'pincer' });
      await insertAgentToken(tx, { id: newId(), agentId: agent.id, hash: hashToken(token), label: '' });
      return agent.id;
    });
    const { access_token: access } = await app.get(Accounts).exchangeAgentToken(token);
    const { caller } = await app.get(TokenVerifier).verify(access, '127.0.0.1');
    expect(caller).toMatchObject({ kind: 'agent', id: agentId, isAdmin: false });
    await log.database.query('UPDATE agent_tokens SET revoked_at = now() WHERE agent_id = $1', [agentId]);
    expect(await reasonOf(app.get(TokenVerifier).verify(access, '127.0.0.1'))).toBe('auth.bad_token');
    expect(await reasonOf(app.get(Accounts).exchangeAgentToken(token))).toBe('auth.bad_token');
  });

  it('of a suspended person end', async () => {
    const { reply } = await app.get(Accounts).register(registration('mallory'), true);
    await log.database.query("UPDATE users SET suspended_at = now() WHERE username = 'mallory'");
    expect(await reasonOf(app.get(TokenVerifier).verify(reply.access_token, '127.0.0.1'))).toBe(
      'auth.suspended',
    );
  });
});
