import { featuresOf } from './features.js';
import { LEARNED } from './learned-weights.js';

/** Places of the table that features are counted in. */
export const PLACES = 1 << 13;
/** What one step of a stored weight is worth. */
export const STEP = 1 / 24;

/** The place of a feature in the table (FNV-1a). */
export function placeOf(feature: string): number {
  let hash = 2_166_136_261;
  for (let at = 0; at < feature.length; at += 1) hash = Math.imul(hash ^ feature.charCodeAt(at), 16_777_619);
  return (hash >>> 0) % PLACES;
}

/** One signed byte a place, the last one for what every sentence has. */
const weights: Int8Array = Int8Array.from(Buffer.from(LEARNED.join(''), 'base64'));

/** How likely a sentence asks for work, by what was learned from labelled ones; 0 to 1. */
export function likelihood(sentence: string): number {
  const places = featuresOf(sentence).map(placeOf);
  if (places.length === 0) return 0;
  const sum = places.reduce((total, place) => total + (weights[place] ?? 0), 0);
  const score = (sum / Math.sqrt(places.length) + (weights[PLACES] ?? 0)) * STEP;
  return 1 / (1 + Math.exp(-score));
}
