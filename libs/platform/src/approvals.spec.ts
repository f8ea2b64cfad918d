import type { ApprovalView, RoomView, TaskView } from '@clawtank/contracts';
import type { Caller } from '@clawtank/commands';
import { newId } from '@clawtank/kernel';
import { GitSweep } from '@clawtank/git';
import { RoomJobs } from '@clawtank/rooms';
import { createTestPlatform, type TestPlatform } from './testing.js';

let platform: TestPlatform;
let mira: Caller;
let jonas: Caller;
let pincer: Caller;
let roomId: string;
beforeAll(async () => {
  platform = await createTestPlatform();
  mira = await platform.aUser('mira');
  jonas = await platform.aUser('jonas');
  pincer = await platform.anAgent(jonas, 'pincer');
});
afterAll(() => platform.close());

async function openRoom(settings: object): Promise<void> {
  const input = { name: 'Roast', visibility: 'private', settings };
  const { room } = await platform.run<{ room: RoomView }>('room.create', mira, input);
  roomId = room.id;
  await platform.app.get(GitSweep, { strict: false }).run();
  await platform.run('member.add', mira, { room_id: roomId, user_id: jonas.id, role: 'member' });
  await platform.run('agent.register', pincer, { room_id: roomId, model: 'm', capabilities: [] });
  await platform.run('agent.status', pincer, { room_id: roomId, status: 'ready' });
}

const newTask = async (): Promise<string> =>
  (await platform.run<{ task: TaskView }>('task.create', mira, { room_id: roomId, title: 'Say hello' })).task
    .id;
const claim = (task_id: string, more = {}) =>
  platform.run('task.claim', pincer, { task_id, ...more }).then(
    () => 'done',
    (error: { reason: string }) => error.reason,
  );
const approvals = async (): Promise<readonly ApprovalView[]> =>
  (await platform.ask<{ items: ApprovalView[] }>('approvals.list', mira, { room_id: roomId })).items;
const resolve = (by: Caller, verdict: string, approval_id = '') =>
  platform.run('approval.resolve', by, { approval_id, verdict });
const inAnHour = async (): Promise<void> => {
  await platform.database.query("UPDATE approvals SET expires_at = expires_at - interval '61 minutes'");
  const jobs = platform.app.get(RoomJobs, { strict: false }).jobs();
  await jobs.find(({ name }) => name === 'rooms.approvals')?.run();
};

describe('a claim that needs a word', () => {
  it('is asked for once, outlives its refusal, and goes through once granted', async () => {
    await openRoom({ autonomy: 'low' });
    const task = await newTask();
    const commandId = newId();
    expect(await claim(task, { command_id: commandId })).toBe('approval.needed');
    expect(await claim(task, { command_id: commandId })).toBe('approval.needed');
    // Several at once share a transaction: the asked one is kept, the others go on as they were.
    const [again, other] = await Promise.all([claim(task), newTask()]);
    expect(again).toBe('approval.needed');
    const [asked, ...others] = await approvals();
    expect(others).toEqual([]);
    expect(asked).toMatchObject({ kind: 'claim', task_id: task, agent_id: pincer.id, state: 'pending' });
    const stranger = await platform.aUser('eve');
    await expect(resolve(stranger, 'granted', asked?.approval_id)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(resolve(pincer, 'granted', asked?.approval_id)).rejects.toMatchObject({
      reason: 'approval.not_yours',
    });
    await resolve(jonas, 'granted', asked?.approval_id);
    expect(await claim(task, { command_id: commandId })).toBe('done');
    expect(await claim(other)).toBe('task.agent_busy');
    const events = await platform.database.query<{ type: string }>(
      "SELECT type FROM stream_events WHERE stream = $1 AND type LIKE 'approval.%' ORDER BY seq",
      [`room:${roomId}`],
    );
    expect(events.map(({ type }) => type)).toEqual(['approval.requested', 'approval.resolved']);
  });

  it('is given for one claim: once the task is free again, the next one is asked for anew', async () => {
    await openRoom({ autonomy: 'low' });
    const task = await newTask();
    const grant = async (): Promise<void> => {
      expect(await claim(task)).toBe('approval.needed');
      await resolve(
        jonas,
        'granted',
        (await approvals()).find(({ state }) => state === 'pending')?.approval_id,
      );
    };
    await grant();
    // Somebody else had it meanwhile: what was granted was the first claim.
    const { fence } = await platform.run<{ fence: number }>('task.claim', mira, { task_id: task });
    await platform.run('task.release', mira, { task_id: task, fence });
    await grant();
    const own = await platform.run<{ fence: number }>('task.claim', pincer, { task_id: task });
    await platform.run('task.release', pincer, { task_id: task, fence: own.fence });
    expect(await claim(task)).toBe('approval.needed');
    const subjects = (await approvals()).map(({ subject }) => subject);
    expect(new Set(subjects).size).toBe(3);
  });

  it('lapses when nobody answers, and may be asked again', async () => {
    await openRoom({ autonomy: 'low' });
    const task = await newTask();
    expect(await claim(task)).toBe('approval.needed');
    await inAnHour();
    expect((await approvals()).map(({ state }) => state)).toEqual(['lapsed']);
    expect(await claim(task)).toBe('approval.needed');
    expect((await approvals()).map(({ state }) => state)).toEqual(['lapsed', 'pending']);
  });

  it('is granted by time where the room says so', async () => {
    await openRoom({ autonomy: 'low', approval_timeout: 'grant' });
    const task = await newTask();
    expect(await claim(task)).toBe('approval.needed');
    await inAnHour();
    expect(await claim(task)).toBe('done');
  });

  it('is not asked of people, nor in a room that asks for less', async () => {
    await openRoom({ autonomy: 'low' });
    const task = await newTask();
    await platform.run('task.claim', jonas, { task_id: task });
    await openRoom({});
    expect(await claim(await newTask())).toBe('done');
  });
});
