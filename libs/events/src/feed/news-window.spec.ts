import type { Appended } from '../log/log-tx.js';
import { NewsWindow } from './news-window.js';

const news = (from: number, to: number): Appended => ({
  stream: 'room:r',
  epoch: 'e',
  from,
  to,
  events: [],
});

describe('NewsWindow', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  const ranges = (sent: readonly Appended[]) => sent.map(({ from, to }) => [from, to]);
  const start = () => {
    const sent: Appended[] = [];
    return { sent, window: new NewsWindow(100, (given) => sent.push(given)) };
  };

  it('sends the first at once and joins what follows in the window', () => {
    const { sent, window } = start();
    for (const [from, to] of [
      [1, 1],
      [2, 4],
      [5, 5],
    ] as const)
      window.add(news(from, to));
    expect(ranges(sent)).toEqual([[1, 1]]);
    jest.advanceTimersByTime(100);
    expect(ranges(sent)).toEqual([
      [1, 1],
      [2, 5],
    ]);
  });

  it('keeps the window open after a joined frame, and sends at once after a quiet one', () => {
    const { sent, window } = start();
    window.add(news(1, 1));
    window.add(news(2, 2));
    jest.advanceTimersByTime(100);
    window.add(news(3, 3));
    expect(ranges(sent)).toHaveLength(2);
    jest.advanceTimersByTime(200);
    window.add(news(4, 4));
    expect(ranges(sent)).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
      [4, 4],
    ]);
  });

  it('does not join what does not follow', () => {
    const { sent, window } = start();
    for (const [from, to] of [
      [1, 1],
      [2, 2],
      [5, 5],
    ] as const)
      window.add(news(from, to));
    jest.advanceTimersByTime(100);
    expect(ranges(sent)).toEqual([
      [1, 1],
      [2, 2],
      [5, 5],
    ]);
  });

  it('sends nothing once stopped', () => {
    const { sent, window } = start();
    window.add(news(1, 1));
    window.add(news(2, 2));
    window.stop();
    jest.advanceTimersByTime(1_000);
    expect(ranges(sent)).toEqual([[1, 1]]);
  });
});
