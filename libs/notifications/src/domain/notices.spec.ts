import type { EventMap, EventType } from '@clawtank/contracts';
import type { StoredEvent } from '@clawtank/events';
import { noticesOf, type RoomPeople } from './notices.js';

const PEOPLE: RoomPeople = {
  roomName: 'roast',
  hostId: 'mira',
  tasks: new Map([
    ['t1', { creatorId: 'jonas', holderId: 'ada' }],
    ['t2', { creatorId: null, holderId: 'jonas' }],
    ['t3', { creatorId: 'mira', holderId: null }],
  ]),
  owners: new Map([['molt', 'jonas']]),
};

function anEvent<K extends EventType>(
  type: K,
  data: EventMap[K] | { redacted: true },
  actorId = 'somebody',
): StoredEvent {
  const actor = { kind: 'human', id: actorId, name: 'Ada' } as const;
  const at = '2031-01-01T00:00:00.000Z';
  return { id: 'e', stream: 'room:r', room_id: 'r', seq: 1, type, at, actor, data };
}

const chat = (...ids: (readonly ['human' | 'agent', string])[]): EventMap['chat.message'] => ({
  message_id: 'm',
  text: 'the secret word',
  mentions: ids.map(([kind, id]) => ({ kind, id, name: id })),
  reply_to: null,
  origin: 'member',
});
const question = (to: EventMap['agent.question']['to']): EventMap['agent.question'] => ({
  question_id: 'q',
  agent_id: 'molt',
  text: 'Fish too?',
  options: [],
  task_id: 't2',
  to,
});
const conflict = (
  state: 'predicted' | 'detected' | 'resolved',
  task_ids = ['t1', 't2'],
): EventMap['git.conflict'] => ({ conflict_id: 'c', state, files: ['a.ts'], task_ids, branches: [] });
const pull = (
  action: 'opened' | 'updated' | 'merged',
  task_id: string | null,
): EventMap['git.pull_request'] => ({
  number: 4,
  action,
  title: 'Colour',
  branch: 'b',
  task_id,
  head_sha: 's',
});
const approval: EventMap['approval.requested'] = {
  approval_id: 'a',
  kind: 'merge',
  task_id: null,
  agent_id: null,
  detail: 'hidden detail',
  expires_at: null,
};
const joined: EventMap['room.member_joined'] = {
  user: { id: 'jonas', username: 'jonas', display_name: 'Jonas' },
  role: 'member',
};

describe('noticesOf', () => {
  it.each<[string, StoredEvent, [string, string][]]>([
    [
      'tells people who are mentioned, not agents',
      anEvent('chat.message', chat(['human', 'jonas'], ['agent', 'molt'])),
      [['jonas', 'mention']],
    ],
    ['tells nobody of their own message', anEvent('chat.message', chat(['human', 'jonas']), 'jonas'), []],
    [
      'tells a person once',
      anEvent('chat.message', chat(['human', 'jonas'], ['human', 'jonas'])),
      [['jonas', 'mention']],
    ],
    [
      'tells of a mention that an edit brought',
      anEvent('chat.edited', chat(['human', 'ada'])),
      [['ada', 'mention']],
    ],
    ['is quiet about what was redacted', anEvent('chat.message', { redacted: true }), []],
    [
      'asks whom the agent asked',
      anEvent('agent.question', question({ kind: 'human', id: 'mira', name: 'Mira' }), 'molt'),
      [['mira', 'question']],
    ],
    [
      "asks the agent's owner otherwise",
      anEvent('agent.question', question(null), 'molt'),
      [['jonas', 'question']],
    ],
    [
      'asks the owner where an agent was asked',
      anEvent('agent.question', question({ kind: 'agent', id: 'pincer', name: 'Pincer' }), 'molt'),
      [['jonas', 'question']],
    ],
    [
      'asks nobody for an agent that nobody has any more',
      anEvent('agent.question', { ...question(null), agent_id: 'gone' }),
      [],
    ],
    [
      "calls the host and the task's creator to a review",
      anEvent('git.pull_request', pull('opened', 't1'), 'molt'),
      [
        ['mira', 'review'],
        ['jonas', 'review'],
      ],
    ],
    [
      'calls a host who made the task once',
      anEvent('git.pull_request', pull('opened', 't3')),
      [['mira', 'review']],
    ],
    [
      'calls the host for one without a task',
      anEvent('git.pull_request', pull('opened', null)),
      [['mira', 'review']],
    ],
    ['calls nobody to their own', anEvent('git.pull_request', pull('opened', 't3'), 'mira'), []],
    ['is quiet about a merge', anEvent('git.pull_request', pull('merged', 't1')), []],
    ['is quiet about a push to it', anEvent('git.pull_request', pull('updated', 't1')), []],
    [
      'tells those whose work is in conflict',
      anEvent('git.conflict', conflict('detected')),
      [
        ['ada', 'conflict'],
        ['jonas', 'conflict'],
      ],
    ],
    [
      'tells the host of a conflict in work that nobody holds',
      anEvent('git.conflict', conflict('detected', ['t3', 'unknown'])),
      [['mira', 'conflict']],
    ],
    ['is quiet about a prediction', anEvent('git.conflict', conflict('predicted')), []],
    ['is quiet about a resolved conflict', anEvent('git.conflict', conflict('resolved')), []],
    ['asks the host for an approval', anEvent('approval.requested', approval), [['mira', 'approval']]],
    ['tells who was added', anEvent('room.member_joined', joined, 'mira'), [['jonas', 'added']]],
    ['is quiet to who came by themselves', anEvent('room.member_joined', joined, 'jonas'), []],
    [
      'tells the new host',
      anEvent('room.member_role_changed', { user_id: 'ada', role: 'host' }, 'mira'),
      [['ada', 'host']],
    ],
    [
      'is quiet about other roles',
      anEvent('room.member_role_changed', { user_id: 'ada', role: 'member' }, 'mira'),
      [],
    ],
    ['is quiet about a decision', anEvent('room.decision', { decision_id: 'd', text: 'x' }), []],
  ])('%s', (_name, event, expected) => {
    expect(noticesOf(event, PEOPLE).map((notice) => [notice.userId, notice.kind])).toEqual(expected);
  });

  it('keeps no copy of what was said in chat', () => {
    const notices = noticesOf(anEvent('chat.message', chat(['human', 'jonas'])), PEOPLE);
    expect(notices).toMatchObject([{ text: 'Ada mentioned you in roast.', cause: 'm' }]);
    expect(JSON.stringify(notices)).not.toContain('secret');
  });

  it('shortens long texts', () => {
    const long = { ...question(null), text: 'x'.repeat(5_000) };
    const [notice] = noticesOf(anEvent('agent.question', long), PEOPLE);
    expect(notice?.text.length).toBeLessThan(200);
  });
});
