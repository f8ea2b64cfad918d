import { lengthOf, type QueuedTask, rankQueue } from './queue.js';

const HOUR = 3_600_000;
const task = (number: number, some: Partial<QueuedTask> = {}): QueuedTask => ({
  taskId: `t${String(number)}`,
  number,
  priority: 'normal',
  openFor: 0,
  awaitedBy: 0,
  begun: false,
  met: [],
  ...some,
});
const HELD = [{ taskKey: 'T-9', pattern: 'src/**' }];

describe('the queue', () => {
  it.each<[string, QueuedTask[], string[]]>([
    ['keeps the order of the numbers among equals', [task(2), task(1)], ['t1', 't2']],
    ['takes priority first', [task(1), task(2, { priority: 'urgent' })], ['t2', 't1']],
    [
      'lets age make up for a level',
      [task(1), task(2, { priority: 'low', openFor: 49 * HOUR })],
      ['t2', 't1'],
    ],
    ['but not before two days', [task(1), task(2, { priority: 'low', openFor: 47 * HOUR })], ['t1', 't2']],
    [
      'and never for more than two levels',
      [task(1, { priority: 'urgent' }), task(2, { priority: 'low', openFor: 9_000 * HOUR })],
      ['t1', 't2'],
    ],
    ['prefers what others wait for', [task(1), task(2, { awaitedBy: 1 })], ['t2', 't1']],
    ['prefers what was begun', [task(1), task(2, { begun: true })], ['t2', 't1']],
    [
      'puts what can not be started last',
      [task(1, { priority: 'urgent', met: HELD }), task(2, { priority: 'low' })],
      ['t2', 't1'],
    ],
  ])('%s', (_name, tasks, expected) => {
    expect(rankQueue(tasks).map(({ taskId }) => taskId)).toEqual(expected);
  });

  it('says why', () => {
    const [place] = rankQueue([task(1, { openFor: 3 * HOUR, awaitedBy: 2, begun: true, met: HELD })]);
    expect(place).toMatchObject({
      rank: 1,
      reasons: [
        'priority normal',
        'open for 3 h',
        '2 waiting for it',
        'work on it has begun',
        'waits for T-9 on src/**',
      ],
    });
  });

  it.each([
    [999, '0 s'],
    [61_000, '1 min'],
    [2 * HOUR, '2 h'],
    [72 * HOUR, '3 days'],
  ])('tells %d ms as %s', (span, text) => {
    expect(lengthOf(span)).toBe(text);
  });
});
