import { setTimeout as delay } from 'node:timers/promises';
import { newId } from '@clawtank/kernel';
import { type Answer, type Person, startApi, type TestApi } from './test-api.js';

const PASSWORD = 'a long enough password';

describe('REST under more than the limits allow', () => {
  let api: TestApi;
  let ada: Person;
  let room: { id: string; slug: string };
  beforeAll(async () => {
    api = await startApi({
      TRUST_PROXY_HOPS: '1',
      LIMITS_COMMANDS_PER_SECOND: '1',
      LIMITS_COMMANDS_BURST: '40',
      LIMITS_CHAT_PER_SECOND: '1',
      LIMITS_CHAT_BURST: '3',
      LIMITS_SIGN_IN_PER_MINUTE: '1',
      LIMITS_SIGN_IN_BURST: '3',
      LIMITS_ADDRESS_SIGN_IN_PER_MINUTE: '1',
      LIMITS_ADDRESS_SIGN_IN_BURST: '8',
      LIMITS_ADDRESS_READS_PER_SECOND: '1',
      LIMITS_ADDRESS_READS_BURST: '3',
    });
    ada = await api.aPerson('ada');
    room = await api.aRoom(ada, 'public');
  });
  afterAll(() => api.close());

  const from = (address: string) => ({ 'X-Forwarded-For': address });

  /** Asks until it is refused, and gives the refusal. */
  async function untilRefused(ask: () => Promise<Answer>, most: number): Promise<Answer> {
    for (let count = 0; count < most; count += 1) {
      const answer = await ask();
      if (answer.status === 429) return answer;
    }
    throw new Error('was never refused');
  }

  function expectLimit(answer: Answer, limit: string): void {
    expect([answer.status, answer.at('code'), answer.at('reason')]).toEqual([
      429,
      'RATE_LIMITED',
      'limits.too_many',
    ]);
    expect(answer.at('details.limit')).toBe(limit);
    const waitMs = Number(answer.at('retry_after_ms'));
    expect(waitMs).toBeGreaterThan(0);
    expect(Number(answer.headers.get('retry-after'))).toBe(Math.ceil(waitMs / 1_000));
  }

  const say = (person: Person, place: string, key = newId()): Promise<Answer> =>
    api.call('POST', `/api/v1/rooms/${place}/messages`, {
      token: person.token,
      body: { text: 'flood' },
      headers: { 'Idempotency-Key': key },
    });

  it('refuses a flood of messages, changes nothing by it, and keeps no idempotency key', async () => {
    let key = '';
    let said = 0;
    const refused = await untilRefused(async () => {
      key = newId();
      const answer = await say(ada, said % 2 === 0 ? room.id : room.slug, key);
      if (answer.status === 201) said += 1;
      return answer;
    }, 20);
    expectLimit(refused, 'messages');
    const count = async (sql: string): Promise<unknown> =>
      (await api.database.transaction((tx) => tx.query<{ n: number }>(sql, [key])))[0]?.n;
    expect(await count('SELECT count(*)::int AS n FROM command_results WHERE command_id = $1')).toBe(0);
    // Waiting as long as it was told is enough.
    await delay(Number(refused.at('retry_after_ms')) + 1);
    expect((await say(ada, room.id, key)).status).toBe(201);
    const log = await api.call('GET', `/api/v1/rooms/${room.id}/events`, { token: ada.token });
    expect(log.text.match(/"chat\.message"/g)).toHaveLength(said + 1);
  });

  it('counts each person and each room for itself', async () => {
    const ben = await api.aPerson('ben');
    const bens = await api.aRoom(ben, 'private');
    const other = await api.aRoom(ben, 'private');
    expectLimit(await untilRefused(() => say(ben, bens.id), 20), 'messages');
    expect((await say(ben, other.id)).status).toBe(201);
  });

  it('refuses a flood of commands before anything is read for them', async () => {
    const cleo = await api.aPerson('cleo');
    const ask = (): Promise<Answer> =>
      api.call('POST', `/api/v1/rooms/${newId()}/tasks`, { token: cleo.token, body: {} });
    const first = await ask();
    expect([400, 404]).toContain(first.status);
    expectLimit(await untilRefused(ask, 200), 'commands');
  });

  it('refuses guessing at one name, and nobody else at that address', async () => {
    const attempt = (login: string, address: string): Promise<Answer> =>
      api.call('POST', '/api/v1/auth/login', {
        body: { login, password: PASSWORD },
        headers: from(address),
      });
    expect((await attempt('mira', '198.51.100.1')).status).toBe(401);
    expectLimit(await untilRefused(() => attempt('Mira', '198.51.100.1'), 4), 'sign-ins');
    expect((await attempt('jonas', '198.51.100.1')).status).toBe(401);
    expect((await attempt('mira', '198.51.100.2')).status).toBe(401);
  });

  it('refuses a flood of names and of sessions from one address', async () => {
    let names = 0;
    const register = (): Promise<Answer> => {
      names += 1;
      const username = `user-${names}`;
      return api.call('POST', '/api/v1/auth/register', {
        body: { username, email: `${username}@example.org`, password: PASSWORD },
        headers: from('2001:db8::1'),
      });
    };
    expectLimit(await untilRefused(register, 12), 'sign-ins');
    const refresh = await api.call('POST', '/api/v1/auth/refresh', {
      body: { refresh_token: 'x' },
      headers: from('2001:db8::2'),
    });
    expectLimit(refresh, 'sign-ins');
  });

  it('refuses a flood of reads by strangers, but no member at that address and no page of its own', async () => {
    const read = (address: string): Promise<Answer> =>
      api.call('GET', '/api/v1/rooms', { headers: from(address) });
    expectLimit(await untilRefused(() => read('198.51.100.9'), 20), 'reads');
    const member = await api.call('GET', '/api/v1/rooms', {
      token: ada.token,
      headers: from('198.51.100.9'),
    });
    expect(member.status).toBe(200);
    expect((await read('198.51.100.10')).status).toBe(200);
    for (let count = 0; count < 10; count += 1) expect((await read('127.0.0.1')).status).toBe(200);
  });
});
