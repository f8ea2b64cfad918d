import { createHmac } from 'node:crypto';
import { AccessTokens } from '@clawtank/auth';
import { newId } from '@clawtank/kernel';
import { type Answer, type Person, startApi, type TestApi } from './test-api.js';

describe('the REST door given bad input', () => {
  let api: TestApi;
  let ada: Person;
  let bob: Person;
  let secret: string;
  let open: { id: string; slug: string };
  let hidden: { id: string; slug: string };

  beforeAll(async () => {
    api = await startApi();
    [ada, bob] = [await api.aPerson('ada'), await api.aPerson('bob')];
    secret = await api.app.get(AccessTokens, { strict: false }).secret();
    open = await api.aRoom(ada, 'public');
    hidden = await api.aRoom(ada, 'private');
  });
  afterAll(() => api.close());

  const expectProblem = (answer: Answer, status: number, code: string, reason?: string): void => {
    expect(answer.text).toContain(`"code":"${code}"`);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(answer.at('status')).toBe(status);
    expect(answer.at('type')).toBe(`urn:clawtank:error:${String(answer.at('reason'))}`);
    expect(typeof answer.at('message')).toBe('string');
    if (reason) expect(answer.at('reason')).toBe(reason);
    expect(answer.text).not.toMatch(/\bat .*\.ts|node_modules/);
  };

  const eventCount = async (): Promise<number> =>
    (await api.database.query<{ n: number }>('SELECT count(*) AS n FROM stream_events'))[0]?.n ?? 0;

  const say = (room: string) => `/api/v1/rooms/${room}/messages`;

  describe('bodies', () => {
    it.each([
      ['malformed JSON', { raw: '{"text": ' }, 400, 'VALIDATION_FAILED', 'body.malformed'],
      ['a list', { raw: '[1]' }, 400, 'VALIDATION_FAILED', 'input.invalid'],
      ['a bare text', { raw: '"hi"' }, 400, 'VALIDATION_FAILED', 'input.invalid'],
      ['nothing', {}, 400, 'VALIDATION_FAILED', 'input.invalid'],
      [
        'an unknown field',
        { body: { text: 'hi', colour: 'red' } },
        400,
        'VALIDATION_FAILED',
        'input.invalid',
      ],
      [
        'a prototype',
        { raw: '{"text":"hi","__proto__":{"a":1}}' },
        400,
        'VALIDATION_FAILED',
        'input.invalid',
      ],
      ['NUL', { body: { text: 'a\u0000b' } }, 400, 'VALIDATION_FAILED', 'input.invalid'],
      ['a lone surrogate', { raw: '{"text":"\\ud800"}' }, 400, 'VALIDATION_FAILED', 'input.invalid'],
      [
        'depth',
        { raw: `{"text":${'['.repeat(9_000)}${']'.repeat(9_000)}}` },
        400,
        'VALIDATION_FAILED',
        'input.invalid',
      ],
      [
        'a text that is too long',
        { body: { text: 'x'.repeat(20_000) } },
        400,
        'VALIDATION_FAILED',
        'input.invalid',
      ],
      ['a megabyte', { body: { text: 'x'.repeat(1_048_576) } }, 413, 'PAYLOAD_TOO_LARGE', undefined],
      [
        'a form',
        { raw: 'text=hi', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } },
        400,
        'VALIDATION_FAILED',
        'body.media_type',
      ],
      [
        'plain text',
        { raw: 'hi', headers: { 'Content-Type': 'text/plain' } },
        400,
        'VALIDATION_FAILED',
        'body.media_type',
      ],
      [
        'a bad idempotency key',
        { body: { text: 'hi' }, headers: { 'Idempotency-Key': 'once' } },
        400,
        'VALIDATION_FAILED',
        'input.invalid',
      ],
      [
        'a body that contradicts its path',
        { body: { text: 'hi', room_id: newId() } },
        400,
        'VALIDATION_FAILED',
        'input.contradicts',
      ],
    ])('refuses %s and changes nothing', async (_name, request, status, code, reason) => {
      const before = await eventCount();
      expectProblem(
        await api.call('POST', say(open.id), { token: ada.token, ...request }),
        status,
        code,
        reason,
      );
      expect(await eventCount()).toBe(before);
    });

    it('names every bad field', async () => {
      const answer = await api.call('POST', '/api/v1/rooms', {
        token: ada.token,
        body: { name: '', visibility: 'x' },
      });
      expect(answer.at('errors')).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ path: 'name' }),
          expect.objectContaining({ path: 'visibility' }),
        ]),
      );
    });
  });

  describe('callers', () => {
    const forge = (header: object, claims: object, sign: (text: string) => string): string => {
      const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
      const text = `${encode(header)}.${encode(claims)}`;
      return `${text}.${sign(text)}`;
    };
    const hs256 = (text: string) => createHmac('sha256', secret).update(text).digest('base64url');
    const claims = (more: object = {}) => ({
      sub: ada.caller.id,
      kind: 'human',
      iss: 'clawtank',
      aud: 'clawtank-access',
      exp: Math.floor(Date.now() / 1_000) + 60,
      ...more,
    });
    const HS256 = { alg: 'HS256', typ: 'JWT' };

    it.each([
      ['no token', () => undefined, 'AUTHENTICATION_FAILED', 'auth.required'],
      ['nonsense', () => 'nonsense', 'AUTHENTICATION_FAILED', 'auth.bad_token'],
      ['64 KB of token', () => 'x'.repeat(8_000), 'AUTHENTICATION_FAILED', 'auth.bad_token'],
      [
        'an expired token',
        () => forge(HS256, claims({ exp: 1_000 }), hs256),
        'TOKEN_EXPIRED',
        'auth.token_expired',
      ],
      [
        'algorithm none',
        () => forge({ alg: 'none' }, claims(), () => ''),
        'AUTHENTICATION_FAILED',
        'auth.bad_token',
      ],
      [
        'another algorithm',
        () => forge({ alg: 'RS256' }, claims(), hs256),
        'AUTHENTICATION_FAILED',
        'auth.bad_token',
      ],
      [
        'another audience',
        () => forge(HS256, claims({ aud: 'other' }), hs256),
        'AUTHENTICATION_FAILED',
        'auth.bad_token',
      ],
      [
        'another issuer',
        () => forge(HS256, claims({ iss: 'other' }), hs256),
        'AUTHENTICATION_FAILED',
        'auth.bad_token',
      ],
      ['another key', () => forge(HS256, claims(), () => 'AAAA'), 'AUTHENTICATION_FAILED', 'auth.bad_token'],
      [
        'nobody we know',
        () => forge(HS256, claims({ sub: newId() }), hs256),
        'AUTHENTICATION_FAILED',
        'auth.bad_token',
      ],
    ])('refuses %s', async (_name, makeToken, code, reason) => {
      const token = makeToken();
      const answer = await api.call('GET', '/api/v1/me', token === undefined ? {} : { token });
      expectProblem(answer, 401, code, reason);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    });

    it('accepts the same claims when they are right', async () => {
      expect((await api.call('GET', '/api/v1/me', { token: forge(HS256, claims(), hs256) })).status).toBe(
        200,
      );
    });

    it('refuses a good token in the URL', async () => {
      expectProblem(
        await api.call('GET', `/api/v1/me?access_token=${ada.token}`),
        401,
        'AUTHENTICATION_FAILED',
        'auth.token_in_url',
      );
    });

    it('refuses a bad token where none is needed', async () => {
      expectProblem(
        await api.call('GET', '/api/v1/rooms', { token: 'nonsense' }),
        401,
        'AUTHENTICATION_FAILED',
      );
    });
  });

  describe('places', () => {
    it.each([
      ['an unknown path', 'GET', '/api/v1/nothing'],
      ['a path outside', 'GET', '/api/v2/me'],
      ['another method', 'PUT', '/api/v1/me'],
    ])('answers %s with NOT_FOUND', async (_name, method, path) => {
      expectProblem(await api.call(method, path, { token: ada.token }), 404, 'NOT_FOUND', 'route.unknown');
    });

    it('refuses a malformed path', async () => {
      expectProblem(
        await api.call('GET', '/api/v1/rooms/%zz', { token: ada.token }),
        400,
        'VALIDATION_FAILED',
      );
    });

    it.each([
      ['reading', 'GET', (room: string) => `/api/v1/rooms/${room}`, undefined],
      ['listening', 'GET', (room: string) => `/api/v1/rooms/${room}/events`, undefined],
      ['members', 'GET', (room: string) => `/api/v1/rooms/${room}/members`, undefined],
      ['speaking', 'POST', say, { text: 'hi' }],
      ['deleting', 'DELETE', (room: string) => `/api/v1/rooms/${room}`, undefined],
    ])('gives a missing and a private room the same bytes: %s', async (_name, method, path, body) => {
      const request = { token: bob.token, ...(body ? { body } : {}) };
      const answers = await Promise.all(
        [newId(), hidden.id, 'no-such-room-abcdef', hidden.slug].map((room) =>
          api.call(method, path(room), request),
        ),
      );
      for (const answer of answers) expectProblem(answer, 404, 'NOT_FOUND', 'room.not_found');
      expect(new Set(answers.map((answer) => answer.text)).size).toBe(1);
    });

    it('lets a stranger read a public room but not speak in it', async () => {
      expect((await api.call('GET', `/api/v1/rooms/${open.slug}`, { token: bob.token })).status).toBe(200);
      expectProblem(
        await api.call('POST', say(open.id), { token: bob.token, body: { text: 'hi' } }),
        403,
        'FORBIDDEN',
        'room.members_only',
      );
    });
  });
});
