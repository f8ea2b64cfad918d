import { roomStream } from '@clawtank/contracts';
import { newId } from '@clawtank/kernel';
import { Client, expectTiling } from './client.js';
import { fieldAt, type Person, startGateway, type TestGateway } from './test-gateway.js';

describe('who gets a socket and how it is lost', () => {
  let gateway: TestGateway;
  let ada: Person;
  let bob: Person;
  const clients: Client[] = [];

  beforeAll(async () => {
    gateway = await startGateway();
    [ada, bob] = [await gateway.aPerson('ada'), await gateway.aPerson('bob')];
  });
  afterEach(() => {
    for (const client of clients.splice(0)) client.close();
  });
  afterAll(() => gateway.close());

  const kept = (client: Client): Client => {
    clients.push(client);
    return client;
  };
  const connect = async (person: Person): Promise<Client> =>
    kept(await Client.member(gateway.url, person.token));
  const say = async (roomId: string, text = 'hello'): Promise<number> =>
    Number(fieldAt(await gateway.run(ada, 'chat.send', { room_id: roomId, text }), 'seq'));

  describe('at the handshake', () => {
    const knock = async (options: Parameters<typeof Client.open>[1]): Promise<Client> => {
      const client = kept(Client.open(gateway.url, options));
      await client.until(() =>
        client.heard.find((heard) => ['connect_error', 'ready'].includes(heard.event)),
      );
      return client;
    };

    it.each([
      ['no token', () => ({}), 'AUTHENTICATION_FAILED', 'auth.required'],
      ['an empty token', () => ({ auth: { token: '' } }), 'AUTHENTICATION_FAILED', 'auth.required'],
      [
        'a token that is no text',
        () => ({ auth: { token: { a: 1 } } }),
        'AUTHENTICATION_FAILED',
        'auth.required',
      ],
      ['nonsense', () => ({ auth: { token: 'nonsense' } }), 'AUTHENTICATION_FAILED', 'auth.bad_token'],
      [
        '64 KB of token',
        () => ({ auth: { token: 'x'.repeat(65_536) } }),
        'AUTHENTICATION_FAILED',
        'auth.bad_token',
      ],
      [
        'an agent token',
        () => ({ auth: { token: `clw_${'a'.repeat(40)}` } }),
        'AUTHENTICATION_FAILED',
        'auth.bad_token',
      ],
      [
        'a good token in the URL',
        () => ({ query: { token: ada.token } }),
        'AUTHENTICATION_FAILED',
        'auth.token_in_url',
      ],
      [
        'a good token in the URL as well',
        () => ({ query: { access_token: ada.token }, auth: { token: ada.token } }),
        'AUTHENTICATION_FAILED',
        'auth.token_in_url',
      ],
      [
        'a page of another site',
        () => ({ auth: { token: ada.token }, extraHeaders: { Origin: 'https://evil.test' } }),
        'FORBIDDEN',
        'origin.foreign',
      ],
      [
        'a page of no site',
        () => ({ auth: { token: ada.token }, extraHeaders: { Origin: 'null' } }),
        'FORBIDDEN',
        'origin.foreign',
      ],
    ])('refuses %s', async (_name, options, code, reason) => {
      const client = await knock(options());
      expect(client.all('connect_error')).toEqual([{ code, reason, message: expect.any(String) }]);
    });

    it('refuses an expired token by its own code', async () => {
      const client = await knock({ auth: { token: await gateway.aToken(ada, -5) } });
      expect(client.all('connect_error')).toEqual([expect.objectContaining({ code: 'TOKEN_EXPIRED' })]);
    });

    it('accepts this server’s own pages, and clients that are no browser', async () => {
      for (const extraHeaders of [{ Origin: gateway.url }, {}] as Record<string, string>[]) {
        const client = await knock({ auth: { token: ada.token }, extraHeaders });
        expect(client.all('connect_error')).toEqual([]);
      }
    });

    it('keeps foreign pages from spectating too', async () => {
      const client = kept(
        Client.open(`${gateway.url}/spectate`, { extraHeaders: { Origin: 'https://evil.test' } }),
      );
      expect(await client.next('connect_error')).toMatchObject({ reason: 'origin.foreign' });
    });
  });

  describe('in a room', () => {
    const joined = async (person: Person, roomId: string): Promise<Client> => {
      const client = await connect(person);
      await client.ok('room.join', { room_id: roomId });
      return client;
    };

    it.each([
      ['removed', 'member.remove'],
      ['banned', 'member.ban'],
    ])('shows a member that is %s not one frame more', async (_name, command) => {
      const roomId = await gateway.aRoom(ada, 'private', [bob]);
      const [host, kicked] = [await joined(ada, roomId), await joined(bob, roomId)];
      const before = await say(roomId, 'for both');
      await kicked.reached(roomStream(roomId), before);
      await gateway.run(ada, command, { room_id: roomId, user_id: bob.caller.id });
      const last = await say(roomId, 'for one');
      await host.reached(roomStream(roomId), last);
      expect(await kicked.next('resync')).toEqual({ stream: roomStream(roomId), reason: 'invalid' });
      expect(kicked.frames(roomStream(roomId)).at(-1)?.to).toBe(before);
      expect(await kicked.refusal('room.join', { room_id: roomId })).toMatchObject({
        code: 'NOT_FOUND',
        reason: 'room.not_found',
      });
      expect(await kicked.refusal('events.replay', { stream: roomStream(roomId), after: 0 })).toMatchObject({
        code: 'NOT_FOUND',
      });
    });

    it('shows an agent nothing more once its owner is removed', async () => {
      const roomId = await gateway.aRoom(ada, 'private', [bob]);
      const pincer = await gateway.anAgent(bob, `pincer${Date.now()}`);
      const [host, agent] = [await joined(ada, roomId), await joined(pincer, roomId)];
      await gateway.run(ada, 'member.remove', { room_id: roomId, user_id: bob.caller.id });
      await host.reached(roomStream(roomId), await say(roomId));
      await agent.next('resync');
      expect(agent.envelopes(roomStream(roomId))).toEqual([]);
    });

    it('lets a member who came back read what happened while it was away', async () => {
      const roomId = await gateway.aRoom(ada, 'private', [bob]);
      const { cursor } = Object(await (await joined(bob, roomId)).ok('room.join', { room_id: roomId }));
      await gateway.run(ada, 'member.remove', { room_id: roomId, user_id: bob.caller.id });
      await say(roomId, 'while away');
      await gateway.run(ada, 'member.add', { room_id: roomId, user_id: bob.caller.id, role: 'member' });
      const back = await connect(bob);
      await back.ok('room.join', { room_id: roomId, after: cursor });
      const last = await say(roomId, 'welcome back');
      await back.reached(roomStream(roomId), last);
      expectTiling(back.frames(roomStream(roomId)), cursor + 1, last);
    });

    it('ends quietly for whoever leaves', async () => {
      const roomId = await gateway.aRoom(ada, 'private', [bob]);
      const [host, leaver] = [await joined(ada, roomId), await joined(bob, roomId)];
      await leaver.ok('room.leave', { room_id: roomId });
      const last = await say(roomId);
      await host.reached(roomStream(roomId), last);
      expect([leaver.frames(roomStream(roomId)), leaver.all('resync')]).toEqual([[], []]);
    });

    it('goes on for a host who can’t leave', async () => {
      const roomId = await gateway.aRoom(ada, 'private');
      const host = await joined(ada, roomId);
      expect(await host.refusal('room.leave', { room_id: roomId })).toMatchObject({ code: 'CONFLICT' });
      await host.reached(roomStream(roomId), await say(roomId));
    });

    it('ends for everybody when the room is deleted', async () => {
      const roomId = await gateway.aRoom(ada, 'private', [bob]);
      const member = await joined(bob, roomId);
      await gateway.run(ada, 'room.delete', { room_id: roomId });
      expect(await member.next('resync')).toEqual({ stream: roomStream(roomId), reason: 'invalid' });
      expect(await member.refusal('room.join', { room_id: roomId })).toMatchObject({ code: 'NOT_FOUND' });
    });
  });

  it('is counted while it is open', async () => {
    const sockets = async (): Promise<string> => {
      const text = await (await fetch(`${gateway.url}/metrics`)).text();
      return /clawtank_sockets\{kind="human"\} (\d+)/.exec(text)?.[1] ?? '';
    };
    while ((await sockets()) !== '0') await new Promise((resolve) => setImmediate(resolve));
    await connect(ada);
    expect(await sockets()).toBe('1');
  });

  describe('over time', () => {
    it('ends with its token, saying so', async () => {
      const client = kept(await Client.member(gateway.url, await gateway.aToken(ada, 2)));
      expect(await client.next('bye')).toMatchObject({ code: 'TOKEN_EXPIRED', reconnect: true });
      await client.next('disconnect');
    });

    it('goes on with a renewed token of the same person', async () => {
      const client = kept(await Client.member(gateway.url, await gateway.aToken(ada, 2)));
      const { expires_at } = Object(await client.ok('auth.renew', { token: await gateway.aToken(ada, 60) }));
      expect(Date.parse(expires_at)).toBeGreaterThan(Date.now() + 50_000);
      const other = kept(await Client.member(gateway.url, await gateway.aToken(ada, 2)));
      await other.next('bye');
      expect(client.all('bye')).toEqual([]);
      expect((await client.request('room.join', { room_id: newId() })).ok).toBe(false);
    });

    it.each([
      ['somebody else’s token', () => gateway.aToken(bob, 60), 'FORBIDDEN', 'auth.other_identity'],
      ['an expired token', () => gateway.aToken(ada, -5), 'TOKEN_EXPIRED', 'auth.token_expired'],
      ['nonsense', () => Promise.resolve('nonsense'), 'AUTHENTICATION_FAILED', 'auth.bad_token'],
    ])('is not renewed with %s', async (_name, token, code, reason) => {
      const client = await connect(ada);
      expect(await client.refusal('auth.renew', { token: await token() })).toMatchObject({ code, reason });
    });

    it('ends when the agent’s token is revoked', async () => {
      const pincer = await gateway.anAgent(bob, `revoked${Date.now()}`);
      const client = await connect(pincer);
      await gateway.run(bob, 'agent.revoke_token', { agent_id: pincer.caller.id, token_id: pincer.tokenId });
      expect(await client.next('bye')).toMatchObject({ code: 'REVOKED', reconnect: false });
      await client.next('disconnect');
    });

    it('ends for a suspended account', async () => {
      const cora = await gateway.aPerson(`cora${Date.now()}`);
      const client = await connect(cora);
      await gateway.database.query('UPDATE users SET suspended_at = now() WHERE id = $1', [cora.caller.id]);
      expect(await client.next('bye')).toMatchObject({ code: 'REVOKED' });
    });

    it('ends at once, with those of their agents, for whom an administrator suspends', async () => {
      const dora = await gateway.aPerson(`dora${Date.now()}`);
      const pincer = await gateway.anAgent(dora, `doras${Date.now()}`);
      const clients = [await connect(dora), await connect(pincer)];
      const begun = Date.now();
      const admin = { ...ada, caller: { ...ada.caller, isAdmin: true } };
      await gateway.run(admin, 'admin.suspend_user', { user_id: dora.caller.id });
      for (const client of clients) {
        expect(await client.next('bye')).toMatchObject({ code: 'REVOKED', reconnect: false });
        await client.next('disconnect');
      }
      expect(Date.now() - begun).toBeLessThan(5_000);
    });

    it('knows no administrator’s command, whatever is sent with it', async () => {
      const client = await connect(ada);
      for (const name of ['admin.suspend_user', 'admin.no_such_thing']) {
        const refusal = await client.refusal(name, { user_id: 7 });
        expect(refusal).toMatchObject({ code: 'NOT_FOUND', reason: 'command.unknown', details: { name } });
      }
    });

    it('gives way to a newer session of the same agent in the same room', async () => {
      const roomId = await gateway.aRoom(ada, 'private', [bob]);
      const pincer = await gateway.anAgent(bob, `twice${Date.now()}`);
      const register = { room_id: roomId, model: 'scripted', capabilities: ['code'] };
      const [older, newer] = [await connect(pincer), await connect(pincer)];
      await older.ok('agent.register', register);
      await older.ok('agent.status', { room_id: roomId, status: 'ready' });
      await newer.ok('agent.register', register);
      await newer.ok('agent.status', { room_id: roomId, status: 'ready' });
      expect(await older.next('bye')).toMatchObject({ code: 'SUPERSEDED', reconnect: false });
      expect(newer.all('bye')).toEqual([]);
      expect(await newer.ok('agent.heartbeat', { uptime: 1 })).toMatchObject({ cursors: expect.any(Object) });
    });

    it('ends when the server stops, saying so', async () => {
      const other = await startGateway();
      const member = kept(await Client.member(other.url, (await other.aPerson('someone')).token));
      const spectator = kept(await Client.spectator(other.url));
      await other.close();
      for (const client of [member, spectator]) {
        expect(await client.next('bye')).toMatchObject({ code: 'SERVER_DRAIN', reconnect: true });
        await client.next('disconnect');
      }
    });
  });
});
