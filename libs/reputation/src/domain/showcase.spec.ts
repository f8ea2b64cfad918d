import type { Actor, EventMap, TaskChange } from '@clawtank/contracts';
import { aCommit, aTask } from '../testing/ledger-room.js';
import { type RoomEvent, ShowcaseTeller } from './showcase.js';

const ada: Actor = { kind: 'human', id: 'ada', name: 'Ada' };
const pincer: Actor = { kind: 'agent', id: 'pincer', name: 'pincer' };
const minute = (count: number): string => new Date(1_750_000_000_000 + count * 60_000).toISOString();

const commit = (sha: string, files: string[]): RoomEvent => ({
  type: 'git.commit',
  at: minute(3),
  actor: pincer,
  data: aCommit('t', { sha, files, additions: 10, deletions: 2 }),
});
const work = aTask('small');
const task = (change: TaskChange, more: Partial<EventMap['task.update']> = {}): RoomEvent => ({
  type: 'task.update',
  at: minute(4),
  actor: pincer,
  data: { ...work.held(null), change, assignee: { kind: 'agent', id: 'pincer', name: 'pincer' }, ...more },
});
const created: RoomEvent = {
  type: 'task.created',
  at: minute(1),
  actor: ada,
  data: { ...work.created, title: 'Draw the reef' },
};
const said: RoomEvent = {
  type: 'chat.message',
  at: minute(0),
  actor: ada,
  data: { message_id: 'm', text: 'secret words', mentions: [], reply_to: null, origin: 'member' },
};

it('tells who did what, how long and how much, and no word of what was said', () => {
  const teller = new ShowcaseTeller();
  const events = [
    said,
    created,
    task('claimed'),
    commit('1', ['a.ts', 'b.ts']),
    commit('1', ['a.ts']),
    commit('2', ['b.ts']),
    task('edited', { edited: { title: 'Draw the whole reef' }, assignee: null }),
    task('completed'),
    task('completed'),
  ];
  for (const event of events) teller.hear(event);
  const view = teller.tell('r', minute(13), [
    { subject: { kind: 'agent', id: 'pincer', name: 'pincer' }, xp: 90 },
  ]);
  expect(view).toMatchObject({
    headline: '1 person and 1 agent finished 1 task in 13 minutes',
    started_at: minute(0),
    minutes: 13,
    commits: 2,
    additions: 20,
    deletions: 4,
    files: 2,
    messages: 1,
    xp: 90,
    tasks: [{ key: 'T-1', title: 'Draw the whole reef', by: { id: 'pincer' }, completed_at: minute(4) }],
    people: [
      { subject: { id: 'pincer' }, xp: 90, tasks: 1, messages: 0 },
      { subject: { id: 'ada' }, xp: 0, tasks: 0, messages: 1 },
    ],
  });
  expect(JSON.stringify(view)).not.toContain('secret');
});

it.each([
  [1, 'Nobody finished no task in 1 minute'],
  [90, 'Nobody finished no task in 2 hours'],
  [60 * 48, 'Nobody finished no task in 2 days'],
])('after %i minutes: %s', (minutes, headline) => {
  const teller = new ShowcaseTeller();
  teller.hear({ type: 'room.decision', at: minute(0), actor: ada, data: { decision_id: 'd', text: 'Blue' } });
  expect(teller.tell('r', minute(minutes), []).headline).toBe(headline);
});
