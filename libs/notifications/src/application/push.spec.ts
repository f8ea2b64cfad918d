import { authMigrations } from '@clawtank/auth';
import { anAgent, aUser } from '@clawtank/auth/testing';
import { type Caller, commandsMigration } from '@clawtank/commands';
import { startTestBus, type TestBus } from '@clawtank/commands/testing';
import { ConfigModule } from '@clawtank/config';
import { PUSH_KINDS, type QueryReplyOf, type PushSubscriptionView, userStream } from '@clawtank/contracts';
import { createTestLog, type TestLog } from '@clawtank/events/testing';
import { newId } from '@clawtank/kernel';
import { type Room, roomsMigrations } from '@clawtank/rooms';
import { aRoom } from '@clawtank/rooms/testing';
import { Module } from '@nestjs/common';
import { NotificationsModule } from '../notifications.module.js';
import { notificationsMigrations } from '../persistence/migrations.js';
import { PushConfig } from '../push.config.js';
import { PushModule } from '../push.module.js';
import { aBrowser, type Browser, type PushPeer, startPushPeer, vapidClaims } from '../testing/push-peer.js';
import { NotifyPeople } from './notify-people.js';
import { PushCourier } from './push-courier.js';
import { QueuePushes } from './queue-pushes.js';
import { SendPushes } from './send-pushes.js';

let log: TestLog;
let bus: TestBus;
let peer: PushPeer;
let room: Room;
let ada: Caller;
let bob: Caller;
let browser: Browser;

beforeAll(async () => {
  peer = await startPushPeer();
  log = await createTestLog([
    commandsMigration,
    ...authMigrations,
    ...roomsMigrations,
    ...notificationsMigrations,
  ]);
  const env = {
    PUSH_CA_FILE: peer.caFile,
    PUSH_PRIVATE_ADDRESSES: 'true',
    PUSH_CONTACT: 'mailto:it@example.org',
  };
  @Module({ imports: [ConfigModule.forRoot([PushConfig], env), NotificationsModule, PushModule] })
  class Parts {}
  bus = await startTestBus(log, [Parts]);
  await log.runner.start([bus.get(NotifyPeople), bus.get(QueuePushes)]);
});
afterAll(async () => {
  await peer.stop();
  await log.runner.onApplicationShutdown();
  await bus.close();
  await log.drop();
});
beforeEach(async () => {
  peer.received.length = 0;
  peer.answers.length = 0;
  await log.database.query('DELETE FROM push_subscriptions');
  const suffix = newId().slice(-8);
  await log.work.run(async (tx) => {
    ada = await aUser(tx, { name: `ada-${suffix}` });
    bob = await aUser(tx, { name: `bob-${suffix}` });
    room = await aRoom(tx, ada, { name: 'Roast' });
  });
  browser = aBrowser();
});

const named = ({ kind, id, name }: Caller) => ({ kind, id, name });

async function subscribe(by: Caller, more: object = {}): Promise<PushSubscriptionView> {
  const { p256dh, auth } = browser;
  const input = { endpoint: `${peer.origin}/push/${by.id}`, p256dh, auth, label: 'Phone', ...more };
  return (await bus.command<{ subscription: PushSubscriptionView }>(by, 'push.subscribe', input))
    .subscription;
}
const devices = (by: Caller) =>
  bus.query<QueryReplyOf<'push_subscriptions.list'>>(by, 'push_subscriptions.list', {});
async function sent(): Promise<unknown[]> {
  await log.runner.drain();
  await bus.get(SendPushes).run();
  return peer.received.map(({ sealed }) => browser.open(sealed));
}
async function asksApproval(approval_id = newId()): Promise<void> {
  await log.work.run(async (tx) => {
    await tx.lockRoom(room.id);
    const data = { approval_id, kind: 'merge', task_id: null, subject: {}, expires_at: null } as never;
    tx.appendToRoom(room.id, { type: 'approval.requested', data, actor: named(bob) });
  });
}
const waiting = async (): Promise<number> =>
  Number((await log.database.query<{ n: string }>('SELECT count(*) AS n FROM push_outbox'))[0]?.n);
const makeDue = () => log.database.query('UPDATE push_outbox SET due_at = now()');

it('brings what needs a person to their device, sealed for it and signed by the server', async () => {
  await subscribe(ada);
  await asksApproval();
  expect(await sent()).toEqual([
    {
      kind: 'approval',
      title: 'Roast',
      body: 'Roast waits for an approval: merge',
      path: '/inbox',
      tag: expect.any(String),
    },
  ]);
  const [push] = peer.received;
  if (!push) throw new Error('nothing came');
  expect(push.headers).toMatchObject({ 'content-encoding': 'aes128gcm', ttl: '86400', urgency: 'high' });
  expect(push.sealed.includes('Roast')).toBe(false);
  const { public_key, items } = await devices(ada);
  const claims = vapidClaims(push, public_key);
  expect(claims).toMatchObject({ aud: peer.origin, sub: 'mailto:it@example.org' });
  expect(Number(claims['exp'])).toBeGreaterThan(Date.now() / 1_000);
  expect(Number(claims['exp'])).toBeLessThanOrEqual(Date.now() / 1_000 + 86_400);
  expect(items[0]?.last_sent_at).not.toBeNull();
  expect(await waiting()).toBe(0);
});

it('cannot be opened with the keys of another browser', async () => {
  await subscribe(ada);
  await asksApproval();
  await sent();
  expect(() => aBrowser().open(peer.received[0]?.sealed ?? Buffer.alloc(0))).toThrow();
});

it('tells each device only of the kinds that its person chose', async () => {
  const { id, kinds } = await subscribe(ada);
  expect(kinds).toEqual(PUSH_KINDS.filter((kind) => kind !== 'offer'));
  await bus.command(ada, 'push.update', { subscription_id: id, kinds: ['direct'] });
  await asksApproval();
  await log.work.run((tx) => {
    const data = {
      message_id: newId(),
      from: named(bob),
      to: named(ada),
      text: 'hunter2',
      reply_to: null,
      origin: 'member',
    } as const;
    tx.appendTo(userStream(ada.id), { type: 'chat.direct', actor: named(bob), data });
    return Promise.resolve();
  });
  expect(await sent()).toEqual([
    expect.objectContaining({ kind: 'direct', title: bob.name, body: `${bob.name} wrote to you.` }),
  ]);
});

it("tells of an agent's offer when its owner wants that", async () => {
  const agent = await log.work.run((tx) => anAgent(tx, ada, { name: `molt-${newId().slice(-8)}` }));
  await subscribe(ada, { kinds: ['offer'] });
  await log.work.run((tx) => {
    const data = {
      task_id: newId(),
      key: 'T-1',
      room_id: room.id,
      title: 'Work',
      agent_id: agent.id,
      score: 1,
      reasons: [],
    };
    const actor = { kind: 'system', id: '', name: 'ClawTank' } as const;
    tx.appendTo(userStream(agent.id), { type: 'task.offer', actor, data }, room.id);
    return Promise.resolve();
  });
  expect(await sent()).toEqual([expect.objectContaining({ kind: 'offer', path: `/rooms/${room.slug}` })]);
});

it('tries again later when the push service is away, and waits as long as it asks', async () => {
  await subscribe(ada);
  await asksApproval();
  peer.answers.push({ status: 503, headers: { 'retry-after': '600' } }, { status: 201 });
  await sent();
  expect(await sent()).toHaveLength(1);
  const [row] = await log.database.query<{ wait: number }>(
    'SELECT extract(epoch FROM due_at - now())::int AS wait FROM push_outbox',
  );
  expect(row?.wait).toBeGreaterThan(500);
  await makeDue();
  expect(await sent()).toHaveLength(2);
  expect(await waiting()).toBe(0);
});

it.each([404, 410])('forgets a subscription that the push service answers with %p', async (status) => {
  await subscribe(ada);
  await asksApproval();
  peer.answers.push({ status });
  await sent();
  expect((await devices(ada)).items).toEqual([]);
  expect(await waiting()).toBe(0);
});

it('does not send a refused push again, and follows no redirect', async () => {
  await subscribe(ada);
  await asksApproval();
  peer.answers.push({ status: 307, headers: { location: `${peer.origin}/elsewhere` } });
  await sent();
  await makeDue();
  expect(await sent()).toHaveLength(1);
  expect((await devices(ada)).items).toHaveLength(1);
});

it('says nothing of what was done, was read, or is of a room that its person has left', async () => {
  await subscribe(ada);
  await asksApproval();
  await log.runner.drain();
  expect(await waiting()).toBe(1);
  await log.database.query('DELETE FROM room_members WHERE user_id = $1', [ada.id]);
  expect(await sent()).toEqual([]);
  expect(await waiting()).toBe(0);
});

it('sends a test to the one device that asked', async () => {
  const { id } = await subscribe(ada);
  await expect(bus.command(bob, 'push.test', { subscription_id: id })).rejects.toMatchObject({
    reason: 'push.not_found',
  });
  await bus.command(ada, 'push.test', { subscription_id: id });
  expect(await sent()).toEqual([
    expect.objectContaining({ kind: 'test', body: 'Pushes reach this device.' }),
  ]);
});

it('belongs to its person: nobody else sees, changes or removes it, and an agent has none', async () => {
  const { id } = await subscribe(ada);
  expect((await devices(bob)).items).toEqual([]);
  for (const [name, more] of [
    ['push.update', { kinds: [] }],
    ['push.unsubscribe', {}],
  ] as const)
    await expect(bus.command(bob, name, { subscription_id: id, ...more })).rejects.toMatchObject({
      reason: 'push.not_found',
    });
  const agent = await log.work.run((tx) => anAgent(tx, bob, { name: `molt-${newId().slice(-8)}` }));
  await expect(subscribe(agent)).rejects.toMatchObject({ reason: 'push.people_only' });
  await bus.command(ada, 'push.unsubscribe', { subscription_id: id });
  expect((await devices(ada)).items).toEqual([]);
});

it('follows the browser to who signed in there last, and to nobody with other keys', async () => {
  const endpoint = `${peer.origin}/push/shared`;
  await subscribe(ada, { endpoint });
  await asksApproval();
  await log.runner.drain();
  await subscribe(bob, { endpoint });
  expect(await sent()).toEqual([]);
  expect((await devices(ada)).items).toEqual([]);
  expect((await devices(bob)).items).toHaveLength(1);
  const stranger = aBrowser();
  await expect(
    subscribe(ada, { endpoint, p256dh: stranger.p256dh, auth: stranger.auth }),
  ).rejects.toMatchObject({ reason: 'push.taken' });
});

it('refuses keys that are none, and lists no key of the browser nor the private one', async () => {
  await expect(subscribe(ada, { p256dh: 'AAAA' })).rejects.toMatchObject({ reason: 'push.bad_keys' });
  await expect(subscribe(ada, { endpoint: 'http://example.org/x' })).rejects.toMatchObject({
    reason: 'push.bad_endpoint',
  });
  await subscribe(ada);
  const told = JSON.stringify(await devices(ada));
  const [keys] = await log.database.query<{ private_key: string }>('SELECT private_key FROM push_keys');
  for (const secret of [browser.p256dh, browser.auth, keys?.private_key ?? '', `/push/${ada.id}`])
    expect(told).not.toContain(secret);
});

it('never connects to a name that leads inside', async () => {
  const courier = new PushCourier(Object.assign(new PushConfig(), { caFile: peer.caFile }));
  const { p256dh, auth } = browser;
  const push = {
    id: newId(),
    cause: newId(),
    tries: 1,
    subscription_id: newId(),
    kind: 'test',
    title: '',
    body: '',
    path: '/',
    p256dh,
    auth,
  } as const;
  const [keys] = await log.database.query<{ publicKey: string; privateKey: string }>(
    'SELECT public_key AS "publicKey", private_key AS "privateKey" FROM push_keys',
  );
  if (!keys) throw new Error('no keys');
  // A name with a dot that the resolver leads to loopback, wherever this runs.
  const { port } = new URL(peer.origin);
  for (const host of ['localhost', '127.0.0.1', '127.0.0.1.'])
    await courier.send({ ...push, endpoint: `https://${host}:${port}/` }, keys);
  expect(peer.received).toEqual([]);
});
