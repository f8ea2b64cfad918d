import { numbersOf } from './numbers';
import { aLog, anEvent, aSnapshot, aTask, NOON, PINCER, statusEvent } from './testing';

const commit = (seq: number, sha: string, task: string | null) =>
  anEvent(seq, -10, 'git.commit', PINCER, {
    ...{ branch: 'b', sha, message: 'm', files: [], additions: 10, deletions: 2 },
    ...{ task_id: task, agent_id: 'pincer', author_name: 'Pincer' },
  });

it('counts tasks that count, lines of work once, and the last minute', () => {
  const snapshot = aSnapshot({
    tasks: [aTask(1, { status: 'complete' }), aTask(2), aTask(3, { status: 'cancelled' })],
    pull_requests: [
      { number: 1, title: '', state: 'merged', branch: '', task_id: null, approved: true },
      { number: 2, title: '', state: 'open', branch: '', task_id: null, approved: false },
    ],
  });
  const log = aLog([
    commit(1, 'a', 't1'),
    commit(2, 'b', 't1'),
    commit(3, 'a', 't1'),
    commit(4, 'c', null),
    statusEvent(5, -0.5, PINCER, 'ready'),
  ]);
  expect(numbersOf(snapshot, log, NOON)).toEqual({ done: 1, tasks: 2, merged: 1, lines: 20, perMinute: 1 });
});
