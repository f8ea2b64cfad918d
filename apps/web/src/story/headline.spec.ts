import { castOf } from './cast';
import { headlineOf } from './headline';
import {
  aLog,
  anAgent,
  anEvent,
  aRoom,
  aSnapshot,
  aTask,
  MIRA,
  minutes,
  MOLT,
  NOON,
  PINCER,
  statusEvent,
} from './testing';

const said = (snapshot: ReturnType<typeof aSnapshot>, log = aLog([])) => {
  const { parts, since, now } = headlineOf(snapshot, log, castOf(snapshot));
  return { text: parts.map(({ text }) => text).join(''), since, now };
};
const working = (fields: object) =>
  aSnapshot({ tasks: [aTask(1, { title: 'Add --severity' })], agents: [anAgent(PINCER, fields)] });

it('says who does what, how far, and since when', () => {
  const log = aLog([
    statusEvent(1, -5, PINCER, 'executing', 't1'),
    statusEvent(2, -2, PINCER, 'testing', 't1'),
  ]);
  expect(said(working({ status: 'testing', task_id: 't1', progress: 0.64 }), log)).toEqual({
    text: 'Pincer is testing Add --severity, 64%',
    since: minutes(-2),
    now: true,
  });
});

it('speaks of the agent that moved last', () => {
  const snapshot = aSnapshot({
    agents: [anAgent(PINCER, { status: 'executing', task_id: 't1' }), anAgent(MOLT, { status: 'thinking' })],
  });
  const log = aLog([statusEvent(1, -5, PINCER, 'executing', 't1'), statusEvent(2, -2, MOLT, 'thinking')]);
  expect(said(snapshot, log).text).toBe('Molt is thinking');
});

it('puts a question before the work of who asks', () => {
  const ask = { question_id: 'q', agent_id: 'pincer', text: '?', options: [], task_id: 't1' };
  const log = aLog([anEvent(1, -5, 'agent.question', PINCER, ask)]);
  const answered = aLog([
    ...log.events,
    anEvent(2, -1, 'agent.answered', MIRA, { question_id: 'q', agent_id: 'pincer', answer: 'y' }),
  ]);
  const snapshot = working({ status: 'executing', task_id: 't1' });
  expect(said(snapshot, log).text).toBe('Pincer has asked a question');
  expect(said(snapshot, answered).text).toBe('Pincer is working on Add --severity');
});

it('puts a detected conflict before all work', () => {
  const conflict = {
    id: 'c',
    state: 'detected',
    files: ['roast/cli.py'],
    task_ids: ['t1', 't2'],
    branches: [],
    created_at: new Date(minutes(-3)).toISOString(),
    resolved_at: null,
    resolution_task_id: null,
  } as const;
  const snapshot = aSnapshot({ conflicts: [conflict], tasks: [aTask(1), aTask(2)] });
  expect(said(snapshot)).toEqual({
    text: 'T-1 and T-2 conflict in roast/cli.py',
    since: minutes(-3),
    now: true,
  });
});

it.each([
  [
    '3 tasks done in 1 h',
    aSnapshot({
      room: aRoom({ state: 'completed', tasks_complete: 3, completed_at: new Date(NOON).toISOString() }),
    }),
  ],
  ['0 tasks done', aSnapshot({ room: aRoom({ state: 'archived' }) })],
  ['The host has put the room on hold', aSnapshot({ room: aRoom({ hold: true }) })],
  ['Paused until an agent returns', aSnapshot({ room: aRoom({ state: 'paused' }) })],
  ['2 agents ready, 1 task open', aSnapshot()],
  ['2 agents ready, nothing to do', aSnapshot({ tasks: [] })],
  ['Waiting for the first agent', aSnapshot({ room: aRoom({ state: 'waiting_for_members' }), agents: [] })],
])('says “%s”, and lights no dot', (text, snapshot) => {
  expect(said(snapshot)).toEqual({ text, since: null, now: false });
});
