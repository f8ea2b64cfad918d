import { planOf } from './plan.js';

it('is the same for the same seed, and another for another', () => {
  const size = { agents: 7, tasks: 30 };
  expect(planOf({ seed: 5, ...size })).toEqual(planOf({ seed: 5, ...size }));
  expect(planOf({ seed: 5, ...size }).rooms).not.toEqual(planOf({ seed: 6, ...size }).rooms);
});

it.each([
  [1, 1, [1], [1]],
  [20, 100, [20], [100]],
  [21, 100, [10, 11], [50, 50]],
  [200, 1_000, Array<number>(10).fill(20), Array<number>(10).fill(100)],
])('puts %d agents and %d tasks into rooms', (agents, tasks, seats, work) => {
  const { rooms } = planOf({ seed: 1, agents, tasks });
  expect(rooms.map((room) => room.agents.length)).toEqual(seats);
  expect(rooms.map((room) => room.tasks.length)).toEqual(work);
});

const [room] = planOf({ seed: 3, agents: 20, tasks: 300 }).rooms;

it('asks only for what can be done', () => {
  for (const task of room?.tasks ?? []) {
    expect(task.edits.length).toBeGreaterThan(0);
    for (const { path } of task.edits) expect(room?.files).toContain(path);
    for (const path of task.paths) expect(task.edits.map((edit) => edit.path)).toContain(path);
  }
});

it('gives every task a mark of its own and lets tasks come in order', () => {
  const tasks = room?.tasks ?? [];
  expect(new Set(tasks.map(({ mark }) => mark)).size).toBe(tasks.length);
  const arrivals = tasks.map(({ arrives }) => arrives);
  expect(arrivals).toEqual([...arrivals].sort((a, b) => a - b));
});

it('has tasks that meet, and agents with every fault', () => {
  const places = (room?.tasks ?? []).flatMap(({ edits }) =>
    edits.map(({ path, section }) => `${path} ${String(section)}`),
  );
  expect(new Set(places).size).toBeLessThan(places.length);
  for (const fault of ['pushesLate', 'heedless', 'namesNoPaths'] as const)
    expect(room?.agents.some((agent) => agent[fault])).toBe(true);
});
