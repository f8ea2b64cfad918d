import { Failure } from '@clawtank/kernel';
import { createTestDatabase, type TestDatabase } from '@clawtank/database/testing';
import { authMigrations } from '@clawtank/auth';
import { logMigrations } from '@clawtank/events';
import { roomsMigrations } from '@clawtank/rooms';
import { gitMigration } from '../persistence/migrations.js';
import { keepDeliveries, webhookInboxMigration, webhookWorkMigration } from '../persistence/webhook-inbox.js';
import {
  forgetOldBodies,
  settleDelivery,
  takeDeliveries,
  type TakenDelivery,
} from '../persistence/webhook-work.js';
import { DeliveryQueue, type Handle, Unreadable } from './delivery-queue.js';

let test: TestDatabase;
let queue: DeliveryQueue;
beforeAll(async () => {
  test = await createTestDatabase([
    ...logMigrations,
    ...authMigrations,
    ...roomsMigrations,
    gitMigration,
    webhookInboxMigration,
    webhookWorkMigration,
  ]);
  queue = new DeliveryQueue(test.database);
});
afterEach(() => test.database.query('TRUNCATE webhook_inbox'));
afterAll(() => test.drop());

const keep = (...ids: readonly string[]): Promise<boolean[]> =>
  keepDeliveries(
    test.database,
    ids.map((deliveryId) => ({
      provider: 'github',
      hookId: null,
      deliveryId,
      event: 'push',
      proof: 'signature',
      body: Buffer.from('{}'),
    })),
  );
const rows = () =>
  test.database.query<Record<string, unknown>>(
    `SELECT delivery_id AS id, attempts, processed_at IS NOT NULL AS done, dead_at IS NOT NULL AS dead, error, outcome
     FROM webhook_inbox ORDER BY delivery_id`,
  );
/** What was put off is due. */
const letTimePass = () => test.database.query('UPDATE webhook_inbox SET next_try_at = now()');
const alone = (delivery: TakenDelivery): Promise<string> => Promise.resolve(delivery.deliveryId);
const together = (): Promise<string> => Promise.resolve('all');
const ok: Handle = () => Promise.resolve('done');

describe('the queue of deliveries', () => {
  it('hands each out once, though several drain it at once', async () => {
    await keep(...Array.from({ length: 120 }, (_, n) => `d-${n}`));
    const seen: string[] = [];
    const handle: Handle = (group) => {
      seen.push(...group.map(({ deliveryId }) => deliveryId));
      return Promise.resolve('done');
    };
    await Promise.all([1, 2, 3].map(() => queue.drain(alone, handle)));
    expect([seen.length, new Set(seen).size]).toEqual([120, 120]);
  });

  it('does once what many ask for', async () => {
    await keep('d-1', 'd-2', 'd-3');
    const groups: number[] = [];
    await queue.drain(together, (group) => Promise.resolve(String(groups.push(group.length))));
    expect(groups).toEqual([3]);
    expect(await rows()).toMatchObject([{ done: true, outcome: '1' }, { done: true }, { done: true }]);
  });

  it('does not do again what was done, however often it is sent', async () => {
    await keep('d-1');
    await queue.drain(alone, ok);
    expect(await keep('d-1', 'd-1')).toEqual([false, false]);
    await letTimePass();
    let calls = 0;
    await queue.drain(alone, () => Promise.resolve(String((calls += 1))));
    expect(calls).toBe(0);
  });

  it('takes up again what was begun by one that died, and only then', async () => {
    await keep('d-1');
    const [begun] = await takeDeliveries(test.database, { limit: 1, seconds: 120 });
    await queue.drain(alone, ok);
    expect(await rows()).toMatchObject([{ attempts: 1, done: false }]);
    await letTimePass();
    await queue.drain(alone, ok);
    expect(await rows()).toMatchObject([{ attempts: 2, done: true, outcome: 'done' }]);
    // Should it have been alive after all, it has no say any more.
    if (begun) await settleDelivery(test.database, begun, 'late');
    expect(await rows()).toMatchObject([{ outcome: 'done' }]);
  });

  it('is not held up by one that always fails, which ends as a dead letter', async () => {
    await keep('d-1', 'poison', 'd-2');
    const handle: Handle = (group) =>
      group.some(({ deliveryId }) => deliveryId === 'poison')
        ? Promise.reject(new Error('this one always fails'))
        : Promise.resolve('done');
    await queue.drain(together, handle);
    expect(await rows()).toMatchObject([
      { id: 'd-1', done: true },
      { id: 'd-2', done: true },
      { id: 'poison', done: false, dead: false, attempts: 1, error: 'this one always fails' },
    ]);
    for (let attempt = 2; attempt <= 7; attempt += 1) {
      await letTimePass();
      await queue.drain(together, handle);
    }
    await keep('d-3');
    await letTimePass();
    await queue.drain(together, handle);
    expect(await rows()).toMatchObject([
      {},
      {},
      { id: 'd-3', done: true },
      { id: 'poison', dead: true, done: false, attempts: 7 },
    ]);
  });

  it('gives up at once what nobody can read', async () => {
    await keep('d-1');
    await queue.drain(() => Promise.reject(new Unreadable('The body is not JSON.')), ok);
    expect(await rows()).toMatchObject([{ dead: true, attempts: 1, error: 'The body is not JSON.' }]);
  });

  it('waits as long as the host asks for, and gives up nothing because the host is away', async () => {
    await keep('d-1');
    const limited = new Failure(
      'UNAVAILABLE',
      'host.limited',
      'until later',
      {},
      { retryAfterMs: 3_600_000 },
    );
    for (let attempt = 1; attempt <= 20; attempt += 1) {
      await letTimePass();
      await queue.drain(alone, () => Promise.reject(limited));
    }
    const [row] = await test.database.query<{ wait: number; dead_at: Date | null }>(
      'SELECT extract(epoch FROM next_try_at - now())::float AS wait, dead_at FROM webhook_inbox',
    );
    expect(row?.dead_at).toBeNull();
    expect(row?.wait).toBeGreaterThan(3_500);
  });

  it('forgets what was said a month ago, not that it was said', async () => {
    await keep('d-1', 'd-2');
    await queue.drain(alone, ok);
    await test.database.query(
      "UPDATE webhook_inbox SET processed_at = now() - interval '31 days' WHERE delivery_id = 'd-1'",
    );
    await forgetOldBodies(test.database);
    expect(
      await test.database.query('SELECT octet_length(body) AS n FROM webhook_inbox ORDER BY delivery_id'),
    ).toEqual([{ n: 0 }, { n: 2 }]);
    expect(await keep('d-1')).toEqual([false]);
  });
});
