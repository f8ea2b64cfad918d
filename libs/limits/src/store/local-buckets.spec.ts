import { LocalBuckets } from './local-buckets.js';

describe('LocalBuckets', () => {
  it('forgets a bucket once it is full', async () => {
    let now = 0;
    const buckets = new LocalBuckets(() => now);
    for (let index = 0; index < 1_000; index += 1)
      await buckets.take(`a${index}`, { perSecond: 1, burst: 9 });
    await buckets.take('b', { perSecond: 0.01, burst: 9 });
    expect(buckets.size).toBe(1_001);
    now = 6_000;
    await buckets.take('c', { perSecond: 1, burst: 9 });
    expect(buckets.size).toBe(2);
  });
});
