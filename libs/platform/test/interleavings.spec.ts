import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { GitCredential, RoomView, TaskView } from '@clawtank/contracts';
import type { Caller } from '@clawtank/commands';
import { GitHttp, GitSweep } from '@clawtank/git';
import { GitSandbox, LocalGitHost } from '@clawtank/git/testing';
import { Failure } from '@clawtank/kernel';
import { TaskJobs } from '@clawtank/tasks';
import fc from 'fast-check';
import { createTestPlatform, type TestPlatform } from '../src/testing.js';

const SEED = Number(process.env['INTERLEAVINGS_SEED'] ?? Date.now() % 1_000_000_007);
const RUNS = 5;
const TASKS = 2;
const AGENTS = 3;
const PATHS = ['a.txt', 'b.txt'] as const;

let platform: TestPlatform;
let mira: Caller;
let agents: Caller[];
let sandbox: GitSandbox;
let door: Server;
beforeAll(async () => {
  platform = await createTestPlatform();
  sandbox = await GitSandbox.make();
  const git = platform.app.get(GitHttp, { strict: false });
  door = createServer((req, res) => void git.handle(req, res, '127.0.0.1'));
  door.listen(0, '127.0.0.1');
  await once(door, 'listening');
  mira = await platform.aUser('mira');
  agents = [];
  for (let n = 0; n < AGENTS; n += 1)
    agents.push(await platform.anAgent(await platform.aUser(`owner${String(n)}`), `crab${String(n)}`));
}, 60_000);
afterAll(async () => {
  door.closeAllConnections();
  door.close();
  await platform.close();
  await sandbox.remove();
});

const VERBS = ['claim', 'work', 'push', 'open', 'release', 'stale', 'expire', 'approve', 'merge'] as const;

interface Step {
  readonly verb: (typeof VERBS)[number];
  readonly agent: number;
  readonly task: number;
  readonly path: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  // Most of what happens to a task happens because it was claimed and worked on.
  verb: fc.constantFrom('claim' as const, 'work' as const, 'merge' as const, ...VERBS),
  agent: fc.nat(AGENTS - 1),
  task: fc.nat(TASKS - 1),
  path: fc.nat(PATHS.length - 1),
});

/** Where whole pieces of work begin, so that merges and what they pay are reached often. */
const piece: fc.Arbitrary<Step[][]> = fc
  .record({
    agent: fc.nat(AGENTS - 1),
    task: fc.nat(TASKS - 1),
    path: fc.nat(PATHS.length - 1),
    how: fc.constantFrom('work' as const, 'push' as const),
  })
  .map(({ how, ...who }) =>
    (['claim', how, 'open', 'approve', 'merge'] as const).map((verb) => [{ verb, ...who }]),
  );

/** Steps that happen at once, one lot after the other: pieces of work with anything in between. */
const story = fc
  .tuple(
    piece,
    fc.array(fc.tuple(fc.nat(5), fc.array(step, { minLength: 1, maxLength: 3 })), {
      minLength: 2,
      maxLength: 5,
    }),
  )
  .map(([lots, extras]) => {
    const at = lots.map((lot) => [...lot]);
    for (const [index, more] of extras) (at[index] ?? (at[index] = [])).push(...more);
    return at.filter((lot) => lot.length > 0);
  });

interface Claimed {
  readonly fence: number;
  readonly branch: string;
  readonly git_credential: GitCredential;
}

class Play {
  /** Every claim that was ever given, by task. */
  private readonly claims = new Map<number, Claimed[]>();
  private readonly pulls = new Map<number, number>();
  /** Numbers of merged pull requests: two who merge one at the same moment are both told that it is. */
  private readonly merged = new Set<number>();

  private constructor(
    readonly roomId: string,
    readonly taskIds: readonly string[],
  ) {}

  static async begin(): Promise<Play> {
    const settings = { merge_queue: false, autonomy: 'high', lease_policy: 'refuse' };
    const input = { name: 'Interleaved', visibility: 'private', settings };
    const { room } = await platform.run<{ room: RoomView }>('room.create', mira, input);
    await platform.app.get(GitSweep, { strict: false }).run();
    for (const agent of agents) {
      const member = { room_id: room.id, user_id: agent.userId, role: 'member' };
      await platform.run('member.add', mira, member);
      const about = { room_id: room.id, model: 'm', capabilities: [], max_concurrent_tasks: TASKS };
      await platform.run('agent.register', agent, about);
      await platform.run('agent.status', agent, { room_id: room.id, status: 'ready' });
    }
    const taskIds: string[] = [];
    for (let n = 0; n < TASKS; n += 1) {
      const task = { room_id: room.id, title: `Piece ${String(n)}`, size: 'large' };
      taskIds.push((await platform.run<{ task: TaskView }>('task.create', mira, task)).task.id);
    }
    return new Play(room.id, taskIds);
  }

  async take({ verb, agent: a, task: t, path }: Step): Promise<void> {
    const agent = agents[a] ?? mira;
    const task_id = this.taskIds[t] ?? '';
    const here = { room_id: this.roomId };
    const { task } = await platform.ask<{ task: TaskView }>('tasks.get', mira, { task_id });
    const fence = task.fence ?? 1;
    switch (verb) {
      case 'claim': {
        const input = { task_id, paths: [PATHS[path]] };
        const claimed = await platform.run<Claimed>('task.claim', agent, input);
        this.claims.set(t, [...(this.claims.get(t) ?? []), claimed]);
        return;
      }
      case 'work': {
        const changes = [{ path: PATHS[path], content: `${task.key}/${String(fence)}\n`.repeat(60) }];
        const commit = { ...here, task_id, fence, branch: task.branch ?? 'none', message: 'Work', changes };
        await platform.run('git.commit', agent, commit);
        return;
      }
      case 'push':
        return this.push(task, this.claims.get(t) ?? [], path);
      case 'open': {
        const pull = { ...here, task_id, fence, title: task.title };
        this.pulls.set(t, (await platform.run<{ number: number }>('git.pull_request', agent, pull)).number);
        return;
      }
      case 'release':
        await platform.run('task.release', agent, { task_id, fence });
        return;
      case 'stale': {
        // The holder with the fence before: it may never be good again, whatever happens meanwhile.
        const holder = agents.find(({ id }) => id === task.assignee?.id) ?? agent;
        const step = { task_id, fence: fence - 1 };
        await expect(platform.run('task.progress', holder, step)).rejects.toMatchObject({
          reason: 'claim.stale',
        });
        return;
      }
      case 'expire':
        await platform.database.query(
          `UPDATE task_claims SET lease_expires_at = now() - interval '1 second'
           WHERE task_id = $1 AND lease_expires_at IS NOT NULL`,
          [task_id],
        );
        return platform.app.get(TaskJobs, { strict: false }).expireLeases();
      case 'approve':
        await platform.run('git.review', mira, {
          ...here,
          number: this.pulls.get(t) ?? 1,
          verdict: 'approve',
        });
        return;
      case 'merge': {
        const number = this.pulls.get(t) ?? 1;
        await platform.run('git.merge', mira, { ...here, number });
        this.merged.add(number);
      }
    }
  }

  /** Pushes a commit to the branch of a claim that somebody has or had, with git itself. */
  private async push(task: TaskView, claims: readonly Claimed[], path: number): Promise<void> {
    const claim = path === 0 ? claims.at(-1) : claims[0];
    if (!claim) return;
    const { branch, fence, git_credential: credential } = claim;
    // A claim that is over never comes back, so its push must be refused whatever happens meanwhile.
    const over = task.assignee === null || task.fence !== fence || task.status === 'complete';
    const host = platform.app.get(LocalGitHost, { strict: false });
    const tree = await sandbox.clone(host.pathOf(this.roomId));
    const there = await tree.git('rev-parse', '--verify', '--quiet', `origin/${branch}`);
    await tree.must('checkout', '--quiet', there.exitCode === 0 ? there.stdout : 'origin/main');
    await tree.commit({ [PATHS[path] ?? 'a.txt']: `${task.key}/${String(fence)} pushed\n`.repeat(60) });
    const address = door.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const to = new URL(credential.url, `http://127.0.0.1:${String(port)}`);
    to.username = credential.username;
    to.password = credential.password;
    const { exitCode } = await tree.git('push', '--quiet', to.href, `HEAD:refs/heads/${branch}`);
    pushes[exitCode === 0 ? 'through' : 'refused'] += 1;
    if (over) expect({ branch, exitCode }).not.toEqual({ branch, exitCode: 0 });
  }

  /** No pull request was merged twice, says git. @returns how many it has merged */
  async checkMerges(): Promise<number> {
    const host = platform.app.get(LocalGitHost, { strict: false });
    const tree = await sandbox.clone(host.pathOf(this.roomId));
    const subjects = (await tree.must('log', '--format=%s', '--merges')).split('\n').filter(Boolean);
    expect(subjects).toHaveLength(new Set(subjects).size);
    return subjects.length;
  }

  async check(): Promise<void> {
    for (const task of this.taskIds.keys()) await this.take({ verb: 'stale', agent: 0, task, path: 0 });
    const claims = await platform.database.query<{
      status: string;
      fence: number;
      live: number;
      all: number;
    }>(
      `SELECT t.status, t.fence, count(c.*) FILTER (WHERE c.ended_at IS NULL)::int AS live, count(c.*)::int AS "all"
       FROM tasks t LEFT JOIN task_claims c ON c.task_id = t.id WHERE t.id = ANY($1) GROUP BY t.id`,
      [this.taskIds],
    );
    for (const { status, fence, live, all } of claims) {
      expect({ status, live }).toEqual({ status, live: ['open', 'complete'].includes(status) ? 0 : 1 });
      expect(all).toBe(fence);
    }
    const twice = await platform.database.query(
      `SELECT pattern FROM path_leases WHERE room_id = $1 AND exclusive GROUP BY pattern HAVING count(*) > 1`,
      [this.roomId],
    );
    expect(twice).toEqual([]);
  }

  /** @returns how many merges were paid */
  async checkPay(): Promise<number> {
    await this.checkMerges();
    await platform.settle();
    const done = await platform.database.query<{ task_id: string; times: number }>(
      `SELECT data ->> 'task_id' AS task_id, count(*)::int AS times FROM stream_events
       WHERE stream = $1 AND type = 'task.update' AND data ->> 'change' = 'completed' GROUP BY 1`,
      [`room:${this.roomId}`],
    );
    for (const { times } of done) expect(times).toBe(1);
    expect(done).toHaveLength(this.merged.size);
    const paid = await platform.database.query<{ task_id: string; times: number }>(
      `SELECT task_id, count(*)::int AS times FROM xp_entries
       WHERE room_id = $1 AND reason = 'merge' GROUP BY task_id`,
      [this.roomId],
    );
    expect(paid.filter(({ times }) => times > 1)).toEqual([]);
    const merged = new Set(done.map(({ task_id }) => task_id));
    expect(paid.filter(({ task_id }) => !merged.has(task_id))).toEqual([]);
    const off = await platform.database.query(
      `SELECT t.subject_id FROM xp_totals t
       WHERE abs(t.total - (SELECT coalesce(sum(e.amount), 0) FROM xp_entries e WHERE e.subject_id = t.subject_id)) > 1e-6`,
    );
    expect(off).toEqual([]);
    return paid.length;
  }
}

const pushes = { through: 0, refused: 0 };

it(`keeps one holder, disjoint leases and one payment, in whatever order things happen (seed ${String(SEED)})`, async () => {
  let paid = 0;
  await fc.assert(
    fc.asyncProperty(story, async (lots) => {
      const play = await Play.begin();
      for (const lot of lots) {
        const outcomes = await Promise.allSettled(lot.map((one) => play.take(one)));
        for (const outcome of outcomes)
          if (outcome.status === 'rejected' && !(outcome.reason instanceof Failure)) throw outcome.reason;
        await play.check();
      }
      paid += await play.checkPay();
    }),
    { numRuns: RUNS, seed: SEED, endOnFailure: true },
  );
  // Else nothing was tried of what pays.
  expect(paid).toBeGreaterThan(0);
  expect(pushes.through + pushes.refused).toBeGreaterThan(0);
}, 240_000);

it.each([true, false])(
  'merges once when two ask at once (merge queue: %s)',
  async (merge_queue) => {
    const play = await Play.begin();
    const here = { room_id: play.roomId };
    await platform.run('room.update', mira, { ...here, settings: { merge_queue } });
    for (const verb of ['claim', 'work', 'open', 'approve'] as const)
      await play.take({ verb, agent: 0, task: 0, path: 0 });
    const { task } = await platform.ask<{ task: TaskView }>('tasks.get', mira, { task_id: play.taskIds[0] });
    const merge = { ...here, number: task.pull_request };
    const asked = await Promise.allSettled([
      platform.run<{ sha: string | null }>('git.merge', mira, merge),
      platform.run<{ sha: string | null }>('git.merge', mira, merge),
    ]);
    // Whoever comes while the merge is under way is told of that very merge, whoever comes after it that it is done.
    const shas = asked.flatMap((one) => (one.status === 'fulfilled' ? [one.value.sha] : []));
    expect(new Set(shas).size).toBe(1);
    for (const one of asked)
      if (one.status === 'rejected')
        expect(one.reason).toMatchObject({ code: 'CONFLICT', reason: 'git.not_open' });
    await expect(platform.run('git.merge', mira, merge)).rejects.toMatchObject({ reason: 'git.not_open' });
    const merged = await platform.database.query(
      `SELECT 1 FROM stream_events WHERE stream = $1 AND type = 'git.pull_request' AND data ->> 'action' = 'merged'`,
      [`room:${play.roomId}`],
    );
    expect(merged).toHaveLength(1);
    await expect(play.checkMerges()).resolves.toBe(1);
  },
  60_000,
);
