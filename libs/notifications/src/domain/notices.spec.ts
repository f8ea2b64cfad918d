import type { EventMap, EventType } from '@clawtank/contracts';
import type { StoredEvent } from '@clawtank/events';
import { noticesOf, type RoomPeople } from './notices.js';

const PEOPLE: RoomPeople = {
  roomName: 'roast',
  hostId: 'mira',
  agents: [
    { agentId: 'pincer', ownerId: 'mira', taskId: 't1' },
    { agentId: 'molt', ownerId: 'jonas', taskId: 't2' },
  ],
};

function anEvent<K extends EventType>(
  type: K,
  data: EventMap[K] | { redacted: true },
  actorId = 'somebody',
): StoredEvent {
  const actor = { kind: 'human', id: actorId, name: 'Ada' } as const;
  return {
    id: 'e',
    stream: 'room:r',
    room_id: 'r',
    seq: 1,
    type,
    at: '2026-01-01T00:00:00.000Z',
    actor,
    data,
  };
}

const chat = (text: string, ids: readonly ['human' | 'agent', string][]): EventMap['chat.message'] => ({
  message_id: 'm',
  text,
  mentions: ids.map(([kind, id]) => ({ kind, id, name: id })),
  reply_to: null,
  origin: 'member',
});
const question = (to: string | null): EventMap['agent.question'] => ({
  question_id: 'q',
  agent_id: 'molt',
  text: 'Fish too?',
  options: [],
  task_id: 't2',
  to: to === null ? null : { kind: 'human', id: to, name: to },
});
const conflict = (state: 'predicted' | 'detected'): EventMap['git.conflict'] => ({
  conflict_id: 'c',
  state,
  files: ['a.ts'],
  task_ids: ['t1', 't2'],
  branches: [],
});
const pull = (action: 'opened' | 'merged'): EventMap['git.pull_request'] => ({
  number: 4,
  action,
  title: 'Colour',
  branch: 'b',
  task_id: 't1',
  head_sha: 's',
});

describe('noticesOf', () => {
  it.each<[string, StoredEvent, [string, string][]]>([
    [
      'tells people who are mentioned, not agents',
      anEvent(
        'chat.message',
        chat('hi', [
          ['human', 'jonas'],
          ['agent', 'molt'],
        ]),
      ),
      [['jonas', 'mention']],
    ],
    [
      'tells nobody of their own message',
      anEvent('chat.message', chat('note to me', [['human', 'jonas']]), 'jonas'),
      [],
    ],
    [
      'tells a person once',
      anEvent(
        'chat.message',
        chat('you, you', [
          ['human', 'jonas'],
          ['human', 'jonas'],
        ]),
      ),
      [['jonas', 'mention']],
    ],
    [
      'asks whom the agent asked',
      anEvent('agent.question', question('mira'), 'molt'),
      [['mira', 'question']],
    ],
    [
      "asks the agent's owner otherwise",
      anEvent('agent.question', question(null), 'molt'),
      [['jonas', 'question']],
    ],
    ['calls the host to a review', anEvent('git.pull_request', pull('opened'), 'molt'), [['mira', 'review']]],
    ['is quiet about a merge', anEvent('git.pull_request', pull('merged')), []],
    [
      'tells host and owners of a conflict',
      anEvent('git.conflict', conflict('detected')),
      [
        ['mira', 'conflict'],
        ['jonas', 'conflict'],
      ],
    ],
    ['is quiet about a prediction', anEvent('git.conflict', conflict('predicted')), []],
    ['is quiet about what was redacted', anEvent('chat.message', { redacted: true }), []],
  ])('%s', (_name, event, expected) => {
    expect(noticesOf(event, PEOPLE).map((notice) => [notice.userId, notice.kind])).toEqual(expected);
  });

  it('shortens long texts', () => {
    const [notice] = noticesOf(anEvent('chat.message', chat('x'.repeat(500), [['human', 'jonas']])), PEOPLE);
    expect(notice?.text.length).toBeLessThan(200);
  });
});
