import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { scoreCapture } from '../dist/testing/score-capture.js';

const USAGE = 'usage: node libs/tasks/corpus/score.mjs development|held-back PREDICTIONS.jsonl [--mistakes]';

const lines = (path) =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line));

/** The messages whose predicted tasks are not just the labelled ones, each with both. */
function mistakes(labelled, predicted) {
  const answers = new Map(predicted.map((message) => [message.id, message]));
  return labelled
    .map((message) => ({ ...message, predicted: answers.get(message.id)?.tasks ?? [] }))
    .filter(
      ({ id, tasks, predicted }) =>
        scoreCapture([{ id, tasks }], [{ id, tasks: predicted }]).exactMessages === 0,
    );
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { mistakes: { type: 'boolean', default: false } },
});
const [half, predictions] = positionals;
if (!['development', 'held-back'].includes(half) || predictions === undefined) {
  console.error(USAGE);
  process.exit(2);
}
if (values.mistakes && half === 'held-back') {
  console.error('The held-back half is scored, never read: --mistakes is for the development half.');
  process.exit(2);
}
const labelled = lines(join(import.meta.dirname, `${half}.jsonl`));
const predicted = lines(predictions);
console.log(JSON.stringify(scoreCapture(labelled, predicted), undefined, 2));
if (values.mistakes)
  for (const mistake of mistakes(labelled, predicted)) console.log(JSON.stringify(mistake));
