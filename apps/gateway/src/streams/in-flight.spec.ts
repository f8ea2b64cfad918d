import { InFlight } from './in-flight.js';

describe('InFlight', () => {
  it('asks once for those who ask the same at one moment, and again later', async () => {
    const shared = new InFlight<number>();
    let asked = 0;
    const ask = () => Promise.resolve((asked += 1));
    expect(
      await Promise.all([shared.share('a', ask), shared.share('a', ask), shared.share('b', ask)]),
    ).toEqual([1, 1, 2]);
    expect(await shared.share('a', ask)).toBe(3);
  });

  it('shares a failure too, and does not keep it', async () => {
    const shared = new InFlight<number>();
    const failing = () => Promise.reject(new Error('away'));
    const results = await Promise.allSettled([shared.share('a', failing), shared.share('a', failing)]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await shared.share('a', () => Promise.resolve(1))).toBe(1);
  });
});
