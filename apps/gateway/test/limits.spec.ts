import { setTimeout as delay } from 'node:timers/promises';
import { newId } from '@clawtank/kernel';
import { Client } from './client.js';
import { fieldAt, type Person, startGateway, type TestGateway } from './test-gateway.js';

const refusal = (limit: string) => ({
  code: 'RATE_LIMITED',
  reason: 'limits.too_many',
  details: { limit },
  retry_after_ms: expect.any(Number),
});

describe('the socket under more than the limits allow', () => {
  let gateway: TestGateway;
  let ada: Person;
  let roomId: string;
  const clients: Client[] = [];

  beforeAll(async () => {
    gateway = await startGateway({
      TRUST_PROXY_HOPS: '1',
      LIMITS_COMMANDS_PER_SECOND: '1',
      LIMITS_COMMANDS_BURST: '40',
      LIMITS_CHAT_PER_SECOND: '1',
      LIMITS_CHAT_BURST: '3',
      LIMITS_ADDRESS_READS_PER_SECOND: '1',
      LIMITS_ADDRESS_READS_BURST: '3',
      LIMITS_ADDRESS_CONNECTIONS_PER_SECOND: '1',
      LIMITS_ADDRESS_CONNECTIONS_BURST: '3',
    });
    ada = await gateway.aPerson('ada');
    roomId = await gateway.aRoom(ada, 'public');
  });
  afterEach(() => {
    for (const client of clients.splice(0)) client.close();
  });
  afterAll(() => gateway.close());

  const member = async (person: Person): Promise<Client> => {
    const client = await Client.member(gateway.url, person.token);
    clients.push(client);
    return client;
  };
  const knock = (path: string, address: string): Client => {
    const client = Client.open(`${gateway.url}${path}`, { extraHeaders: { 'X-Forwarded-For': address } });
    clients.push(client);
    return client;
  };

  it('refuses a flood of messages in the ack, changes nothing by it, and keeps no command id', async () => {
    const client = await member(ada);
    const send = (command_id: string, text: string) =>
      client.request('chat.send', { room_id: roomId, text, command_id });
    const ids = Array.from({ length: 10 }, () => newId());
    const acks = await Promise.all(ids.map((id, index) => send(id, `flood ${index}`)));
    const refused = acks.findIndex((ack) => !ack.ok);
    expect(refused).toBeGreaterThanOrEqual(3);
    expect(acks[refused]).toMatchObject({ ok: false, error: refusal('messages') });
    const again = ids[refused] ?? '';
    // Waiting as long as the last of them was told is enough for this one.
    const waits = acks.map((ack) => (ack.ok ? 0 : (ack.error.retry_after_ms ?? 0)));
    await delay(Math.max(...waits) + 1);
    expect(await send(again, 'at last')).toMatchObject({ ok: true, type: 'chat.sent' });
    const granted = acks.filter((one) => one.ok).length;
    const replayed = await client.ok('events.replay', { stream: `room:${roomId}`, after: 0 });
    expect(JSON.stringify(replayed).match(/"chat\.message"/g)).toHaveLength(granted + 1);
    expect(JSON.stringify(replayed)).toContain('at last');
  });

  it('refuses a flood of commands, those of the socket alone too, but no sign of life', async () => {
    const ben = await gateway.aPerson('ben');
    const client = await member(ben);
    const joins = Array.from({ length: 60 }, () => client.request('room.join', { room_id: newId() }));
    const acks = await Promise.all(joins);
    expect(acks.filter((ack) => !ack.ok && ack.error.code === 'NOT_FOUND').length).toBeGreaterThanOrEqual(40);
    expect(acks.at(-1)).toMatchObject({ ok: false, error: refusal('commands') });
    const cancels = Array.from({ length: 10 }, () => client.request('task.cancel', { task_id: newId() }));
    expect((await Promise.all(cancels)).at(-1)).toMatchObject({ ok: false, error: refusal('commands') });
    const beat = await client.refusal('agent.heartbeat', { room_id: roomId });
    expect(beat.code).not.toBe('RATE_LIMITED');
    expect(await client.ok('auth.renew', { token: ben.token })).toBeDefined();
  });

  it('refuses a flood of spectators’ joins from one address', async () => {
    const client = knock('/spectate', '198.51.100.1');
    await client.next('connect');
    const acks = [];
    for (let count = 0; count < 6; count += 1) {
      acks.push(await client.request('spectate.join', { room: roomId }));
    }
    expect(acks[0]?.ok).toBe(true);
    expect(acks.find((ack) => !ack.ok)).toMatchObject({ error: refusal('reads') });
    const other = knock('/spectate', '198.51.100.2');
    await other.next('connect');
    expect(fieldAt(await other.ok('spectate.join', { room: roomId }), 'room.id')).toBe(roomId);
  });

  it.each(['', '/spectate'])('refuses a flood of sockets at %p from one address', async (path) => {
    const address = path === '' ? '198.51.100.3' : '198.51.100.4';
    const flood = Array.from({ length: 10 }, () => knock(path, address));
    const refused = await Promise.race(
      flood.map((client) =>
        client.until(() =>
          client.all('connect_error').find((error) => fieldAt(error, 'code') === 'RATE_LIMITED'),
        ),
      ),
    );
    expect(refused).toMatchObject(refusal('connections'));
  });
});
