import type { AnyFrame } from '@clawtank/events';
import { FrameCoalescer } from './frame-coalescer.js';

const frame = (from: number, to: number): AnyFrame => ({
  stream: 'room:r',
  epoch: 'e',
  from,
  to,
  events: [],
});

describe('FrameCoalescer', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  const ranges = (sent: readonly AnyFrame[]) => sent.map(({ from, to }) => [from, to]);
  const start = () => {
    const sent: AnyFrame[] = [];
    return { sent, coalescer: new FrameCoalescer(100, (given) => sent.push(given)) };
  };

  it('sends the first at once and joins what follows in the window', () => {
    const { sent, coalescer } = start();
    for (const [from, to] of [
      [1, 1],
      [2, 4],
      [5, 5],
    ] as const)
      coalescer.add(frame(from, to));
    expect(ranges(sent)).toEqual([[1, 1]]);
    jest.advanceTimersByTime(100);
    expect(ranges(sent)).toEqual([
      [1, 1],
      [2, 5],
    ]);
  });

  it('keeps the window open after a joined frame, and sends at once after a quiet one', () => {
    const { sent, coalescer } = start();
    coalescer.add(frame(1, 1));
    coalescer.add(frame(2, 2));
    jest.advanceTimersByTime(100);
    coalescer.add(frame(3, 3));
    expect(ranges(sent)).toHaveLength(2);
    jest.advanceTimersByTime(200);
    coalescer.add(frame(4, 4));
    expect(ranges(sent)).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
      [4, 4],
    ]);
  });

  it('lets go of what is held when asked', () => {
    const { sent, coalescer } = start();
    coalescer.add(frame(1, 1));
    coalescer.add(frame(2, 2));
    coalescer.release();
    jest.advanceTimersByTime(1_000);
    expect(ranges(sent)).toEqual([
      [1, 1],
      [2, 2],
    ]);
  });

  it('sends nothing once stopped', () => {
    const { sent, coalescer } = start();
    coalescer.add(frame(1, 1));
    coalescer.add(frame(2, 2));
    coalescer.stop();
    jest.advanceTimersByTime(1_000);
    expect(ranges(sent)).toEqual([[1, 1]]);
  });
});
