import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { learnWeights } from '../dist/testing/learn-weights.js';

const here = import.meta.dirname;
const lessons = ['development', 'further', 'varied'].flatMap((file) =>
  readFileSync(join(here, `${file}.jsonl`), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line)),
);
const base64 = Buffer.from(learnWeights(lessons).buffer).toString('base64');
const lines = base64.match(/.{1,100}/g).map((line) => `  '${line}',`);
writeFileSync(
  join(here, '../src/domain/capture/learned-weights.ts'),
  `/** Written by \`node libs/tasks/corpus/train.mjs\`: a signed byte for each place. */
export const LEARNED: readonly string[] = [
${lines.join('\n')}
];
`,
);
console.log(`learned from ${lessons.length} messages`);
