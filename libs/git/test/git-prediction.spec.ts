import fc from 'fast-check';
import { Failure } from '@clawtank/kernel';
import type { ConflictView } from '@clawtank/contracts';
import { LocalGitHost } from '../src/local/local-git-host.js';
import { branchRef } from '../src/domain/ref-names.js';
import { GitRoom, type Held } from './git-room.js';

const WORKERS = 3;
const FILES = ['a.txt', 'd/b.txt'];
const LINES = 4;

type Step =
  | {
      readonly do: 'edit';
      readonly worker: number;
      readonly file: number;
      readonly line: number;
      readonly word: string;
    }
  | { readonly do: 'move'; readonly worker: number; readonly file: number }
  | { readonly do: 'add'; readonly worker: number }
  | { readonly do: 'take_main'; readonly worker: number }
  | { readonly do: 'ask'; readonly worker: number }
  | { readonly do: 'merge'; readonly worker: number };

const worker = fc.nat(WORKERS - 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('edit' as const),
      worker,
      file: fc.nat(FILES.length - 1),
      line: fc.nat(LINES - 1),
      word: fc.constantFrom('red', 'blue'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('move' as const), worker, file: fc.nat(FILES.length - 1) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('add' as const), worker }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('take_main' as const), worker }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('ask' as const), worker }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('merge' as const), worker }) },
);

/** Refusals are part of the game; anything else is a fault. */
const REFUSED = new Set([
  'git.nothing_to_commit',
  'git.nothing_to_review',
  'git.merge_conflict',
  'task.not_in_review',
]);

describe('what git finds when it merges', () => {
  let room: GitRoom;
  let held: Held[];
  let seen = 0;
  beforeAll(async () => {
    room = await GitRoom.open();
  });
  afterAll(() => room.close());

  const host = () => room.bus.get(LocalGitHost);
  const agentOf = (index: number) => (index % 2 === 0 ? room.pincer : room.scuttle);
  const of = (index: number): Held => {
    const one = held[index];
    if (!one) throw new Error('no such worker');
    return one;
  };

  const stage = async (): Promise<void> => {
    await room.create({ settings: { lease_policy: 'warn' } });
    await room.gather();
    const seed = await room.work(room.pincer, 'Seed');
    const lines = Array.from({ length: LINES }, (_, n) => `line ${String(n)}\n`).join('');
    await commit(
      seed,
      FILES.map((path) => ({ path, content: lines })),
    );
    await room.approveAndMerge(await room.openPullRequest(seed), room.ben);
    held = [];
    for (let index = 0; index < WORKERS; index += 1)
      held.push(await room.work(agentOf(index), `Work ${String(index)}`));
  };
  const commit = ({ task, fence, branch, agent }: Held, changes: object[]) =>
    room.run('git.commit', agent, {
      room_id: room.id,
      task_id: task.id,
      fence,
      branch,
      message: 'Work',
      changes,
    });
  const read = async (one: Held, path: string): Promise<string | undefined> => {
    const tip = (await host().resolve(room.id, branchRef(one.branch))) ?? branchRef('main');
    return host()
      .blob(room.id, tip, path)
      .then(({ content }) => content.toString())
      .catch(() => undefined);
  };

  const take = async (given: Step): Promise<void> => {
    const one = of(given.worker);
    if (given.do === 'add') {
      await commit(one, [{ path: `d/new-${one.task.key}.txt`, content: 'new\n' }]);
    } else if (given.do === 'take_main') {
      const work = await room.sandbox.clone(room.url(one.git_credential));
      if ((await work.git('switch', '--quiet', one.branch)).exitCode !== 0) return;
      if ((await work.git('merge', '--quiet', 'origin/main')).exitCode !== 0) return;
      await work.must('push', '--quiet', 'origin', 'HEAD');
    } else if (given.do === 'ask') {
      await room.openPullRequest(one);
    } else if (given.do === 'merge') {
      await mergeWork(given.worker, one);
    } else {
      const path = FILES[given.file] ?? '';
      const content = await read(one, path);
      if (content === undefined) return;
      if (given.do === 'edit') {
        const edited = content.replace(
          new RegExp(`^line ${String(given.line)}.*$`, 'm'),
          `line ${String(given.line)} ${given.word} ${one.task.key}`,
        );
        await commit(one, [{ path, content: edited }]);
      } else
        await commit(one, [
          { path, delete: true },
          { path: `moved/${path}`, content },
        ]);
    }
  };

  /** A merge that git refuses was foretold before this pull request was asked for, or by the push that made it so. */
  const mergeWork = async (index: number, one: Held): Promise<void> => {
    const number = await room.openPullRequest(one);
    const before = await conflicts();
    try {
      await room.approveAndMerge(number, room.ben.id === one.agent.userId ? room.ada : room.ben);
    } catch (error) {
      if (!(error instanceof Failure) || error.reason !== 'git.merge_conflict') throw error;
      expect(before.map(({ branches }) => branches.join())).toContain([one.branch, 'main'].sort().join());
      return;
    }
    held[index] = await room.work(agentOf(index), `More ${String(index)}`);
  };

  const conflicts = async (): Promise<readonly ConflictView[]> =>
    (await room.ask<{ items: ConflictView[] }>('conflicts.list', room.ada, { room_id: room.id })).items;

  /** Every two branches, merged by git with nothing left out, give the conflicts that the room knows of. */
  const check = async (): Promise<void> => {
    const { tips } = await host().state(room.id);
    const live = new Set(['main', ...held.map(({ branch }) => branch)].map(branchRef));
    const open = tips.filter(({ ref }) => live.has(ref));
    const found: string[] = [];
    for (const [index, left] of open.entries())
      for (const right of open.slice(index + 1)) {
        const { files } = await host().mergeability(room.id, left.sha, right.sha);
        const names = [left.ref, right.ref].map((ref) => ref.slice('refs/heads/'.length)).sort();
        if (files.length > 0) found.push(`${names.join(' ')}: ${files.join(' ')}`);
      }
    const known = (await conflicts()).map(
      ({ branches, files }) => `${[...branches].sort().join(' ')}: ${files.join(' ')}`,
    );
    expect(known.sort()).toEqual(found.sort());
    seen += found.length;
  };

  it('was known since the push that made it so, before any pull request', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 14 }), async (steps) => {
        await stage();
        for (const given of steps) {
          await take(given).catch((error: unknown) => {
            if (!(error instanceof Failure) || !REFUSED.has(error.reason)) throw error;
          });
          await check();
        }
      }),
      { numRuns: 4, endOnFailure: true, seed: Number(process.env['FC_SEED'] ?? Date.now() % 1_000_000) },
    );
    expect(seen).toBeGreaterThan(0);
  }, 240_000);
});
