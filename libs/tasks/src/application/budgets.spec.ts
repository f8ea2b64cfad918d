import type { AgentWhyView, BudgetSetInput, BudgetView } from '@clawtank/contracts';
import type { Caller } from '@clawtank/commands';
import { Failure } from '@clawtank/kernel';
import { startTasks, type TasksKit, type TasksRoom } from '../testing/tasks-room.js';

let kit: TasksKit;
beforeAll(async () => {
  kit = await startTasks();
});
afterAll(() => kit.close());

const make = () => kit.makeRoom({}, { maxConcurrentTasks: 9 });
const set = (caller: Caller, { room }: TasksRoom, input: Omit<BudgetSetInput, 'room_id'>) =>
  kit.bus.command(caller, 'budget.set', { room_id: room.id, ...input });
const list = async (caller: Caller, { room }: TasksRoom): Promise<readonly BudgetView[]> =>
  (await kit.bus.query<{ items: BudgetView[] }>(caller, 'budgets.list', { room_id: room.id })).items;
const claim = async (caller: Caller, here: TasksRoom) => {
  const task = await kit.create(here.member, here.room);
  return kit.run(caller, 'task.claim', { task_id: task.id });
};
const reasonOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof Failure ? error.reason : String(error)),
  );

it('refuses what is over the budget of a room, says which and until when, and never people', async () => {
  const here = await make();
  await set(here.host, here, { scope: 'room', period: 'day', tasks: 2 });
  await claim(here.clawdia, here);
  await claim(here.pincer, here);
  const refused = claim(here.pincer, here);
  await expect(refused).rejects.toMatchObject({
    code: 'CONFLICT',
    reason: 'budget.spent',
    details: { scope: 'room', measure: 'tasks', limit: 2, used: 2, renews_at: expect.any(String) },
  });
  await expect(reasonOf(claim(here.member, here))).resolves.toBe('done');
  const task = await kit.create(here.member, here.room);
  const assign = kit.run(here.host, 'task.assign', { task_id: task.id, assignee_id: here.pincer.id });
  await expect(reasonOf(assign)).resolves.toBe('budget.spent');
});

it('counts for each owner their own agents, over all of them', async () => {
  const here = await make();
  const second = await kit.anAgentIn(here.room, here.member, { maxConcurrentTasks: 9 });
  await set(here.member, here, { scope: 'own', period: 'total', tasks: 1 });
  await claim(here.pincer, here);
  await expect(reasonOf(claim(second, here))).resolves.toBe('budget.spent');
  await expect(reasonOf(claim(here.clawdia, here))).resolves.toBe('done');
  await set(here.member, here, { scope: 'own', period: 'total' });
  await expect(reasonOf(claim(second, here))).resolves.toBe('done');
  expect(await list(here.host, here)).toEqual([]);
});

it('gives the last of a budget to one of those who race for it', async () => {
  for (let round = 0; round < 5; round += 1) {
    const here = await make();
    const agents = [here.pincer];
    for (let i = 0; i < 3; i += 1)
      agents.push(await kit.anAgentIn(here.room, here.member, { maxConcurrentTasks: 9 }));
    await set(here.member, here, { scope: 'own', period: 'day', tasks: 2 });
    await claim(here.pincer, here);
    const tasks = await Promise.all(agents.map(() => kit.create(here.member, here.room)));
    const outcomes = await Promise.all(
      agents.map((agent, i) => reasonOf(kit.run(agent, 'task.claim', { task_id: tasks[i]?.id ?? '' }))),
    );
    expect(outcomes.sort()).toEqual(['budget.spent', 'budget.spent', 'budget.spent', 'done']);
  }
});

it('counts minutes by the history of claims', async () => {
  const here = await make();
  await set(here.host, here, { scope: 'room', period: 'total', minutes: 30 });
  const { task } = await claim(here.pincer, here);
  await kit.log.database.query(
    `UPDATE task_claims SET claimed_at = claimed_at - interval '31 minutes' WHERE task_id = $1`,
    [task.id],
  );
  await expect(reasonOf(claim(here.clawdia, here))).resolves.toBe('budget.spent');
  expect(await list(here.member, here)).toMatchObject([
    { scope: 'room', used: { tasks: 1, minutes: 31 }, spent: ['minutes'], renews_at: null },
  ]);
});

it('counts what agents report, and marks it as their word', async () => {
  const here = await make();
  await set(here.host, here, { scope: 'room', period: 'day', tokens: 1_000, cost_cents: 90 });
  const { task, fence } = await claim(here.pincer, here);
  const report = (usage: object) => kit.run(here.pincer, 'task.progress', { task_id: task.id, fence, usage });
  await report({ tokens: 600, cost_cents: 10 });
  await report({ tokens: 399 });
  await expect(reasonOf(claim(here.clawdia, here))).resolves.toBe('done');
  await report({ tokens: 1 });
  await expect(reasonOf(claim(here.clawdia, here))).resolves.toBe('budget.spent');
  expect(await list(here.pincer, here)).toMatchObject([
    { used: { tokens: 1_000, cost_cents: 10 }, reported: ['tokens', 'cost_cents'], spent: ['tokens'] },
  ]);
  const told = (await kit.roomEvents(here.room, 'task.update')).flatMap(
    ({ reported_usage }) => reported_usage ?? [],
  );
  expect(told).toEqual([{ tokens: 600, cost_cents: 10 }, { tokens: 399 }, { tokens: 1 }]);
  await expect(reasonOf(report({ tokens: -1 }))).resolves.toBe('input.invalid');
});

it('begins anew with the day', async () => {
  const here = await make();
  await set(here.host, here, { scope: 'room', period: 'day', tasks: 1, tokens: 5 });
  const { task, fence } = await claim(here.pincer, here);
  await kit.run(here.pincer, 'task.progress', { task_id: task.id, fence, usage: { tokens: 5 } });
  await expect(reasonOf(claim(here.clawdia, here))).resolves.toBe('budget.spent');
  await kit.log.database.query(
    `UPDATE task_claims SET claimed_at = claimed_at - interval '1 day' WHERE task_id = $1`,
    [task.id],
  );
  await kit.log.database.query('UPDATE claim_usage SET day = day - 1 WHERE task_id = $1', [task.id]);
  await expect(reasonOf(claim(here.clawdia, here))).resolves.toBe('done');
});

it('asks no agent without a budget about a task, says why, and asks once there is one again', async () => {
  const here = await make();
  await set(here.member, here, { scope: 'own', period: 'day', tasks: 0 });
  const { room } = here;
  const task = await kit.create(here.host, room);
  await kit.settle();
  expect(await kit.ownEvents(here.pincer, 'task.offer')).toEqual([]);
  expect(await kit.ownEvents(here.clawdia, 'task.offer')).toMatchObject([{ key: task.key }]);
  const why = await kit.bus.query<AgentWhyView>(here.host, 'room_agents.why', {
    room_id: room.id,
    agent_id: here.pincer.id,
  });
  expect(why.hindrances).toMatchObject([{ code: 'budget', until: expect.any(String) }]);
  expect(why.answer).toContain("Its owner's budget of 0 tasks a day is spent");
  await set(here.member, here, { scope: 'own', period: 'day', tasks: 3 });
  await kit.settle();
  expect(await kit.ownEvents(here.pincer, 'task.offer')).toMatchObject([{ key: task.key }]);
});

it('looks at a task again when the budget of those who could take it begins anew', async () => {
  const here = await make();
  await set(here.host, here, { scope: 'room', period: 'day', tasks: 0 });
  const task = await kit.create(here.host, here.room);
  await kit.settle();
  const rows = await kit.log.database.query<{ at: Date | null; midnight: Date }>(
    `SELECT offers_due_at AS at, date_trunc('day', now(), 'UTC') + interval '1 day' AS midnight
     FROM tasks WHERE id = $1`,
    [task.id],
  );
  expect(rows[0]?.at).toEqual(rows[0]?.midnight);
});

it('lets the host set the room’s alone, everybody their own, and agents none', async () => {
  const here = await make();
  const some = { period: 'day', tasks: 1 } as const;
  await expect(reasonOf(set(here.member, here, { scope: 'room', ...some }))).resolves.toBe(
    'budget.host_only',
  );
  await expect(reasonOf(set(here.pincer, here, { scope: 'own', ...some }))).resolves.toBe('task.people_only');
  await expect(reasonOf(set(here.stranger, here, { scope: 'own', ...some }))).resolves.toMatch(/^room\./);
  await set(here.host, here, { scope: 'room', ...some });
  await set(here.host, here, { scope: 'own', ...some });
  await set(here.member, here, { scope: 'own', ...some });
  const seen = async (caller: Caller) => (await list(caller, here)).map(({ owner }) => owner?.id ?? 'room');
  expect(await seen(here.member)).toEqual(['room', here.member.id]);
  expect(await seen(here.pincer)).toEqual(['room', here.member.id]);
  expect((await seen(here.host)).sort()).toEqual(['room', here.host.id, here.member.id].sort());
  expect(await kit.roomEvents(here.room, 'room.budget')).toHaveLength(3);
});
