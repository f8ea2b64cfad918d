import type { SpectatorEventMap } from '@clawtank/contracts';
import { castOf } from './cast';
import type { Told } from './log';
import { sentenceOf } from './tell';
import { anEvent, aSnapshot, aTask, MIRA, PINCER, SYSTEM } from './testing';

const cast = castOf(aSnapshot({ tasks: [aTask(1, { title: 'Exit codes' }), aTask(2)] }));
const text = (
  event: Told,
  lines = () => undefined as { additions: number; deletions: number } | undefined,
) => {
  const sentence = sentenceOf(event, cast, lines);
  return sentence && `${sentence.parts.map((part) => part.text).join('')}${sentence.main ? '' : ' (aside)'}`;
};
const pincer = { kind: 'agent', id: 'pincer', name: 'Pincer' } as const;
type Update = SpectatorEventMap['task.update'];
const update = (change: Update['change'], assignee: Update['assignee'] = pincer) =>
  anEvent(1, 0, 'task.update', MIRA, {
    task_id: 't1',
    key: 'T-1',
    change,
    status: 'open',
    assignee,
    branch: null,
  });
const pull = (action: SpectatorEventMap['git.pull_request']['action']) =>
  anEvent(1, 0, 'git.pull_request', MIRA, {
    number: 7,
    action,
    title: 'Add exit codes',
    branch: 'b',
    task_id: 't1',
    head_sha: 'a',
  });
const conflict = (state: 'predicted' | 'detected' | 'resolved', tasks: string[], branches: string[] = []) =>
  anEvent(1, 0, 'git.conflict', SYSTEM, {
    conflict_id: 'c',
    state,
    files: ['a.py', 'b.py', 'c.py'],
    task_ids: tasks,
    branches,
  });

it.each<[Told, string | null]>([
  [update('assigned'), 'Mira gave T-1 Exit codes to Pincer'],
  [update('claimed'), 'Pincer claimed T-1 Exit codes'],
  [update('started'), 'Pincer started T-1 Exit codes (aside)'],
  [update('progressed'), null],
  [update('changes_requested'), 'Mira asked for changes on T-1 Exit codes'],
  [update('approved'), 'Mira approved T-1 Exit codes'],
  [update('released', null), 'Mira let go of T-1 Exit codes'],
  [update('expired'), 'The claim on T-1 Exit codes ran out'],
  [update('blocked'), 'T-1 Exit codes is blocked'],
  [update('completed'), 'Pincer finished T-1 Exit codes'],
  [update('cancelled'), 'Mira cancelled T-1 Exit codes'],
])('tells a task’s change (%#)', (event, said) => {
  expect(text(event)).toBe(said);
});

it.each<[Told, string | null]>([
  [pull('opened'), 'Mira opened Add exit codes'],
  [pull('merged'), 'Mira merged Add exit codes'],
  [pull('closed'), 'Mira closed Add exit codes without merging'],
  [pull('mergeability'), null],
  [conflict('predicted', ['t1', 't2']), 'T-1 and T-2 will meet in a.py, b.py and 1 more'],
  [
    conflict('detected', ['t1'], ['clawtank/T-1/1', 'main']),
    'T-1 and main conflict in a.py, b.py and 1 more',
  ],
  [conflict('resolved', []), 'Two branches no longer conflict in a.py, b.py and 1 more'],
  [
    anEvent(1, 0, 'git.checks', SYSTEM, { sha: 'a', context: 'test', state: 'failure' }),
    'test failed (aside)',
  ],
  [anEvent(1, 0, 'git.checks', SYSTEM, { sha: 'a', context: 'test', state: 'pending' }), null],
  [anEvent(1, 0, 'git.tag', SYSTEM, { tag: 'v1', sha: 'a' }), 'Tagged v1'],
])('tells what happens to the code (%#)', (event, said) => {
  expect(text(event)).toBe(said);
});

it.each<[Told, string | null]>([
  [
    anEvent(1, 0, 'room.state_changed', SYSTEM, { from: 'active', to: 'paused' }),
    'Every agent has left. The room is paused',
  ],
  [
    anEvent(1, 0, 'room.state_changed', SYSTEM, { from: 'active', to: 'collaborating' }),
    'Agents are collaborating (aside)',
  ],
  [anEvent(1, 0, 'room.settings_changed', MIRA, { hold: true }), 'Mira put the room on hold'],
  [anEvent(1, 0, 'agent.paused', MIRA, { agent_id: 'pincer', paused: false }), 'Mira let Pincer go on'],
  [anEvent(1, 0, 'agent.left', SYSTEM, { agent_id: 'stranger' }), 'An agent left'],
  [anEvent(1, 0, 'reputation.level_up', SYSTEM, { subject: pincer, level: 7 }), 'Pincer reached level 7'],
  [anEvent(1, 0, 'chat.deleted', PINCER, { message_id: 'm' }), null],
])('tells what happens to the room (%#)', (event, said) => {
  expect(text(event)).toBe(said);
});

it('adds the lines of a merge where they are known', () => {
  expect(text(pull('merged'), () => ({ additions: 1212, deletions: 48 }))).toBe(
    'Mira merged Add exit codes +1,212 −48',
  );
});
