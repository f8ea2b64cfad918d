import type { AgentWhyView, QueuedTaskView, TaskStrategy, TaskWhyView } from '@clawtank/contracts';
import type { Caller } from '@clawtank/commands';
import { SYSTEM_ACTOR } from '@clawtank/events';
import { startTasks, type TasksKit, type TasksRoom } from '../testing/tasks-room.js';
import { TaskJobs } from './task-jobs.js';

let kit: TasksKit;
beforeAll(async () => {
  kit = await startTasks();
});
afterAll(() => kit.close());

const roomWith = (task_strategy: TaskStrategy) =>
  kit.makeRoom({ settings: { task_strategy, claim_step_seconds: 60 } }, { maxConcurrentTasks: 3 });
const claim = (agent: Caller, taskId: string) => kit.run(agent, 'task.claim', { task_id: taskId });
const asked = async (caller: Caller): Promise<string[]> => {
  await kit.settle();
  return (await kit.ownEvents(caller, 'task.offer')).map(({ key }) => key);
};
/** As if the task had been open for that much longer. */
const passes = async (taskId: string, seconds: number): Promise<void> => {
  await kit.log.database.query(
    `UPDATE tasks SET open_since = open_since - make_interval(secs => $2),
       offers_due_at = offers_due_at - make_interval(secs => $2) WHERE id = $1`,
    [taskId, seconds],
  );
};
const why = (caller: Caller, taskId: string) =>
  kit.bus.query<TaskWhyView>(caller, 'tasks.why', { task_id: taskId });
const whyAgent = ({ room, host }: TasksRoom, agent: Caller) =>
  kit.bus.query<AgentWhyView>(host, 'room_agents.why', { room_id: room.id, agent_id: agent.id });

describe('a room in which the host assigns', () => {
  it('refuses claims of others, asks nobody, and lets only the host assign', async () => {
    const here = await roomWith('host_assigns');
    const task = await kit.create(here.member, here.room);
    for (const caller of [here.pincer, here.member])
      await expect(claim(caller, task.id)).rejects.toMatchObject({
        code: 'FORBIDDEN',
        reason: 'task.host_assigns',
      });
    expect(await asked(here.pincer)).toEqual([]);
    const assign = { task_id: task.id, assignee_id: here.pincer.id };
    await expect(kit.run(here.member, 'task.assign', assign)).rejects.toMatchObject({
      reason: 'task.host_only_assigns',
    });
    expect(await why(here.member, task.id)).toMatchObject({
      answer: 'The host assigns tasks in this room.',
      hindrances: [{ code: 'host_assigns' }],
    });
    await kit.run(here.host, 'task.assign', assign);
    expect(await claim(here.pincer, task.id)).toMatchObject({ fence: 1 });
  });
});

it('weighs nobody for a task that is over', async () => {
  const here = await kit.makeRoom();
  const task = await kit.create(here.member, here.room);
  expect((await why(here.member, task.id)).agents).not.toEqual([]);
  await kit.run(here.member, 'task.cancel', { task_id: task.id });
  expect(await why(here.member, task.id)).toMatchObject({ answer: 'It is cancelled.', agents: [] });
});

describe('a room that goes round', () => {
  it('gives the turn to whoever waited longest, for a step', async () => {
    const here = await roomWith('round_robin');
    const first = await kit.create(here.member, here.room);
    await claim(here.clawdia, first.id);
    const second = await kit.create(here.member, here.room);
    expect(await asked(here.clawdia)).not.toContain('T-2');
    const refused = await claim(here.clawdia, second.id).catch((error: unknown) => error);
    expect(refused).toMatchObject({
      code: 'CONFLICT',
      reason: 'task.not_your_turn',
      details: { strategy: 'round_robin', ahead: [here.pincer.name] },
    });
    await passes(second.id, 60);
    expect(await claim(here.clawdia, second.id)).toMatchObject({ fence: 1 });
    const third = await kit.create(here.member, here.room);
    expect(await claim(here.pincer, third.id)).toMatchObject({ fence: 1 });
  });

  it('passes the turn on when it is declined', async () => {
    const here = await roomWith('round_robin');
    const first = await kit.create(here.member, here.room);
    await claim(here.clawdia, first.id);
    const second = await kit.create(here.member, here.room);
    await kit.run(here.pincer, 'task.decline', { task_id: second.id, reason: 'no browser' });
    expect(await kit.roomEvents(here.room, 'task.declined')).toMatchObject([
      { key: 'T-2', agent_id: here.pincer.id, reason: 'no browser' },
    ]);
    expect(await asked(here.clawdia)).toContain('T-2');
    expect(await claim(here.clawdia, second.id)).toMatchObject({ fence: 1 });
  });
});

describe('a room that prefers reputation', () => {
  it('gives those with more XP a head start, and people none to mind', async () => {
    const here = await roomWith('reputation_priority');
    const subject = { kind: 'agent' as const, id: here.clawdia.id, name: here.clawdia.name };
    await kit.inRoom(here.room, (tx) => {
      const entry = { entry_id: here.room.id, amount: 50, reason: 'merge', task_id: null, level: 1 };
      tx.appendToRoom(here.room.id, {
        type: 'reputation.xp',
        actor: SYSTEM_ACTOR,
        data: { ...entry, subject, total: 50 },
      });
      return Promise.resolve();
    });
    await kit.settle();
    const [first, second] = [
      await kit.create(here.member, here.room),
      await kit.create(here.member, here.room),
    ];
    await expect(claim(here.pincer, first.id)).rejects.toMatchObject({
      reason: 'task.not_your_turn',
      details: { ahead: [here.clawdia.name] },
    });
    expect(await claim(here.member, first.id)).toMatchObject({ fence: 1 });
    expect(await claim(here.clawdia, second.id)).toMatchObject({ fence: 1 });
  });
});

describe('offers', () => {
  it('widen by a step when nobody takes the task, at the deadline and not before', async () => {
    const here = await roomWith('first_claim');
    const others = [];
    for (let n = 0; n < 3; n += 1) others.push(await kit.anAgentIn(here.room, here.member));
    const all = [here.clawdia, here.pincer, ...others];
    const task = await kit.create(here.member, here.room);
    const count = async () => (await Promise.all(all.map(asked))).flat().length;
    expect(await count()).toBe(3);
    await kit.bus.get(TaskJobs).widenOffers();
    expect(await count()).toBe(3);
    expect((await why(here.member, task.id)).answer).toMatch(
      /were asked \d+ s ago .*; more are asked in \d+ s\.$/,
    );
    await passes(task.id, 60);
    await kit.bus.get(TaskJobs).widenOffers();
    expect(await count()).toBe(5);
  });

  it('wait while the paths are held, and say for whom', async () => {
    const here = await roomWith('first_claim');
    const first = await kit.create(here.member, here.room, { paths: ['src/auth/**'] });
    await claim(here.clawdia, first.id);
    const second = await kit.create(here.member, here.room, { paths: ['src/auth/login.ts'] });
    expect(await asked(here.pincer)).not.toContain('T-2');
    expect((await why(here.member, second.id)).answer).toBe('It waits for T-1 on src/auth/**.');
    await kit.run(here.clawdia, 'task.release', { task_id: first.id, fence: 1 });
    expect(await asked(here.pincer)).toContain('T-2');
  });
});

describe('the score', () => {
  it('counts what became of earlier work, and says so', async () => {
    const here = await roomWith('first_claim');
    const wanted = { languages: ['TypeScript'] };
    const gaveUp = await kit.create(here.member, here.room, wanted);
    await claim(here.pincer, gaveUp.id);
    await kit.run(here.pincer, 'task.release', { task_id: gaveUp.id, fence: 1 });
    const { agents } = await why(here.member, gaveUp.id);
    expect(agents.map(({ agent }) => agent.id)).toEqual([here.clawdia.id, here.pincer.id]);
    expect(agents[1]?.reasons).toEqual(
      expect.arrayContaining(['completed 0 of 1 in typescript', 'had it before and did not finish']),
    );
  });
});

describe('why', () => {
  it('answers for an agent from the same data', async () => {
    const here = await roomWith('first_claim');
    await kit.create(here.member, here.room, { priority: 'low' });
    await kit.create(here.member, here.room, { priority: 'urgent' });
    await kit.settle();
    const view = await whyAgent(here, here.pincer);
    expect(view).toMatchObject({ present: true, hindrances: [], strategy: 'first_claim' });
    expect(view.tasks.map(({ key, rank }) => [key, rank])).toEqual([
      ['T-2', 1],
      ['T-1', 2],
    ]);
    expect(view.answer).toBe(`${here.pincer.name} was asked about T-2, T-1 and did not claim so far.`);
    const idle = await kit.anAgentIn(here.room, here.member, { paused: true });
    expect(await whyAgent(here, idle)).toMatchObject({ answer: 'It is paused.' });
    await expect(whyAgent(here, here.stranger)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is for members', async () => {
    const here = await roomWith('first_claim');
    const task = await kit.create(here.member, here.room);
    await expect(why(here.stranger, task.id)).rejects.toMatchObject({ reason: 'task.not_found' });
  });

  it('tells who has it and what it waits for', async () => {
    const here = await roomWith('first_claim');
    const first = await kit.create(here.member, here.room);
    const second = await kit.create(here.member, here.room, { depends_on: [first.id] });
    await claim(here.pincer, first.id);
    expect((await why(here.host, first.id)).answer).toBe(`${here.pincer.name} has it.`);
    expect((await why(here.host, second.id)).answer).toBe('It waits for T-1.');
  });

  it('tells which paths a claim in line waits for, for the task and for the agent', async () => {
    const here = await kit.makeRoom({ settings: { lease_policy: 'queue' } });
    const first = await kit.create(here.member, here.room, { paths: ['src/auth/**'] });
    const second = await kit.create(here.member, here.room, { paths: ['src/auth/login.ts'] });
    await claim(here.pincer, first.id);
    await claim(here.clawdia, second.id);
    const waits = `waits for T-1 (${here.pincer.name}) on src/auth/**.`;
    const { hindrances, answer } = await why(here.host, second.id);
    expect(answer).toContain(`It ${waits}`);
    expect(hindrances).toContainEqual({ code: 'blocked', text: `It ${waits}`, until: null });
    expect((await whyAgent(here, here.clawdia)).answer).toContain(`T-2 ${waits}`);
    expect((await whyAgent(here, here.pincer)).answer).not.toContain('waits');
  });

  it('shows the queue', async () => {
    const here = await roomWith('first_claim');
    const first = await kit.create(here.member, here.room);
    await kit.create(here.member, here.room, { depends_on: [first.id] });
    const queue = await kit.bus.query<{ items: QueuedTaskView[] }>(here.host, 'tasks.queue', {
      room_id: here.room.id,
    });
    expect(queue.items).toMatchObject([
      { key: 'T-1', rank: 1, reasons: ['priority normal', 'open for 0 s', '1 waiting for it'] },
    ]);
  });
});

describe('a task that nobody takes', () => {
  it('says so once, a step after the last agents were asked, and again only after it was free anew', async () => {
    const here = await roomWith('first_claim');
    const task = await kit.create(here.member, here.room);
    const told = async () => {
      await kit.bus.get(TaskJobs).widenOffers();
      await kit.settle();
      const updates = await kit.roomEvents(here.room, 'task.update');
      return updates.filter(({ change }) => change === 'unclaimed').map(({ key }) => key);
    };
    const longer = async (seconds: number) => {
      await passes(task.id, seconds);
      await kit.log.database.query(
        `UPDATE tasks SET unclaimed_due_at = unclaimed_due_at - make_interval(secs => $2) WHERE id = $1`,
        [task.id, seconds],
      );
    };
    await kit.settle();
    await longer(170);
    expect(await told()).toEqual([]);
    await longer(11);
    expect(await told()).toEqual([task.key]);
    await longer(600);
    await kit.create(here.member, here.room);
    expect(await told()).toEqual([task.key]);
    const { fence } = await claim(here.pincer, task.id);
    await kit.run(here.pincer, 'task.release', { task_id: task.id, fence });
    await kit.settle();
    await longer(181);
    expect(await told()).toEqual([task.key, task.key]);
  });

  it('is not one where the host assigns', async () => {
    const here = await roomWith('host_assigns');
    const task = await kit.create(here.member, here.room);
    await kit.settle();
    const rows = await kit.log.database.query<{ unclaimed_due_at: Date | null }>(
      'SELECT unclaimed_due_at FROM tasks WHERE id = $1',
      [task.id],
    );
    expect(rows[0]?.unclaimed_due_at).toBeNull();
  });
});
