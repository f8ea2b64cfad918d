import { featuresOf } from '../domain/capture/features.js';
import { plainLines } from '../domain/capture/plain-lines.js';
import { PLACES, placeOf, STEP } from '../domain/capture/second-opinion.js';
import { sentencesOf } from '../domain/capture/sentences.js';
import { contentWords } from './score-capture.js';

/** A labelled message that the second opinion may learn from. */
export interface Lesson {
  readonly text: string;
  readonly tasks: readonly { readonly title: string }[];
}

interface Example {
  readonly places: readonly number[];
  readonly asks: boolean;
}

const ROUNDS = 40;
const RATE = 0.1;
const PULL = 1e-2;

/** Sentences of a message, each with whether a task of the message stands in it. */
export function examplesOf({ text, tasks }: Lesson): { sentence: string; asks: boolean }[] {
  if (/^\s*\//.test(text)) return [];
  const sentences = plainLines(text).flatMap((line) => sentencesOf(line.text));
  const words = sentences.map(contentWords);
  const asking = new Set(
    tasks.map(({ title }) => {
      const shared = words.map((said) => [...contentWords(title)].filter((word) => said.has(word)).length);
      const most = Math.max(0, ...shared);
      return most > 0 || sentences.length === 1 ? shared.indexOf(most) : -1;
    }),
  );
  return sentences.map((sentence, at) => ({ sentence, asks: asking.has(at) }));
}

/**
 * Logistic regression with one step size a weight. The order of the examples is fixed, so that the same lessons give
 * the same weights.
 */
export function learnWeights(lessons: readonly Lesson[]): Int8Array {
  const examples: Example[] = lessons
    .flatMap(examplesOf)
    .map(({ sentence, asks }) => ({ places: featuresOf(sentence).map(placeOf), asks }))
    .filter(({ places }) => places.length > 0);
  const weights = new Float64Array(PLACES + 1);
  const steepness = new Float64Array(PLACES + 1).fill(1e-8);
  const move = (place: number, slope: number): void => {
    steepness[place] = (steepness[place] ?? 0) + slope * slope;
    weights[place] = (weights[place] ?? 0) - (RATE * slope) / Math.sqrt(steepness[place] ?? 1);
  };
  for (let round = 0; round < ROUNDS; round += 1)
    for (let turn = 0; turn < examples.length; turn += 1) {
      const example = examples[(turn * 7919 + round * 31) % examples.length];
      if (example) learnOne(example, weights, move);
    }
  return Int8Array.from(weights, (weight) => Math.max(-127, Math.min(127, Math.round(weight / STEP))));
}

function learnOne(
  { places, asks }: Example,
  weights: Float64Array,
  move: (place: number, slope: number) => void,
): void {
  const share = 1 / Math.sqrt(places.length);
  const sum = places.reduce((total, place) => total + (weights[place] ?? 0), 0);
  const error = 1 / (1 + Math.exp(-(sum * share + (weights[PLACES] ?? 0)))) - (asks ? 1 : 0);
  for (const place of places) move(place, error * share + PULL * share * (weights[place] ?? 0));
  move(PLACES, error);
}
