import { boardOf } from './board';
import { anAgent, aSnapshot, aTask, PINCER } from './testing';

const pincer = { kind: 'agent', id: 'pincer', name: 'Pincer' } as const;
const shown = (snapshot: ReturnType<typeof aSnapshot>) =>
  Object.fromEntries(boardOf(snapshot).map(({ word, cards }) => [word, cards.map(({ task }) => task.key)]));

it('puts each task into its column, cancelled ones nowhere', () => {
  const states = ['open', 'claimed', 'in_progress', 'review', 'complete', 'cancelled'] as const;
  const tasks = states.map((status, index) => aTask(index + 1, { status }));
  expect(shown(aSnapshot({ tasks }))).toEqual({
    Open: ['T-1'],
    Claimed: ['T-2'],
    'In progress': ['T-3'],
    Review: ['T-4'],
    Done: ['T-5'],
  });
});

it('leaves a blocked task where it stopped', () => {
  const tasks = [
    aTask(1, { status: 'blocked' }),
    aTask(2, { status: 'blocked', assignee: pincer }),
    aTask(3, { status: 'blocked', assignee: pincer, pull_request: 7 }),
  ];
  const board = shown(aSnapshot({ tasks }));
  expect([board.Open, board['In progress'], board.Review]).toEqual([['T-1'], ['T-2'], ['T-3']]);
});

it('has the urgent first, then the older; of the done, the newest', () => {
  const tasks = [
    aTask(10),
    aTask(9),
    aTask(11, { priority: 'urgent' }),
    aTask(2, { status: 'complete' }),
    aTask(12, { status: 'complete' }),
  ];
  const board = shown(aSnapshot({ tasks }));
  expect([board.Open, board.Done]).toEqual([
    ['T-11', 'T-9', 'T-10'],
    ['T-12', 'T-2'],
  ]);
});

it('says what a card waits for and whom it meets', () => {
  const conflict = {
    id: 'c',
    state: 'predicted',
    files: ['a'],
    task_ids: ['t1', 't2'],
    branches: [],
    created_at: '',
    resolved_at: null,
    resolution_task_id: null,
  } as const;
  const snapshot = aSnapshot({
    tasks: [
      aTask(1, { status: 'in_progress', assignee: pincer }),
      aTask(2, { depends_on: ['t1', 't3'] }),
      aTask(3, { status: 'complete' }),
    ],
    conflicts: [conflict, { ...conflict, id: 'd', state: 'resolved', task_ids: ['t2', 't3'] }],
    agents: [anAgent(PINCER, { status: 'waiting_approval', task_id: 't1' })],
  });
  const cards = boardOf(snapshot).flatMap((column) => column.cards);
  const card = (key: string) => cards.find(({ task }) => task.key === key);
  expect(card('T-2')).toMatchObject({ waitsFor: ['T-1'], conflictsWith: ['T-1'], asking: false });
  expect(card('T-1')).toMatchObject({ waitsFor: [], conflictsWith: ['T-2'], asking: true });
});
