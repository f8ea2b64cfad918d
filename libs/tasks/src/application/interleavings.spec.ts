import fc from 'fast-check';
import type { LeaseView } from '@clawtank/contracts';
import { Failure } from '@clawtank/kernel';
import { compilePattern, overlap } from '../domain/path-patterns.js';
import { startTasks, type TasksKit, type TasksRoom } from '../testing/tasks-room.js';
import { TaskJobs } from './task-jobs.js';

let kit: TasksKit;
beforeAll(async () => {
  kit = await startTasks();
});
afterAll(() => kit.close());

type Step =
  | { readonly do: 'claim'; readonly agent: number; readonly task: number; readonly paths: string[] }
  | {
      readonly do: 'start' | 'submit' | 'release';
      readonly agent: number;
      readonly task: number;
      readonly back: number;
    }
  | { readonly do: 'request_changes'; readonly task: number }
  | { readonly do: 'lapse'; readonly task: number };

const TASKS = 3;
const AGENTS = 4;
const PATTERNS = ['src/**', 'src/a.ts', 'src/*', '**/*.md', 'docs/', 'docs/b.md', 'lib/?.ts'];

const agent = fc.nat(AGENTS - 1);
const task = fc.nat(TASKS - 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('claim' as const),
      agent,
      task,
      paths: fc.subarray(PATTERNS, { maxLength: 2 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('start' as const, 'submit' as const, 'release' as const),
      agent,
      task,
      back: fc.nat(1),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.oneof(
      fc.record({ do: fc.constant('request_changes' as const), task }),
      fc.record({ do: fc.constant('lapse' as const), task }),
    ),
  },
);

interface Stage {
  readonly room: TasksRoom;
  readonly agents: TasksRoom['pincer'][];
  readonly taskIds: string[];
}

async function stage(policy: 'refuse' | 'queue'): Promise<Stage> {
  const room = await kit.makeRoom({ settings: { lease_policy: policy } });
  const agents: TasksRoom['pincer'][] = [];
  for (let i = 0; i < AGENTS; i += 1)
    agents.push(await kit.anAgentIn(room.room, room.member, { maxConcurrentTasks: 2 }));
  const taskIds: string[] = [];
  for (let i = 0; i < TASKS; i += 1) taskIds.push((await kit.create(room.member, room.room)).id);
  return { room, agents, taskIds };
}

async function take({ room, agents, taskIds }: Stage, given: Step): Promise<void> {
  const task_id = taskIds[given.task] ?? '';
  if (given.do === 'lapse') {
    await kit.log.database.query(
      `UPDATE task_claims SET lease_expires_at = now() - interval '1 second'
       WHERE task_id = $1 AND lease_expires_at IS NOT NULL`,
      [task_id],
    );
    return kit.bus.get(TaskJobs).expireLeases();
  }
  if (given.do === 'request_changes') {
    await kit.run(room.host, 'task.review', { task_id, verdict: 'request_changes' });
    return;
  }
  const caller = agents[given.agent] ?? room.pincer;
  if (given.do === 'claim') {
    await kit.run(caller, 'task.claim', { task_id, paths: given.paths });
    return;
  }
  // The present fence, or the one before: a holder who does not know that its claim has ended.
  const fence = ((await kit.task(room.member, task_id)).fence ?? 1) - given.back;
  await kit.run(caller, `task.${given.do}`, { task_id, fence });
}

async function check({ room, taskIds }: Stage): Promise<void> {
  const rows = await kit.log.database.query<{
    id: string;
    status: string;
    fence: number;
    live: number;
    all: number;
  }>(
    `SELECT t.id, t.status, t.fence, count(c.*) FILTER (WHERE c.ended_at IS NULL) AS live, count(c.*) AS "all"
     FROM tasks t LEFT JOIN task_claims c ON c.task_id = t.id WHERE t.id = ANY($1) GROUP BY t.id`,
    [taskIds],
  );
  for (const row of rows) {
    expect(row.live).toBe(row.status === 'open' ? 0 : 1);
    expect(row.all).toBe(row.fence);
  }
  const leases = await kit.log.database.query<{ task_id: string; pattern: string; live: boolean }>(
    `SELECT l.task_id, l.pattern, c.ended_at IS NULL AS live
     FROM path_leases l JOIN task_claims c ON c.task_id = l.task_id AND c.fence = l.fence
     WHERE l.room_id = $1 AND l.exclusive`,
    [room.room.id],
  );
  for (const one of leases) {
    expect(one.live).toBe(true);
    for (const other of leases.filter(({ task_id }) => task_id !== one.task_id))
      expect([
        one.pattern,
        other.pattern,
        overlap(compilePattern(one.pattern), compilePattern(other.pattern)),
      ]).toEqual([one.pattern, other.pattern, false]);
  }
}

/** Whoever waits does so for a path that somebody holds, or has waited for longer. */
async function checkWaits({ room, taskIds }: Stage): Promise<void> {
  const tasks = await Promise.all(taskIds.map((id) => kit.task(room.member, id)));
  const { items } = await kit.bus.query<{ items: LeaseView[] }>(room.member, 'leases.list', {
    room_id: room.room.id,
  });
  const since = new Map(
    tasks.map(({ id, blocked_by: by }) => [id, by?.kind === 'paths' ? by.since : undefined]),
  );
  for (const { id, blocked_by: by } of tasks) {
    if (by?.kind !== 'paths') continue;
    expect(items.filter(({ task_id }) => task_id === id)).toEqual([]);
    expect(by.waits_for).not.toEqual([]);
    for (const wait of by.waits_for) {
      const holds = items.some(
        (lease) => lease.task_id === wait.task_id && lease.pattern === wait.held_pattern,
      );
      expect([wait, holds || (since.get(wait.task_id) ?? by.since) < by.since]).toEqual([wait, true]);
    }
  }
}

/** Refusals are part of the game; anything else is a fault. */
const ALLOWED_CODES = new Set(['CONFLICT', 'STALE_CLAIM', 'PATHS_LEASED', 'FORBIDDEN']);

it.each(['refuse', 'queue'] as const)(
  'never gives a task two holders, nor a path two exclusive leases, nor lets a claim wait for nothing, in whatever order things happen: %s',
  async (policy) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(step, { minLength: 1, maxLength: 6 }), { minLength: 2, maxLength: 6 }),
        async (batches) => {
          const set = await stage(policy);
          for (const batch of batches) {
            const outcomes = await Promise.allSettled(batch.map((given) => take(set, given)));
            for (const outcome of outcomes)
              if (outcome.status === 'rejected') {
                if (!(outcome.reason instanceof Failure)) throw outcome.reason;
                expect(ALLOWED_CODES).toContain(outcome.reason.code);
              }
            await check(set);
            await checkWaits(set);
          }
        },
      ),
      { numRuns: 12, endOnFailure: true },
    );
  },
  120_000,
);
