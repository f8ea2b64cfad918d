import type { EventMap } from '@clawtank/contracts';
import { type Notice, noticesOf, type NoticeType, type RoomPeople, settledBy } from './notices.js';

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

function called<K extends NoticeType>(type: K, data: EventMap[K], actorId = 'somebody'): readonly Notice[] {
  const actor = { kind: 'human', id: actorId, name: 'Ada' } as const;
  return noticesOf(type, data, { id: 'e', actor }, PEOPLE);
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
const lease = (...into: string[]): EventMap['task.lease'] => ({
  task_id: 't9',
  key: 'T-9',
  patterns: ['a.ts'],
  source: 'push',
  trespass: into.map((task_id) => ({ task_id, key: task_id.toUpperCase(), pattern: 'src/**' })),
});
const refused = (reason = 'git.stale_claim'): EventMap['git.push_refused'] => ({
  ref: 'refs/heads/main',
  reason,
  message: 'No.',
  task_id: 't9',
  key: 'T-9',
  fence: 1,
});
const approval: EventMap['approval.requested'] = {
  approval_id: 'a',
  subject: 's',
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

const update = (change: EventMap['task.update']['change']): EventMap['task.update'] => ({
  task_id: 't1',
  key: 'T-1',
  change,
  status: 'open',
  assignee: null,
  fence: null,
  branch: null,
  lease_expires_at: null,
});

describe('noticesOf', () => {
  it.each<[string, readonly Notice[], [string, string][]]>([
    [
      'tells people who are mentioned, not agents',
      called('chat.message', chat(['human', 'jonas'], ['agent', 'molt'])),
      [['jonas', 'mention']],
    ],
    ['tells nobody of their own message', called('chat.message', chat(['human', 'jonas']), 'jonas'), []],
    [
      'tells a person once',
      called('chat.message', chat(['human', 'jonas'], ['human', 'jonas'])),
      [['jonas', 'mention']],
    ],
    [
      'tells of a mention that an edit brought',
      called('chat.edited', chat(['human', 'ada'])),
      [['ada', 'mention']],
    ],
    [
      'asks whom the agent asked',
      called('agent.question', question({ kind: 'human', id: 'mira', name: 'Mira' }), 'molt'),
      [['mira', 'question']],
    ],
    [
      "asks the agent's owner otherwise",
      called('agent.question', question(null), 'molt'),
      [['jonas', 'question']],
    ],
    [
      'asks the owner where an agent was asked',
      called('agent.question', question({ kind: 'agent', id: 'pincer', name: 'Pincer' }), 'molt'),
      [['jonas', 'question']],
    ],
    [
      'asks nobody for an agent that nobody has any more',
      called('agent.question', { ...question(null), agent_id: 'gone' }),
      [],
    ],
    [
      "calls the host and the task's creator to a review",
      called('git.pull_request', pull('opened', 't1'), 'molt'),
      [
        ['mira', 'review'],
        ['jonas', 'review'],
      ],
    ],
    [
      'calls a host who made the task once',
      called('git.pull_request', pull('opened', 't3')),
      [['mira', 'review']],
    ],
    [
      'calls the host for one without a task',
      called('git.pull_request', pull('opened', null)),
      [['mira', 'review']],
    ],
    ['calls nobody to their own', called('git.pull_request', pull('opened', 't3'), 'mira'), []],
    [
      'tells the host of what nobody takes',
      called('task.update', update('unclaimed'), 'clawtank'),
      [['mira', 'unclaimed']],
    ],
    ['tells nobody of other steps of a task', called('task.update', update('released'), 'molt'), []],
    ['is quiet about a merge', called('git.pull_request', pull('merged', 't1')), []],
    ['is quiet about a push to it', called('git.pull_request', pull('updated', 't1')), []],
    [
      'tells those whose work is in conflict',
      called('git.conflict', conflict('detected')),
      [
        ['ada', 'conflict'],
        ['jonas', 'conflict'],
      ],
    ],
    [
      'tells the host of a conflict in work that nobody holds',
      called('git.conflict', conflict('detected', ['t3', 'unknown'])),
      [['mira', 'conflict']],
    ],
    ['is quiet about a prediction', called('git.conflict', conflict('predicted')), []],
    ['is quiet about a resolved conflict', called('git.conflict', conflict('resolved')), []],
    [
      'tells those into whose leases a push went, once',
      called('task.lease', lease('t1', 't2', 't2'), 'molt'),
      [
        ['ada', 'trespass'],
        ['jonas', 'trespass'],
      ],
    ],
    ['is quiet about leases that meet nobody', called('task.lease', lease()), []],
    [
      "tells an agent's owner of a refused push",
      called('git.push_refused', refused(), 'molt'),
      [['jonas', 'refused']],
    ],
    [
      'tells the host as well where it was to the default branch',
      called('git.push_refused', refused('git.default_branch_protected'), 'molt'),
      [
        ['jonas', 'refused'],
        ['mira', 'refused'],
      ],
    ],
    ['asks the host for an approval', called('approval.requested', approval), [['mira', 'approval']]],
    [
      'asks the owner of who wants it, too',
      called('approval.requested', { ...approval, agent_id: 'molt' }),
      [
        ['mira', 'approval'],
        ['jonas', 'approval'],
      ],
    ],
    ['tells who was added', called('room.member_joined', joined, 'mira'), [['jonas', 'added']]],
    ['is quiet to who came by themselves', called('room.member_joined', joined, 'jonas'), []],
    [
      'tells the new host',
      called('room.member_role_changed', { user_id: 'ada', role: 'host' }, 'mira'),
      [['ada', 'host']],
    ],
    [
      'is quiet about other roles',
      called('room.member_role_changed', { user_id: 'ada', role: 'member' }, 'mira'),
      [],
    ],
  ])('%s', (_name, notices, expected) => {
    expect(notices.map((notice) => [notice.userId, notice.kind])).toEqual(expected);
  });

  it('keeps no copy of what was said in chat', () => {
    const notices = called('chat.message', chat(['human', 'jonas']));
    expect(notices).toMatchObject([{ text: 'Ada mentioned you in roast.', cause: 'm' }]);
    expect(JSON.stringify(notices)).not.toContain('secret');
  });

  it('shortens long texts', () => {
    const long = { ...question(null), text: 'x'.repeat(5_000) };
    const [notice] = called('agent.question', long);
    expect(notice?.text.length).toBeLessThan(200);
  });
});

describe('settledBy', () => {
  it.each([
    [
      'an answer',
      settledBy('agent.answered', { question_id: 'q', agent_id: 'molt', answer: 'y' }),
      'question:q',
    ],
    ['a verdict', settledBy('approval.resolved', { approval_id: 'a', verdict: 'lapsed' }), 'approval:a'],
    ['a merge', settledBy('git.pull_request', pull('merged', null)), 'pull:4'],
    ['a push to it', settledBy('git.pull_request', pull('updated', null)), null],
    ['a resolved conflict', settledBy('git.conflict', conflict('resolved')), 'conflict:c'],
    ['a detected one', settledBy('git.conflict', conflict('detected')), null],
  ])('%s settles what waits for it', (_name, settled, subject) => expect(settled).toBe(subject));

  it('names what a notice waits for by the same words', () => {
    const [notice] = called('agent.question', question(null));
    const answer = { question_id: 'q', agent_id: 'molt', answer: 'y' };
    expect(notice?.subject).toBe(settledBy('agent.answered', answer));
  });
});
