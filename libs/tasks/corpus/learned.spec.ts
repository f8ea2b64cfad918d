import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { featuresOf } from '../src/domain/capture/features.js';
import { LEARNED } from '../src/domain/capture/learned-weights.js';
import { likelihood, PLACES } from '../src/domain/capture/second-opinion.js';
import { type Lesson, learnWeights } from '../src/testing/learn-weights.js';

const lessons = ['development', 'further', 'varied'].flatMap((file) =>
  readFileSync(join(import.meta.dirname, `${file}.jsonl`), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Lesson),
);
const committed = Int8Array.from(Buffer.from(LEARNED.join(''), 'base64'));

describe('the second opinion', () => {
  it('holds what `train.mjs` learns from the files that may be read', () => {
    const learned = learnWeights(lessons);
    expect(committed.length).toBe(PLACES + 1);
    // Another engine may round an exponential differently: one step is let pass.
    const apart = learned.findIndex((weight, place) => Math.abs(weight - (committed[place] ?? 0)) > 1);
    expect(apart).toBe(-1);
  });

  it.each([
    ['the map tiles are blurry after zooming out', 'great that the tiles load so fast now'],
    ['the exporter should skip archived rooms', 'I skipped the archived rooms in the exporter'],
  ])('finds %j likelier than %j', (asks, tells) => {
    expect(likelihood(asks)).toBeGreaterThan(0.5);
    expect(likelihood(tells)).toBeLessThan(0.5);
  });

  it('looks at no more marks than a sentence has words, times a constant', () => {
    const word = fc.oneof(
      fc.constantFrom('the', 'fix', 'broken', '@ada', 'src/a.ts', 'T-1', '?'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 400 }), (words) => {
        expect(featuresOf(words.join(' ')).length).toBeLessThanOrEqual(6 * 40 + 16);
        expect(featuresOf(words.join(' ')).length).toBeLessThanOrEqual(6 * words.join(' ').length + 16);
      }),
    );
  });
});
