import fc from 'fast-check';
import { fillMs, type Rate, take } from './bucket.js';

const RATE: Rate = { perSecond: 10, burst: 3 };

describe('take', () => {
  it.each([
    ['a bucket never used', 0, 5_000, 5_100, 0],
    ['one that filled long ago', 4_000, 5_000, 5_100, 0],
    ['one that lacks a token', 5_100, 5_000, 5_200, 0],
    ['the last token', 5_200, 5_000, 5_300, 0],
    ['an empty one', 5_300, 5_000, 5_300, 100],
    ['one that has half a token', 5_250, 5_000, 5_250, 50],
    ['one of a clock that was set back', 99_000, 5_000, 5_300, 100],
  ])('from %s', (_name, fullAt, now, after, waitMs) => {
    expect(take(fullAt, RATE, now)).toEqual({ fullAt: after, waitMs });
  });

  const rates = fc.record({
    perSecond: fc.double({ min: 0.1, max: 1_000, noNaN: true }),
    burst: fc.integer({ min: 1, max: 500 }),
  });
  const pauses = fc.array(fc.integer({ min: 0, max: 500 }), { maxLength: 200 });

  it('never grants more than the burst and what came to be since', () => {
    fc.assert(
      fc.property(rates, pauses, (rate, gaps) => {
        let [fullAt, now, granted] = [0, 1_000_000, 0];
        for (const gap of gaps) {
          now += gap;
          const taken = take(fullAt, rate, now);
          fullAt = taken.fullAt;
          if (taken.waitMs === 0) granted += 1;
          const elapsed = now - 1_000_000;
          expect(granted).toBeLessThanOrEqual(
            rate.burst + (elapsed * rate.perSecond) / 1_000 + 0.01 * granted,
          );
        }
      }),
    );
  });

  it('grants the whole burst, and then to whoever waits as long as it was told', () => {
    fc.assert(
      fc.property(rates, (rate) => {
        let fullAt = 0;
        const now = 1_000_000;
        for (let count = 0; count < rate.burst; count += 1) {
          const taken = take(fullAt, rate, now);
          expect(taken.waitMs).toBe(0);
          fullAt = taken.fullAt;
        }
        const { waitMs } = take(fullAt, rate, now);
        expect(waitMs).toBeGreaterThan(0);
        expect(waitMs).toBeLessThanOrEqual(Math.ceil(fillMs({ ...rate, burst: 1 })));
        expect(take(fullAt, rate, now + waitMs).waitMs).toBe(0);
      }),
    );
  });

  it('never refuses who keeps to the rate', () => {
    fc.assert(
      fc.property(rates, fc.integer({ min: 1, max: 300 }), (rate, count) => {
        let fullAt = 0;
        for (let index = 0; index < count; index += 1) {
          const taken = take(fullAt, rate, 1_000_000 + (index * 1_000) / rate.perSecond);
          expect(taken.waitMs).toBe(0);
          fullAt = taken.fullAt;
        }
      }),
    );
  });
});
