import type { TaskView } from '@clawtank/contracts';
import { keyOfClaim } from '@clawtank/rooms';
import { startTasks, type TasksKit, type TasksRoom } from '../testing/tasks-room.js';
import { markPushed } from './claims.js';
import { TaskClaimClock } from './task-claim-clock.js';
import { TaskJobs } from './task-jobs.js';

let kit: TasksKit;
let here: TasksRoom;
let task: TaskView;
beforeAll(async () => {
  kit = await startTasks();
});
afterAll(() => kit.close());
beforeEach(async () => {
  here = await kit.makeRoom({ settings: { claim_lease_seconds: 600 } });
  task = await kit.create(here.member, here.room);
  await kit.run(here.pincer, 'task.claim', { task_id: task.id });
});

const ref = (): { task_id: string; fence: number } => ({ task_id: task.id, fence: 1 });
const clock = (): TaskClaimClock => kit.bus.get(TaskClaimClock);
/** Seconds that are left; null while the clock stands still. */
const left = async (): Promise<number | null> => {
  const { lease_expires_at: end } = await kit.task(here.member, task.id);
  return end === null ? null : (Date.parse(end) - Date.now()) / 1_000;
};
const wind = (seconds: number): Promise<unknown> =>
  kit.log.database.query(
    `UPDATE task_claims SET lease_expires_at = now() + make_interval(secs => $2)
     WHERE task_id = $1 AND lease_expires_at IS NOT NULL`,
    [task.id, seconds],
  );
const renew = async (agentId: string, fence: number): Promise<Date | null> => {
  const claim = { agentId, taskId: task.id, fence };
  const leases = await kit.log.work.run((tx) => clock().renewAll(tx, [claim]));
  return leases.get(keyOfClaim(claim)) ?? null;
};
const expire = (): Promise<void> => kit.bus.get(TaskJobs).expireLeases();

describe("a claim's clock", () => {
  it('runs for as long as the room says', async () => {
    expect(await left()).toBeGreaterThan(590);
    expect(await left()).toBeLessThanOrEqual(600);
  });

  it('is renewed by the heartbeat that names task and fence, and by no other', async () => {
    await wind(5);
    expect(await renew(here.clawdia.id, 1)).toBeNull();
    expect(await renew(here.pincer.id, 2)).toBeNull();
    expect(await left()).toBeLessThan(6);
    const end = await renew(here.pincer.id, 1);
    expect(await left()).toBeGreaterThan(590);
    expect(end?.toISOString()).toBe((await kit.task(here.member, task.id)).lease_expires_at);
  });

  it('is renewed for many claims at once, each by its own fence', async () => {
    const other = await kit.create(here.member, here.room);
    await kit.run(here.clawdia, 'task.claim', { task_id: other.id });
    await wind(5);
    const claims = [
      { agentId: here.pincer.id, taskId: task.id, fence: 1 },
      { agentId: here.pincer.id, taskId: task.id, fence: 1 },
      { agentId: here.clawdia.id, taskId: other.id, fence: 2 },
      { agentId: here.pincer.id, taskId: other.id, fence: 1 },
    ];
    const leases = await kit.log.work.run((tx) => clock().renewAll(tx, claims));
    expect([...leases.keys()]).toEqual([keyOfClaim(claims[0] as (typeof claims)[0])]);
    expect(await left()).toBeGreaterThan(590);
  });

  it('is told as it stands, without waiting, while somebody else changes the claim', async () => {
    await wind(5);
    await kit.log.database.transaction(async (tx) => {
      await tx.query('SELECT 1 FROM task_claims WHERE task_id = $1 FOR UPDATE', [task.id]);
      expect((await renew(here.pincer.id, 1))?.toISOString()).toBe(
        (await kit.task(here.member, task.id)).lease_expires_at,
      );
    });
    expect(await left()).toBeLessThan(6);
  });

  it('is renewed by every step and every push of its holder', async () => {
    await wind(5);
    await kit.run(here.pincer, 'task.start', ref());
    expect(await left()).toBeGreaterThan(590);
    await wind(5);
    await kit.run(here.pincer, 'task.progress', { ...ref(), progress: 0.5, note: 'half' });
    expect(await left()).toBeGreaterThan(590);
    await wind(5);
    await kit.inRoom(here.room, (tx) => markPushed(tx, task.id, 1));
    expect(await left()).toBeGreaterThan(590);
  });

  it('stands still in review and while blocked, and is not started by a heartbeat', async () => {
    await kit.run(here.pincer, 'task.start', ref());
    await kit.run(here.member, 'task.block', { task_id: task.id, reason: 'x' });
    expect(await left()).toBeNull();
    await kit.run(here.member, 'task.unblock', { task_id: task.id });
    expect(await left()).toBeGreaterThan(590);
    await kit.run(here.pincer, 'task.submit', ref());
    expect(await left()).toBeNull();
    expect(await renew(here.pincer.id, 1)).toBeNull();
    await expire();
    expect(await kit.task(here.member, task.id)).toMatchObject({ status: 'review' });
  });

  it('stands still while people are asked', async () => {
    await kit.inRoom(here.room, (tx) => clock().hold(tx, task.id, 'a question'));
    expect(await left()).toBeNull();
    await kit.run(here.pincer, 'task.start', ref());
    expect(await left()).toBeNull();
    await kit.inRoom(here.room, (tx) => clock().release(tx, task.id));
    expect(await left()).toBeGreaterThan(590);
    await wind(5);
    await kit.inRoom(here.room, (tx) => clock().release(tx, task.id));
    expect(await left()).toBeLessThan(6);
  });

  it('stays still when the question is answered during review', async () => {
    await kit.run(here.pincer, 'task.start', ref());
    await kit.inRoom(here.room, (tx) => clock().hold(tx, task.id, 'a question'));
    await kit.run(here.pincer, 'task.submit', ref());
    await kit.inRoom(here.room, (tx) => clock().release(tx, task.id));
    expect(await left()).toBeNull();
  });

  it('takes the claim back once, however many nodes look at it', async () => {
    await wind(-1);
    await Promise.all([expire(), expire(), expire(), expire()]);
    expect(await kit.task(here.member, task.id)).toMatchObject({
      status: 'open',
      assignee: null,
      lease_expires_at: null,
    });
    const expired = (await kit.roomEvents(here.room, 'task.update')).filter(
      ({ change }) => change === 'expired',
    );
    expect(expired).toHaveLength(1);
    await expect(kit.run(here.pincer, 'task.progress', ref())).rejects.toMatchObject({ code: 'STALE_CLAIM' });
  });

  it('takes nothing back that was renewed in time', async () => {
    await wind(-1);
    await renew(here.pincer.id, 1);
    await expire();
    expect(await kit.task(here.member, task.id)).toMatchObject({ status: 'claimed' });
  });
});
