import { Latest } from './latest.js';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('Latest', () => {
  it('sends the first at once, then only the last of each while', async () => {
    const sent: number[] = [];
    const latest = new Latest<number>(1_000, (value) => Promise.resolve(void sent.push(value)));
    for (const value of [1, 2, 3]) latest.tell(value);
    await jest.advanceTimersByTimeAsync(1_000);
    for (const value of [4, 5]) latest.tell(value);
    await jest.advanceTimersByTimeAsync(1_000);
    await jest.advanceTimersByTimeAsync(5_000);
    latest.tell(6);
    await latest.flush();
    expect(sent).toEqual([1, 3, 5, 6]);
  });

  it('sends what waits when it is flushed', async () => {
    const sent: number[] = [];
    const latest = new Latest<number>(1_000, (value) => Promise.resolve(void sent.push(value)));
    latest.tell(1);
    latest.tell(2);
    await latest.flush();
    expect(sent).toEqual([1, 2]);
    latest.stop();
  });

  it('goes on after a failure', async () => {
    const sent: number[] = [];
    const latest = new Latest<number>(1_000, (value) => {
      if (value === 1) return Promise.reject(new Error('away'));
      return Promise.resolve(void sent.push(value));
    });
    latest.tell(1);
    latest.tell(2);
    await latest.flush();
    expect(sent).toEqual([2]);
    latest.stop();
  });
});
