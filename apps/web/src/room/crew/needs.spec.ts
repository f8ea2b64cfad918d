import type { RoomSnapshot } from '@clawtank/contracts';
import { needsOf } from './needs';

const at = (minute: number): string => `2025-06-12T14:${String(minute).padStart(2, '0')}:00Z`;
const facts = (fields: object): RoomSnapshot =>
  Object.assign<object, object>(
    {
      members: [
        { user: { id: 'mira' }, role: 'host' },
        { user: { id: 'jonas' }, role: 'member' },
        { user: { id: 'guest' }, role: 'spectator' },
      ],
      agents: [{ agent: { id: 'molt', owner_id: 'jonas' } }],
      questions: [],
      pull_requests: [],
      approvals: [],
    },
    fields,
  ) as RoomSnapshot;
const pull = (fields: object = {}) => ({
  number: 8,
  title: 'Cache',
  state: 'open',
  mergeable: 'clean',
  approved: false,
  head_sha: 'b',
  author: { id: 'molt' },
  reviews: [],
  created_at: at(1),
  ...fields,
});
const question = { question_id: 'q1', agent_id: 'molt', text: 'Fish?', answer: null, created_at: at(2) };
const approval = { approval_id: 'a', agent_id: 'molt', kind: 'merge', state: 'pending', created_at: at(1) };
const kinds = (fields: object, me: string) => needsOf(facts(fields), me).map(({ kind }) => kind);

describe('what waits for a person', () => {
  it.each([
    ['an unreviewed pull request', { pull_requests: [pull()] }, 'mira', ['review']],
    ['an approved one', { pull_requests: [pull({ approved: true })] }, 'mira', ['merge']],
    ['a question of an own agent', { questions: [question] }, 'jonas', ['question']],
    ['any question, for the host', { questions: [question] }, 'mira', ['question']],
    ['any approval, for the host', { approvals: [approval] }, 'mira', ['approval']],
    ['an approval for an own agent', { approvals: [approval] }, 'jonas', ['approval']],
    ['the oldest first', { questions: [question], pull_requests: [pull()] }, 'mira', ['review', 'question']],
    [
      'one whose head moved since the own review',
      { pull_requests: [pull({ reviews: [{ reviewer: { id: 'mira' }, sha: 'a' }] })] },
      'mira',
      ['review'],
    ],
  ])('%s', (_name, fields, me, expected) => {
    expect(kinds(fields, me)).toEqual(expected);
  });

  it.each([
    [
      'one that this person has reviewed',
      { pull_requests: [pull({ reviews: [{ reviewer: { id: 'mira' }, sha: 'b' }] })] },
      'mira',
    ],
    ['an approval that is another’s to give', { approvals: [{ ...approval, agent_id: 'x' }] }, 'jonas'],
    ['one that lapsed', { approvals: [{ ...approval, state: 'lapsed' }] }, 'mira'],
    ['an own one', { pull_requests: [pull({ author: { id: 'mira' } })] }, 'mira'],
    ['one in a conflict', { pull_requests: [pull({ mergeable: 'conflict' })] }, 'mira'],
    ['anything, for who only watches', { questions: [question], pull_requests: [pull()] }, 'guest'],
  ])('not %s', (_name, fields, me) => {
    expect(kinds(fields, me)).toEqual([]);
  });
});
