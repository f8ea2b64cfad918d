import { clipLane, lanesOf, minutesShown, percent, saidBy, ticks } from './lanes';
import {
  aLog,
  anAgent,
  anEvent,
  aSnapshot,
  aTask,
  MIRA,
  minutes,
  MOLT,
  NOON,
  PINCER,
  statusEvent,
  SYSTEM,
} from './testing';

const period = { from: minutes(-60), to: NOON };
const lane = (log: ReturnType<typeof aLog>, snapshot = aSnapshot()) => {
  const found = lanesOf(snapshot, log)[0];
  if (!found) throw new Error('no lane');
  return found;
};
/** Segments of Pincer as `kind from-to`, in minutes. */
const drawn = (log: ReturnType<typeof aLog>, snapshot = aSnapshot()) =>
  clipLane(lane(log, snapshot), period).segments.map(
    ({ kind, from, to, open }) =>
      `${kind} ${(from - NOON) / 60_000}..${(to - NOON) / 60_000}${open ? ' open' : ''}`,
  );

describe('what an agent did', () => {
  it('turns each status into a segment until the next one, the last one open', () => {
    const log = aLog([
      statusEvent(1, -40, PINCER, 'thinking', 't1'),
      statusEvent(2, -35, PINCER, 'executing', 't1'),
      statusEvent(3, -20, PINCER, 'testing', 't1'),
    ]);
    expect(drawn(log)).toEqual(['think -40..-35', 'work -35..-20', 'test -20..0 open']);
  });

  it('draws nothing while an agent is ready or idle', () => {
    const log = aLog([
      statusEvent(1, -40, PINCER, 'executing', 't1'),
      statusEvent(2, -30, PINCER, 'ready'),
      statusEvent(3, -20, PINCER, 'error', 't1'),
      statusEvent(4, -10, PINCER, 'idle'),
    ]);
    expect(drawn(log)).toEqual(['work -40..-30', 'fail -20..-10']);
  });

  it('draws one segment over news of the same work, and another for another task', () => {
    const log = aLog([
      statusEvent(1, -40, PINCER, 'executing', 't1'),
      statusEvent(2, -30, PINCER, 'committing', 't1'),
      statusEvent(3, -20, PINCER, 'executing', 't2'),
    ]);
    expect(drawn(log)).toEqual(['work -40..-20', 'work -20..0 open']);
  });

  it('waits from a question to its answer, then does what it did', () => {
    const ask = { question_id: 'q', agent_id: 'pincer', text: '?', options: [], task_id: 't1' };
    const log = aLog([
      statusEvent(1, -40, PINCER, 'executing', 't1'),
      anEvent(2, -30, 'agent.question', PINCER, ask),
      anEvent(3, -20, 'agent.answered', MIRA, { question_id: 'q', agent_id: 'pincer', answer: 'yes' }),
    ]);
    expect(drawn(log)).toEqual(['work -40..-30', 'wait -30..-20', 'work -20..0 open']);
  });

  it('ends with an agent that leaves', () => {
    const away = aSnapshot({ agents: [anAgent(PINCER, { connected: false })] });
    const log = aLog([
      statusEvent(1, -40, PINCER, 'executing', 't1'),
      anEvent(2, -30, 'agent.left', SYSTEM, { agent_id: 'pincer' }),
    ]);
    expect(drawn(log, away)).toEqual(['work -40..-30']);
  });

  it('fills the lane of an agent that did the same all the while', () => {
    const busy = aSnapshot({ agents: [anAgent(PINCER, { status: 'executing', task_id: 't1' })] });
    expect(drawn(aLog([], 50), busy)).toEqual(['work -60..0 open']);
  });

  it('clips what began before the period', () => {
    expect(drawn(aLog([statusEvent(1, -90, PINCER, 'testing', 't1')]))).toEqual(['test -60..0 open']);
  });
});

describe('marks', () => {
  const commit = (seq: number, at: number, sha: string) =>
    anEvent(seq, at, 'git.commit', PINCER, {
      branch: 'clawtank/T-1/1',
      sha,
      message: 'Add it\n\nbecause',
      files: [],
      additions: 1,
      deletions: 0,
      task_id: 't1',
      agent_id: 'pincer',
      author_name: 'Pincer',
    });
  const pull = (seq: number, at: number, action: 'opened' | 'merged') =>
    anEvent(seq, at, 'git.pull_request', MIRA, {
      number: 1,
      action,
      title: 'Add it',
      branch: 'clawtank/T-1/1',
      task_id: 't1',
      head_sha: 'a',
    });

  it('stand on the lane of who worked on the task: commits once, merges, conflicts', () => {
    const snapshot = aSnapshot({
      tasks: [aTask(1, { assignee: { kind: 'agent', id: 'pincer', name: 'Pincer' } })],
    });
    const meet = { files: ['a.py'], task_ids: ['t1'], branches: [], conflict_id: 'c' };
    const log = aLog([
      commit(1, -30, 'a'),
      anEvent(2, -25, 'git.conflict', SYSTEM, { ...meet, state: 'predicted' }),
      pull(3, -20, 'opened'),
      anEvent(4, -15, 'git.conflict', SYSTEM, { ...meet, state: 'resolved' }),
      pull(5, -10, 'merged'),
      commit(6, -10, 'a'),
    ]);
    expect(lane(log, snapshot).marks.map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
      'commit: Add it',
      'conflict: Conflict in a.py',
      'merge: Merged Add it',
    ]);
  });

  it('follow the task to the agent that took it last', () => {
    const update = { task_id: 't1', key: 'T-1', change: 'claimed', status: 'claimed', branch: null } as const;
    const log = aLog([
      anEvent(1, -30, 'task.update', MOLT, {
        ...update,
        assignee: { kind: 'agent', id: 'molt', name: 'Molt' },
      }),
      pull(2, -10, 'merged'),
    ]);
    expect(lanesOf(aSnapshot(), log).map(({ marks }) => marks.length)).toEqual([0, 1]);
  });

  it('are dots of people on their row', () => {
    const message = { message_id: 'm', text: 'hi', mentions: [], reply_to: null, origin: 'member' } as const;
    const log = aLog([
      anEvent(1, -90, 'chat.message', MIRA, message),
      anEvent(2, -30, 'chat.message', MIRA, message),
      anEvent(3, -20, 'chat.message', PINCER, { ...message, origin: 'agent' }),
    ]);
    expect(saidBy(log, period).map(({ personId }) => personId)).toEqual(['mira']);
  });
});

describe('the period', () => {
  it.each([
    ['the whole of a young room', aLog([statusEvent(1, -3, PINCER, 'ready')]), 5],
    ['no more than an hour', aLog([statusEvent(1, -600, PINCER, 'ready')]), 60],
    ['only what the log covers', aLog([statusEvent(40, -20, PINCER, 'ready')], 40), 15],
    ['two minutes at least', aLog([statusEvent(40, -1, PINCER, 'ready')], 40), 2],
  ])('shows %s', (_name, log, shown) => {
    expect(minutesShown(log, NOON)).toBe(shown);
  });

  it('has round times along its axis, clear of its ends', () => {
    const found = ticks({ from: minutes(-60), to: NOON });
    expect(found.map((at) => (at - NOON) / 60_000)).toEqual([-50, -40, -30, -20, -10]);
    expect(percent(minutes(-30), period)).toBe(50);
  });
});
