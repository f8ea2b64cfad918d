import { once } from 'node:events';
import type { Bye } from '@clawtank/contracts';
import { ClawTankClient, type ClientOptions, MemoryCursorStore, RestClient } from '../src/index.js';
import { AGENT, EPOCH, Refusal, ScriptedPeer } from './scripted-peer.js';

const ROOM = 'room:1';
const BACKOFF = { firstMs: 20, capMs: 50 };

let peer: ScriptedPeer;
let clients: ClawTankClient[] = [];

beforeEach(async () => {
  peer = await ScriptedPeer.start();
});

afterEach(async () => {
  for (const client of clients) client.close();
  clients = [];
  await peer.stop();
});

function connecting(token: ClientOptions['token'] = 'jwt'): ClawTankClient {
  const client = new ClawTankClient({ server: peer.url, token, backoff: BACKOFF });
  clients.push(client);
  return client;
}

/** Resolves at the next time the connection is up. */
function reopened(client: ClawTankClient): Promise<void> {
  return new Promise((resolve) => {
    const stop = client.states(({ state }) => {
      if (state !== 'open') return;
      stop();
      resolve();
    });
  });
}

async function take<T>(count: number, items: AsyncIterable<T>): Promise<T[]> {
  const taken: T[] = [];
  for await (const item of items) {
    taken.push(item);
    if (taken.length === count) break;
  }
  return taken;
}

const seqs = (events: readonly { seq: number }[]): number[] => events.map((event) => event.seq);

describe('commands', () => {
  it('are answered with the reply of their ack', async () => {
    peer.handlers.set('chat.send', (input) => ({ message_id: 'm1', seq: 9, text: input['text'] }));
    const reply = await connecting().command('chat.send', { room_id: '1', text: 'hello' });
    expect(reply).toMatchObject({ message_id: 'm1', seq: 9 });
  });

  it('are refused with the typed error', async () => {
    peer.handlers.set('task.claim', () => {
      throw new Refusal({
        code: 'CONFLICT',
        reason: 'task.taken',
        message: 'T-1 is taken.',
        details: { by: 'Bo' },
      });
    });
    await expect(connecting().command('task.claim', { task_id: 't1' })).rejects.toMatchObject({
      name: 'ClawTankError',
      code: 'CONFLICT',
      reason: 'task.taken',
      details: { by: 'Bo' },
    });
  });

  it('have one effect when the ack is lost and they are sent again', async () => {
    let effects = 0;
    peer.handlers.set('chat.send', () => ({ message_id: `m${++effects}`, seq: effects }));
    peer.loseAckOf.add('chat.send');
    const reply = await connecting().command('chat.send', { room_id: '1', text: 'once' });
    expect(reply.message_id).toBe('m1');
    expect(effects).toBe(1);
    const ids = peer.calls
      .filter((call) => call.name === 'chat.send')
      .map((call) => call.input['command_id']);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });

  it('are sent again after UNAVAILABLE', async () => {
    let tries = 0;
    peer.handlers.set('chat.send', () => {
      if (++tries < 3)
        throw new Refusal({
          code: 'UNAVAILABLE',
          reason: 'server.unavailable',
          message: 'Later.',
          retry_after_ms: 1,
        });
      return { message_id: 'm1', seq: 1 };
    });
    await connecting().command('chat.send', { room_id: '1', text: 'patient' });
    expect(tries).toBe(3);
  });

  it('end with the signal that aborts them', async () => {
    peer.handlers.set('chat.send', () => new Promise<object>(() => {}));
    const controller = new AbortController();
    const sent = connecting().command(
      'chat.send',
      { room_id: '1', text: 'never' },
      { signal: controller.signal },
    );
    setTimeout(() => controller.abort(new Error('enough')), 50);
    await expect(sent).rejects.toThrow('enough');
  });

  it('end when their time is over', async () => {
    peer.handlers.set('chat.send', () => new Promise<object>(() => {}));
    const sent = connecting().command('chat.send', { room_id: '1', text: 'never' }, { timeoutMs: 50 });
    await expect(sent).rejects.toMatchObject({ code: 'UNAVAILABLE', reason: 'client.timeout' });
  });

  it('that wait are refused when the client is closed', async () => {
    peer.handlers.set('chat.send', () => new Promise<object>(() => {}));
    const client = connecting();
    await client.connect();
    const sent = client.command('chat.send', { room_id: '1', text: 'never' });
    const refused = expect(sent).rejects.toMatchObject({ reason: 'client.closed' });
    client.close();
    await refused;
  });
});

describe('a room', () => {
  it('is given as it is, then as it goes on', async () => {
    peer.append(ROOM, 'chat.message');
    const room = await connecting().room('1').join();
    expect(room.snapshot).toMatchObject({ cursor: 1, epoch: EPOCH });
    peer.append(ROOM, 'chat.message');
    peer.appendHidden(ROOM);
    peer.append(ROOM, 'chat.message');
    expect(seqs(await take(2, room.events()))).toEqual([2, 4]);
  });

  it('can be joined by its slug', async () => {
    const room = await connecting().room('reef-1').join();
    peer.append(ROOM, 'chat.message');
    expect(seqs(await take(1, room.events()))).toEqual([1]);
  });

  it('is read on from a position', async () => {
    for (let count = 0; count < 5; count++) peer.append(ROOM, 'chat.message');
    const room = await connecting()
      .room('1')
      .join({ after: { epoch: EPOCH, seq: 2 } });
    expect(seqs(await take(3, room.events()))).toEqual([3, 4, 5]);
  });

  it('goes on after the connection was cut, without hole or double', async () => {
    const client = connecting();
    const room = await client.room('1').join();
    const read: number[] = [];
    const reading = (async () => {
      for await (const event of room.events()) {
        read.push(event.seq);
        if (event.seq === 30) return;
      }
    })();
    for (let round = 0; round < 3; round++) {
      const back = reopened(client);
      peer.append(ROOM, 'chat.message');
      peer.cut();
      for (let count = 0; count < 8; count++) peer.append(ROOM, 'chat.message');
      await back;
      peer.append(ROOM, 'chat.message');
    }
    await reading;
    expect(read).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
  });

  it('asks for news that were lost', async () => {
    const room = await connecting().room('1').join();
    peer.muted.add(ROOM);
    for (let count = 0; count < 5; count++) peer.append(ROOM, 'chat.message');
    peer.muted.delete(ROOM);
    peer.append(ROOM, 'chat.message');
    expect(seqs(await take(6, room.events()))).toEqual([1, 2, 3, 4, 5, 6]);
    expect(peer.calls.filter((call) => call.name === 'events.replay')).toHaveLength(3);
  });

  it('begins anew from a snapshot after a restored backup, and says so', async () => {
    const client = connecting();
    for (let count = 0; count < 5; count++) peer.append(ROOM, 'chat.message');
    const room = await client.room('1').join();
    const back = reopened(client);
    peer.restore('epoch-2');
    peer.append(ROOM, 'chat.message');
    peer.cut();
    await back;
    const [update] = await take(1, room.updates());
    expect(update).toMatchObject({
      kind: 'resync',
      reason: 'epoch',
      snapshot: { cursor: 1, epoch: 'epoch-2' },
    });
    expect(room.snapshot.epoch).toBe('epoch-2');
  });

  it('never hides a resync from who reads only events', async () => {
    const room = await connecting().room('1').join();
    peer.resync(ROOM, 'expired');
    await expect(take(1, room.events())).rejects.toMatchObject({ reason: 'client.resync' });
  });

  it('reads on from a kept position in another process', async () => {
    const store = new MemoryCursorStore();
    const first = connecting();
    const room = await first.room('1').join({ store });
    for (let count = 0; count < 3; count++) peer.append(ROOM, 'chat.message');
    for await (const event of room.events()) if (event.seq === 3) break;
    first.close();
    peer.append(ROOM, 'chat.message');
    const again = await connecting().room('1').join({ store });
    // The frame that was being handled when the first one stopped comes again.
    expect(seqs(await take(2, again.events()))).toEqual([3, 4]);
  });

  it('that refuses is told to who joins', async () => {
    peer.handlers.set('room.join', () => {
      throw new Refusal({ code: 'NOT_FOUND', reason: 'room.not_found', message: 'There is no such room.' });
    });
    await expect(connecting().room('9').join()).rejects.toMatchObject({ reason: 'room.not_found' });
  });

  it('that refuses after a reconnect ends the reading with its error', async () => {
    const client = connecting();
    const room = await client.room('1').join();
    peer.handlers.set('room.join', () => {
      throw new Refusal({ code: 'NOT_FOUND', reason: 'room.not_found', message: 'There is no such room.' });
    });
    peer.cut();
    await expect(take(1, room.events())).rejects.toMatchObject({ reason: 'room.not_found' });
  });

  it.each<[string, (client: ClawTankClient, controller: AbortController) => void]>([
    ['its signal is aborted', (_, controller) => controller.abort()],
    ['the client is closed', (client) => client.close()],
  ])('ends plainly when %s', async (_, end) => {
    const client = connecting();
    const controller = new AbortController();
    const room = await client.room('1').join({ signal: controller.signal });
    const reading = take(1, room.events());
    end(client, controller);
    expect(await reading).toEqual([]);
  });
});

describe('one’s own stream', () => {
  it('comes unasked and goes on over reconnects', async () => {
    const client = connecting();
    const me = await client.me();
    const stream = `user:${AGENT.id}`;
    const back = reopened(client);
    peer.append(stream, 'task.offer');
    const events = me.events();
    expect((await events.next()).value).toMatchObject({ seq: 1 });
    const next = events.next();
    peer.cut();
    peer.append(stream, 'task.offer');
    await back;
    expect((await next).value).toMatchObject({ seq: 2 });
  });
});

describe('one’s own stream that was cut before its first frame', () => {
  it('goes on from where it stood when the connection was made', async () => {
    peer.saysWhere = true;
    const client = connecting();
    const me = await client.me();
    const stream = `user:${AGENT.id}`;
    const back = reopened(client);
    peer.cut();
    const events = me.events();
    const next = events.next();
    peer.append(stream, 'task.offer');
    await back;
    expect((await next).value).toMatchObject({ seq: 1 });
  });
});

describe('the connection', () => {
  it('tells what the server said', async () => {
    expect(await connecting().connect()).toMatchObject({ identity: AGENT, heartbeat_interval_ms: 30_000 });
  });

  it.each<[Bye, boolean]>([
    [{ code: 'SERVER_DRAIN', reason: 'restarting', reconnect: true }, true],
    [{ code: 'SLOW_CONSUMER', reason: 'too slow', reconnect: true }, true],
    [{ code: 'TOKEN_EXPIRED', reason: 'expired', reconnect: true }, true],
    [{ code: 'SUPERSEDED', reason: 'another session', reconnect: false }, false],
    [{ code: 'REVOKED', reason: 'revoked', reconnect: false }, false],
  ])('after %j comes back: %s', async (bye, returns) => {
    const client = connecting();
    await client.connect();
    const back = reopened(client);
    peer.bye(bye);
    if (returns) await back;
    else if (!client.closed.aborted) await once(client.closed, 'abort');
    expect(client.closed.aborted).toBe(!returns);
    if (!returns) {
      await expect(client.connect()).rejects.toMatchObject({ reason: `bye.${bye.code.toLowerCase()}` });
    }
  });

  it('is over when the token is refused and no other is to be had', async () => {
    peer.accepted = new Set();
    await expect(connecting().connect()).rejects.toMatchObject({ code: 'TOKEN_EXPIRED' });
  });

  it('takes a fresh token when the old one is refused', async () => {
    peer.accepted = new Set(['t2']);
    let exchanges = 0;
    peer.rest.set('POST /api/v1/auth/agent-token', () => ({
      access_token: `t${++exchanges}`,
      expires_in: 600,
    }));
    await connecting({ agentToken: 'clw_x' }).connect();
    expect(exchanges).toBe(2);
  });

  it('is over once the agent token is revoked', async () => {
    peer.rest.set('POST /api/v1/auth/agent-token', () => {
      throw new Refusal({ code: 'AUTHENTICATION_FAILED', reason: 'auth.token_revoked', message: 'Revoked.' });
    });
    await expect(connecting({ agentToken: 'clw_x' }).connect()).rejects.toMatchObject({
      reason: 'auth.token_revoked',
    });
  });

  it('renews its token ahead of the end', async () => {
    let exchanges = 0;
    peer.rest.set('POST /api/v1/auth/agent-token', () => ({
      access_token: `t${++exchanges}`,
      expires_in: 1.2,
    }));
    const renewed = new Promise((resolve) => {
      peer.handlers.set('auth.renew', (input) => {
        resolve(input['token']);
        return { expires_at: '' };
      });
    });
    await connecting({ agentToken: 'clw_x' }).connect();
    expect(await renewed).toBe('t2');
  });

  it('waits for a server that is not there yet', async () => {
    const { url } = peer;
    await peer.stop();
    const client = new ClawTankClient({ server: url, token: 'jwt', backoff: BACKOFF });
    clients.push(client);
    await expect(client.connect({ timeoutMs: 200 })).rejects.toMatchObject({ reason: 'client.timeout' });
    peer = await ScriptedPeer.start();
  });
});

describe('REST', () => {
  it('sends a command through its route, with its id as the key', async () => {
    let seen: string | undefined;
    peer.rest.set('POST /api/v1/rooms/1/messages', (_, request) => {
      seen = String(request.headers['idempotency-key']);
      return { message_id: 'm1', seq: 1 };
    });
    const rest = new RestClient({ server: peer.url });
    await rest.command('chat.send', { room_id: '1', text: 'hello', command_id: 'c1' });
    expect(seen).toBe('c1');
  });

  it('turns problem+json into the typed error', async () => {
    peer.rest.set('GET /api/v1/rooms/1', () => {
      throw new Refusal({ code: 'NOT_FOUND', reason: 'room.not_found', message: 'There is no such room.' });
    });
    const rest = new RestClient({ server: peer.url });
    await expect(rest.query('rooms.get', { room_id: '1' })).rejects.toMatchObject({
      reason: 'room.not_found',
    });
  });
});
