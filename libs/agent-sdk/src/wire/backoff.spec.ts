import { backoffDelay } from './backoff.js';

const OPTIONS = { firstMs: 100, capMs: 1_000 };

describe('backoffDelay', () => {
  it.each([
    ['starts with half of the first delay', 0, 0, 50],
    ['and at most the whole', 0, 1, 100],
    ['doubles', 2, 0, 200],
    ['spreads by chance', 2, 0.5, 300],
    ['stays under the cap', 20, 1, 1_000],
    ['even after very many tries', 5_000, 1, 1_000],
  ])('%s', (_, attempt, random, delay) => {
    expect(backoffDelay(attempt, random, OPTIONS)).toBe(delay);
  });
});
