import fc from 'fast-check';
import { mayConflict, TouchGraph } from '../domain/touch-graph.js';
import { GitSandbox } from '../testing/git-sandbox.js';
import type { BareRepository } from './bare-repository.js';
import { trialMerge } from './merge-tree.js';
import { parseChanges, touchedSinceFork } from './touched.js';

const FILES = ['a', 'd/a', 'd/b', 'd/e/c', 'f/a', 'g'];
const LINES = 6;

type Step =
  | { readonly do: 'edit'; readonly file: number; readonly line: number; readonly text: string }
  | { readonly do: 'remove'; readonly file: number }
  | { readonly do: 'add'; readonly path: string }
  | { readonly do: 'move'; readonly from: string; readonly to: string };

const file = fc.nat(FILES.length - 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('edit' as const),
    file,
    line: fc.nat(LINES - 1),
    text: fc.constantFrom('x', 'y'),
  }),
  fc.record({ do: fc.constant('remove' as const), file }),
  fc.record({
    do: fc.constant('add' as const),
    path: fc.constantFrom('d', 'd/new', 'a/new', 'h/d/e/new', 'f/b'),
  }),
  fc.record({
    do: fc.constant('move' as const),
    from: fc.constantFrom('d', 'd/e', 'f', 'a'),
    to: fc.constantFrom('h', 'h/d', 'd/x', 'f/y'),
  }),
);
/** Branches fork from main or from each other, and main goes on. */
const branch = fc.record({
  from: fc.nat(3),
  steps: fc.array(step, { minLength: 1, maxLength: 4 }),
  join: fc.boolean(),
});

type Tree = ReadonlyMap<string, string>;

function apply(tree: Tree, given: Step): Tree {
  const next = new Map(tree);
  const drop = (path: string): void => {
    for (const other of [...next.keys()])
      if (other === path || other.startsWith(`${path}/`)) next.delete(other);
  };
  const put = (path: string, content: string): void => {
    drop(path);
    // What was a file becomes a folder.
    path.split('/').forEach((_, index, names) => next.delete(names.slice(0, index).join('/')));
    next.set(path, content);
  };
  if (given.do === 'add') put(given.path, `new ${given.path}\n`);
  if (given.do === 'move') {
    const moved = [...next].filter(([path]) => path === given.from || path.startsWith(`${given.from}/`));
    for (const [path] of moved) next.delete(path);
    for (const [path, content] of moved) put(given.to + path.slice(given.from.length), content);
  }
  if (given.do !== 'edit' && given.do !== 'remove') return next;
  const path = FILES[given.file] ?? '';
  const content = next.get(path);
  if (content === undefined) return next;
  if (given.do === 'remove') next.delete(path);
  else
    next.set(path, content.replace(`line ${String(given.line)}`, `line ${String(given.line)} ${given.text}`));
  return next;
}

const START: Tree = new Map(
  FILES.map((path) => [
    path,
    Array.from({ length: LINES }, (_, n) => `${path} line ${String(n)}\n`).join(''),
  ]),
);

/** Writes each branch with one commit for each of its steps. @returns the tips */
async function write(
  repository: BareRepository,
  branches: readonly { from: number; steps: Step[]; join: boolean }[],
) {
  const lines: string[] = [];
  let mark = 0;
  const commit = (ref: string, tree: Tree, parents: readonly number[]): number => {
    mark += 1;
    const message = `c${String(mark)}`;
    lines.push(`commit refs/heads/${ref}`, `mark :${String(mark)}`);
    lines.push('committer A <a@example.test> 1700000000 +0000', `data ${String(message.length)}`, message);
    const [first, second] = parents;
    if (first) lines.push(`from :${String(first)}`);
    if (second) lines.push(`merge :${String(second)}`);
    lines.push('deleteall');
    for (const [path, content] of tree)
      lines.push(`M 100644 inline ${path}`, `data ${String(Buffer.byteLength(content))}`, content);
    return mark;
  };
  const tips: { tree: Tree; at: number }[] = [{ tree: START, at: commit('main', START, []) }];
  branches.forEach(({ from, steps, join }, index) => {
    const start = tips[from % tips.length] ?? tips[0];
    if (!start) return;
    let { tree, at } = start;
    steps.forEach((given, n) => {
      tree = apply(tree, given);
      const other = tips.at(-1);
      const merges = join && n === 0 && other && other.at !== at ? [other.at] : [];
      at = commit(`b${String(index)}`, tree, [at, ...merges]);
    });
    tips.push({ tree, at });
  });
  await repository.must(['fast-import', '--quiet', '--force'], { input: `${lines.join('\n')}\n` });
  const refs = await repository.text(['for-each-ref', '--format=%(objectname)', 'refs/heads/']);
  return [...new Set(refs.split('\n'))];
}

describe('what branches have touched', () => {
  let sandbox: GitSandbox;
  beforeAll(async () => {
    sandbox = await GitSandbox.make();
  });
  afterAll(() => sandbox.remove());

  it('never spares a merge that conflicts', async () => {
    let spared = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(branch, { minLength: 2, maxLength: 5 }), async (branches) => {
        const repository = await sandbox.repository({ empty: true });
        const tips = await write(repository, branches);
        const commits = await touchedSinceFork(repository, tips);
        const graph = new TouchGraph(commits ?? []);
        expect(commits).toBeDefined();
        for (const [index, left] of tips.entries())
          for (const right of tips.slice(index + 1)) {
            if (mayConflict(graph.since(left, right), graph.since(right, left))) continue;
            spared += 1;
            expect([left, right, (await trialMerge(repository, left, right)).files]).toEqual([
              left,
              right,
              [],
            ]);
          }
      }),
      { numRuns: 30, endOnFailure: true },
    );
    expect(spared).toBeGreaterThan(5);
  }, 120_000);

  it('says nothing of histories without a common commit', async () => {
    const [one, other] = [await sandbox.repository(), await sandbox.repository({ empty: true })];
    const tip = (await write(other, []))[0] ?? '';
    await one.must(['fetch', '--quiet', other.path, 'main:refs/heads/other'], {
      env: { GIT_ALLOW_PROTOCOL: 'file' },
    });
    const main = await one.text(['rev-parse', 'refs/heads/main']);
    expect(await touchedSinceFork(one, [main, tip])).toBeUndefined();
  });
});

it('reads a path that looks like an id as a path', () => {
  const [sha, path] = ['a'.repeat(40), 'b'.repeat(40)];
  expect([...parseChanges(`${sha}\0A\0${path}\0M\0x\0${sha}\0D\0y\0`)]).toEqual([
    [
      sha,
      [
        { kind: 'added', path },
        { kind: 'changed', path: 'x' },
        { kind: 'deleted', path: 'y' },
      ],
    ],
  ]);
});
