import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AT, LocalGitHost, TrialMerges } from '@clawtank/git/testing';
import { newId } from '@clawtank/kernel';
import { compare, type Row } from '../row.js';

const BRANCHES = 100;
const PUSHES = 5;
const SAMPLE = 10;
/** Files of the repository, in folders of twenty. */
const FILES = 200;
/** Each branch touches a few of them, so that about one branch in twenty meets another. */
const TOUCHED = 3;
const BY = { name: 'Bench', email: 'bench@example.test', at: AT };

interface Tip {
  readonly ref: string;
  readonly sha: string;
  readonly checkedSha: string | null;
  readonly taskId: null;
  readonly pullRequest: null;
}

/**
 * What one push costs at 100 live branches: who conflicts with whom. The peers merge on trial the pushed branch
 * with each other one, and every two branches; all three have to find the same conflicts.
 */
export async function conflicts(): Promise<readonly Row[]> {
  const root = await mkdtemp(join(tmpdir(), 'clawtank-bench-'));
  const rules = { maxPushBytes: 1_000_000, maxImportBytes: 1_000_000, timeoutMs: 10_000 };
  const host = new LocalGitHost({ root, home: root, rules });
  const room = newId();
  try {
    const tips = await fill(host, room);
    const trials = new TrialMerges(host);
    // The first look at a room reads all of it; a push after that reads what is new.
    await trials.run(room, { base: tips[0], live: tips.slice(1) });
    const ours: number[] = [];
    const star: number[] = [];
    for (let push = 1; push <= PUSHES; push += 1) {
      tips[push] = await pushTo(host, room, tips[push], push);
      const [base, ...live] = tips;
      const found = await timed(async () =>
        (await trials.run(room, { base, live })).pairs.flatMap(({ files }) => files),
      );
      const merged = await timed(() => mergeAll(host, room, tips, (one) => one === tips[push]));
      if (found.result.length !== merged.result) throw new Error('the two ways disagree');
      ours.push(found.ms);
      star.push(merged.ms);
      tips[push] = settled(tips[push]);
    }
    // Thousands of merges take minutes; one in ten tells what they cost.
    const every = await timed(() => mergeAll(host, room, tips, () => true, SAMPLE));
    const shared = { ours, unit: 'ms', better: 'lower' as const };
    return [
      compare({
        ...shared,
        name: 'conflicts after a push at 100 live branches; each merged with the pushed one',
        peer: star,
        goal: 0.25,
      }),
      compare({
        ...shared,
        name: 'conflicts after a push at 100 live branches; every two merged (a tenth of them, times ten)',
        peer: ours.map(() => every.ms * SAMPLE),
        goal: 0.01,
      }),
    ];
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

const pathOf = (n: number): string => `part-${String(Math.floor(n / 20))}/file-${String(n % 20)}.txt`;
const settled = (tip: Tip | undefined): Tip => {
  if (!tip) throw new Error('no such branch');
  return { ...tip, checkedSha: tip.sha };
};

async function fill(host: LocalGitHost, room: string): Promise<Tip[]> {
  await host.create(room, { kind: 'empty', at: AT });
  const { defaultRef } = await host.state(room);
  const first = await host.resolve(room, defaultRef);
  if (!first) throw new Error('no first commit');
  const changes = Array.from({ length: FILES }, (_, n) => ({
    path: pathOf(n),
    content: `file ${String(n)}\n`,
  }));
  const ref = 'refs/heads/base';
  await host.createBranch(room, ref, first);
  const base = await host.commitFiles(room, {
    ref,
    expectedHead: first,
    changes,
    message: 'Base',
    author: BY,
    committer: BY,
  });
  await host.merge(room, { intoRef: defaultRef, head: base, author: BY, committer: BY, message: 'Base' });
  const sha = (await host.resolve(room, defaultRef)) ?? base;
  const tips: Tip[] = [{ ref: defaultRef, sha, checkedSha: sha, taskId: null, pullRequest: null }];
  for (let n = 1; n <= BRANCHES; n += 1) {
    const branch = `refs/heads/b${String(n).padStart(3, '0')}`;
    await host.createBranch(room, branch, sha);
    tips.push(settled(await pushTo(host, room, { ...settled(tips[0]), ref: branch }, n)));
  }
  return tips;
}

async function pushTo(host: LocalGitHost, room: string, tip: Tip | undefined, seed: number): Promise<Tip> {
  if (!tip) throw new Error('no such branch');
  const changes = Array.from({ length: TOUCHED }, (_, n) => ({
    path: pathOf((seed * 137 + n * 613) % FILES),
    content: `${tip.ref} ${tip.sha} ${String(n)}\n`,
  }));
  const commit = { ref: tip.ref, expectedHead: tip.sha, changes, message: 'Work', author: BY, committer: BY };
  return { ...tip, sha: await host.commitFiles(room, commit) };
}

/** Merges on trial every two of which one is wanted. @returns how many files conflict */
async function mergeAll(
  host: LocalGitHost,
  room: string,
  tips: readonly Tip[],
  wanted: (tip: Tip) => boolean,
  oneIn = 1,
): Promise<number> {
  let files = 0;
  let count = 0;
  for (const [index, left] of tips.entries())
    for (const right of tips.slice(index + 1))
      if ((wanted(left) || wanted(right)) && (count += 1) % oneIn === 0)
        files += (await host.mergeability(room, left.sha, right.sha)).files.length;
  return files;
}

async function timed<T>(work: () => Promise<T>): Promise<{ readonly ms: number; readonly result: T }> {
  const started = performance.now();
  const result = await work();
  return { ms: performance.now() - started, result };
}
