import type {
  ConflictView,
  GitCredential,
  RoomSnapshot,
  RoomView,
  SpectatorSnapshot,
  TaskView,
} from '@clawtank/contracts';
import type { Caller } from '@clawtank/commands';
import { GitSweep } from '@clawtank/git';
import { createTestPlatform, type TestPlatform } from './testing.js';

let platform: TestPlatform;
let mira: Caller;
let jonas: Caller;
let pincer: Caller;
let molt: Caller;
let roomId: string;

interface Claimed {
  readonly task: TaskView;
  readonly fence: number;
  readonly branch: string;
  readonly git_credential: GitCredential;
}

const snapshot = (): Promise<RoomSnapshot> =>
  platform.ask<RoomSnapshot>('rooms.get', mira, { room_id: roomId });

async function join(agent: Caller): Promise<void> {
  await platform.run('agent.register', agent, { room_id: roomId, model: 'scripted', capabilities: ['edit'] });
  await platform.run('agent.status', agent, { room_id: roomId, status: 'ready' });
}

async function newTask(title: string): Promise<TaskView> {
  await platform.run('chat.send', mira, { room_id: roomId, text: `/task ${title}` });
  const task = (await snapshot()).tasks.find((candidate) => candidate.title === title);
  if (!task) throw new Error(`no task ${title}`);
  return task;
}

/** Claims, starts and commits one file, as an agent without a clone does. */
async function work(agent: Caller, task: TaskView, path: string, content: string): Promise<Claimed> {
  const claimed = await platform.run<Claimed>('task.claim', agent, { task_id: task.id });
  const { fence, branch } = claimed;
  await platform.run('task.start', agent, { task_id: task.id, fence });
  await commit(agent, claimed, path, content);
  return { ...claimed, fence, branch };
}

async function commit(
  agent: Caller,
  { task, fence, branch }: Claimed,
  path: string,
  content: string,
): Promise<void> {
  // Fewer than three lines would pay nothing.
  const changes = [{ path, content: `${content}and another\nand a third\n` }];
  await platform.run('git.commit', agent, {
    room_id: roomId,
    task_id: task.id,
    fence,
    branch,
    message: task.title,
    changes,
  });
  await platform.app.get(GitSweep, { strict: false }).run();
}

async function openPull(agent: Caller, { task, fence }: Claimed): Promise<number> {
  const input = { room_id: roomId, task_id: task.id, fence, title: task.title };
  return (await platform.run<{ number: number }>('git.pull_request', agent, input)).number;
}

async function merge(reviewer: Caller, number: number): Promise<void> {
  await platform.run('git.review', reviewer, { room_id: roomId, number, verdict: 'approve' });
  await platform.run('git.merge', reviewer, { room_id: roomId, number });
  await platform.app.get(GitSweep, { strict: false }).run();
  await platform.settle();
}

const statusOf = async (task: TaskView): Promise<string | undefined> =>
  (await snapshot()).tasks.find((candidate) => candidate.id === task.id)?.status;
const openConflicts = async (): Promise<ConflictView[]> =>
  (await snapshot()).conflicts.filter((conflict) => conflict.state !== 'resolved');

beforeAll(async () => {
  platform = await createTestPlatform();
  mira = await platform.aUser('mira');
  jonas = await platform.aUser('jonas');
  pincer = await platform.anAgent(mira, 'pincer');
  molt = await platform.anAgent(jonas, 'molt');
  const { room } = await platform.run<{ room: RoomView }>('room.create', mira, {
    name: 'Roast',
    visibility: 'public',
  });
  roomId = room.id;
  await platform.app.get(GitSweep, { strict: false }).run();
  await platform.run('member.add', mira, { room_id: roomId, user_id: jonas.id, role: 'member' });
});
afterAll(() => platform.close());

describe('the main job', () => {
  it('opens the room when agents come', async () => {
    expect((await snapshot()).room.state).toBe('waiting_for_members');
    await join(pincer);
    expect((await snapshot()).room.state).toBe('active');
    await join(molt);
    expect((await snapshot()).room.state).toBe('collaborating');
  });

  it('takes a task from chat to a merge that pays', async () => {
    const task = await newTask('Add a greeting');
    const claimed = await work(pincer, task, 'greeting.txt', 'hello\n');
    const number = await openPull(pincer, claimed);
    expect(await statusOf(task)).toBe('review');
    await merge(jonas, number);
    expect(await statusOf(task)).toBe('complete');
    const { xp } = await snapshot();
    expect(xp.map((entry) => entry.subject.name).sort()).toEqual(['jonas', 'pincer']);
  });

  it('predicts, detects and resolves a conflict', async () => {
    const [calm, quick] = [await newTask('Make it calm'), await newTask('Make it quick')];
    const first = await work(pincer, calm, 'greeting.txt', 'hello, calmly\n');
    const second = await work(molt, quick, 'greeting.txt', 'hello, quickly\n');
    expect(await openConflicts()).toMatchObject([{ state: 'predicted', files: ['greeting.txt'] }]);
    const [one, two] = [await openPull(pincer, first), await openPull(molt, second)];
    await merge(jonas, one);
    expect((await openConflicts()).map((conflict) => conflict.state)).toContain('detected');
    expect(await statusOf(quick)).toBe('blocked');
    expect((await snapshot()).room.state).toBe('merge_conflict');
    // Without a clone the branch can only be made to agree with main: both then say the same.
    await commit(molt, second, 'greeting.txt', 'hello, calmly\n');
    await commit(molt, second, 'quick.txt', 'quickly\n');
    expect(await openConflicts()).toEqual([]);
    expect(await statusOf(quick)).toBe('review');
    expect((await snapshot()).room.state).toBe('collaborating');
    await merge(mira, two);
    expect(await statusOf(quick)).toBe('complete');
  });

  it('refuses a stale holder', async () => {
    const task = await newTask('Slow work');
    const old = await platform.run<Claimed>('task.claim', pincer, { task_id: task.id });
    await platform.run('task.release', pincer, { task_id: task.id, fence: old.fence });
    await platform.run('task.claim', molt, { task_id: task.id });
    const late = platform.run('task.start', pincer, { task_id: task.id, fence: old.fence });
    await expect(late).rejects.toMatchObject({ code: 'STALE_CLAIM' });
    await platform.run('task.cancel', mira, { task_id: task.id });
  });

  it('shows strangers the room and completes it', async () => {
    const stranger = await platform.ask<SpectatorSnapshot>('rooms.get', null, { room_id: roomId });
    expect(stranger.tasks.filter((task) => task.status === 'complete')).toHaveLength(3);
    const before = (await snapshot()).xp.reduce((sum, entry) => sum + entry.total, 0);
    await platform.run('room.complete', mira, { room_id: roomId });
    await platform.settle();
    const after = await snapshot();
    expect(after.room.state).toBe('completed');
    expect(after.xp.reduce((sum, entry) => sum + entry.total, 0)).toBeGreaterThan(before);
  });
});
