import { fileURLToPath } from 'node:url';
import { CopiedTree } from './copied-tree.js';
import { type Mutant, MUTANTS } from './list.js';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '');

type Outcome = 'red' | 'GREEN' | 'CANNOT';

/** Takes one mechanism out, and looks whether its test notices. */
async function judge(tree: CopiedTree, { file, text, replacement, spec }: Mutant): Promise<Outcome> {
  const restore = await tree.replace(file, text, replacement).catch((error: unknown) => {
    console.error(String(error));
    return undefined;
  });
  if (!restore) return 'CANNOT';
  try {
    return (await tree.passes(spec)) ? 'GREEN' : 'red';
  } finally {
    await restore();
  }
}

async function main(words: readonly string[]): Promise<boolean> {
  const chosen = MUTANTS.filter(({ name, file }) => words.every((word) => `${name} ${file}`.includes(word)));
  const tree = await CopiedTree.of(ROOT);
  let isGood = chosen.length > 0;
  const tell = (outcome: string, name: string, spec: string, good: boolean): void => {
    isGood &&= good;
    console.log(`${good ? 'ok  ' : 'FAIL'}  ${outcome.padEnd(7)} ${name.padEnd(48)} ${spec}`);
  };
  try {
    // A test that is red anyway proves nothing.
    for (const spec of new Set(chosen.map((mutant) => mutant.spec))) {
      const isGreen = await tree.passes(spec);
      tell(isGreen ? 'green' : 'RED', 'nothing taken out', spec, isGreen);
    }
    for (const mutant of chosen) {
      const outcome = await judge(tree, mutant);
      tell(outcome, `without ${mutant.name}`, mutant.spec, outcome === 'red');
    }
  } finally {
    await tree.remove();
  }
  return isGood;
}

main(process.argv.slice(2)).then(
  (good) => process.exit(good ? 0 : 1),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
