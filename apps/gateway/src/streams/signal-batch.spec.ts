import type { Signal } from '@clawtank/contracts';
import { SignalBatch } from './signal-batch.js';

const progress = (agent: string, value: number): Signal => ({
  type: 'agent.progress',
  room_id: 'r',
  agent_id: agent,
  task_id: null,
  progress: value,
});

describe('SignalBatch', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('hands over the latest of each kind, once per window', () => {
    const sent: (readonly Signal[])[] = [];
    const batch = new SignalBatch((signals) => sent.push(signals));
    batch.add(progress('pincer', 0.1));
    batch.add(progress('claw', 0.5));
    batch.add(progress('pincer', 0.2));
    expect(sent).toEqual([]);
    jest.advanceTimersByTime(250);
    expect(sent).toEqual([[progress('pincer', 0.2), progress('claw', 0.5)]]);
    jest.advanceTimersByTime(1_000);
    expect(sent).toHaveLength(1);
  });

  it('drops what is too much', () => {
    const sent: (readonly Signal[])[] = [];
    const batch = new SignalBatch((signals) => sent.push(signals));
    for (let index = 0; index < 1_000; index += 1) batch.add(progress(String(index), 0));
    jest.advanceTimersByTime(250);
    expect(sent[0]).toHaveLength(200);
  });

  it('forgets everything when stopped', () => {
    const sent: (readonly Signal[])[] = [];
    const batch = new SignalBatch((signals) => sent.push(signals));
    batch.add(progress('pincer', 0.1));
    batch.stop();
    jest.advanceTimersByTime(1_000);
    expect(sent).toEqual([]);
  });
});
