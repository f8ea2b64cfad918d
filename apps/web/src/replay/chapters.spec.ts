import { anEvent, MIRA, PINCER, SYSTEM } from '../story/testing';
import { told } from '../story/log';
import { chaptersOf } from './chapters';

const pull = (action: 'opened' | 'merged') => ({
  number: 1,
  action,
  title: 'Exit codes',
  branch: 'b',
  task_id: 't1',
});

describe('chapters', () => {
  it('are merges, conflicts and the end, each once', () => {
    const events = [
      anEvent(1, 1, 'git.pull_request', PINCER, pull('opened') as never),
      anEvent(2, 2, 'git.pull_request', MIRA, pull('merged') as never),
      anEvent(3, 2, 'task.update', SYSTEM, {
        task_id: 't1',
        key: 'T-1',
        change: 'completed',
      } as never),
      anEvent(4, 3, 'task.update', SYSTEM, {
        task_id: 't2',
        key: 'T-2',
        change: 'completed',
      } as never),
      anEvent(5, 4, 'room.state_changed', SYSTEM, {
        from: 'active',
        to: 'completed',
        reason: 'done',
      } as never),
    ];
    expect(
      chaptersOf(told({ from: 1, to: 5, events })).map(({ seq, kind, word }) => [seq, kind, word]),
    ).toEqual([
      [2, 'merge', 'Exit codes'],
      [4, 'done', 'T-2'],
      [5, 'end', 'Completed'],
    ]);
  });
});
