import type { EventMap, Principal } from '@clawtank/contracts';
import { newsOf, type NewsType } from './news.js';

const told = <K extends NewsType>(type: K, data: EventMap[K]): string | undefined =>
  newsOf(type, data, { seq: 7, at: '2026-01-01T00:00:00.000Z', by: 'Ada' })?.text;

const pincer: Principal = { kind: 'agent', id: 'p', name: 'pincer' };
const update = (
  change: EventMap['task.update']['change'],
  assignee: Principal | null = null,
): EventMap['task.update'] => ({
  task_id: 't',
  key: 'T-3',
  change,
  status: 'open',
  assignee,
  fence: null,
  branch: null,
  lease_expires_at: null,
});
const pull = (action: EventMap['git.pull_request']['action']): EventMap['git.pull_request'] => ({
  number: 4,
  action,
  title: 'Colour',
  branch: 'b',
  task_id: 't',
  head_sha: 's',
});

it.each<[string | undefined, string | undefined]>([
  [told('room.decision', { decision_id: 'd', text: 'Tabs it is.' }), 'Decided: Tabs it is.'],
  [told('task.update', update('claimed', pincer)), 'T-3 claimed (pincer)'],
  [told('task.update', update('changes_requested', pincer)), 'T-3 changes requested (pincer)'],
  [told('task.update', update('released')), 'T-3 released'],
  [told('task.update', update('progressed', pincer)), undefined],
  [told('task.update', update('edited')), undefined],
  [told('git.pull_request', pull('merged')), '#4 merged: Colour'],
  [told('git.pull_request', pull('mergeability')), undefined],
  [
    told('git.conflict', {
      conflict_id: 'c',
      state: 'predicted',
      files: ['a.ts', 'b.ts'],
      task_ids: [],
      branches: ['x', 'main'],
    }),
    'Conflict predicted in a.ts, b.ts (x and main)',
  ],
])('%s', (text, expected) => expect(text).toBe(expected));

it('is one short line, whatever was written', () => {
  const text = told('room.decision', { decision_id: 'd', text: `one\n# two ${'x'.repeat(500)}` });
  expect(text).toMatch(/^Decided: one # two x+…$/);
  expect(text?.length).toBe(160);
});
