import type { EventMap, MemberEvent, Principal, RoomSnapshot, TaskView } from '@clawtank/contracts';
import { foldRoom } from '../src/index.js';
import { anAgent, aSnapshot, aTask, aUser, events } from '../src/testing.js';

const PINCER: Principal = { kind: 'agent', id: 'pincer', name: 'PINCER' };
const ADA = { kind: 'human', id: 'ada', name: 'ADA' } as const;

const fold = (from: RoomSnapshot, ...given: readonly MemberEvent[]): RoomSnapshot =>
  given.reduce(foldRoom, from);

const message = (id: string, text: string): readonly ['chat.message', EventMap['chat.message']] => [
  'chat.message',
  { message_id: id, text, mentions: [], reply_to: null, origin: 'member' },
];

const update = (
  fields: Partial<EventMap['task.update']>,
): readonly ['task.update', EventMap['task.update']] => [
  'task.update',
  {
    task_id: 't1',
    key: 'T-1',
    change: 'claimed',
    status: 'claimed',
    assignee: PINCER,
    fence: 1,
    branch: 'clawtank/T-1/1',
    lease_expires_at: '2026-01-02T03:20:00.000Z',
    ...fields,
  },
];

const pull = (
  fields: Partial<EventMap['git.pull_request']>,
): readonly ['git.pull_request', EventMap['git.pull_request']] => [
  'git.pull_request',
  { number: 1, action: 'opened', title: 'T-1', branch: 'b', task_id: 't1', head_sha: 'aaa', ...fields },
];

const joined = [
  'agent.joined',
  { agent: anAgent('pincer'), capabilities: ['go'], languages: [], model: 'm', max_concurrent_tasks: 2 },
] as const;
const withTask = aSnapshot({ tasks: [aTask()] });

describe('foldRoom', () => {
  it('lists the newest pull request first', () => {
    const folded = fold(aSnapshot(), ...events(pull({}), pull({ number: 2 }), pull({ action: 'merged' })));
    expect(folded.pull_requests.map((one) => one.number)).toEqual([2, 1]);
  });

  it.each<[string, RoomSnapshot, MemberEvent[], object]>([
    [
      'moves the room',
      aSnapshot(),
      events(['room.state_changed', { from: 'active', to: 'collaborating', reason: 'x' }]),
      { room: { state: 'collaborating', archive_at: null } },
    ],
    [
      'sets the deadline of a paused room',
      aSnapshot(),
      events(['room.state_changed', { from: 'active', to: 'paused', reason: 'x' }]),
      { room: { archive_at: '2026-01-03T03:05:11.000Z' } },
    ],
    [
      'completes the room',
      aSnapshot(),
      events(['room.state_changed', { from: 'active', to: 'completed', reason: 'x' }]),
      { room: { completed_at: '2026-01-02T03:05:11.000Z', archive_at: '2026-01-09T03:05:11.000Z' } },
    ],
    [
      'changes only the settings that changed',
      aSnapshot(),
      events(['room.settings_changed', { hold: true, settings: { max_agents: 3 } }]),
      { room: { hold: true, name: 'Reef', settings: { max_agents: 3, max_members: 50 } } },
    ],
    [
      'adds a member',
      aSnapshot(),
      events(['room.member_joined', { user: aUser('bo'), role: 'member' }]),
      { members: [{ role: 'host' }, { user: { id: 'bo' }, role: 'member' }] },
    ],
    [
      'takes a member out',
      aSnapshot(),
      events(['room.member_left', { user_id: 'ada', reason: 'left' }]),
      { members: [] },
    ],
    [
      'changes a role',
      aSnapshot(),
      events(['room.member_role_changed', { user_id: 'ada', role: 'member' }]),
      { members: [{ role: 'member' }] },
    ],
    [
      'records a decision',
      aSnapshot(),
      events(['room.decision', { decision_id: 'd1', text: 'tabs' }]),
      { decisions: [{ id: 'd1', text: 'tabs', by: ADA }] },
    ],
    [
      'lets an agent in',
      aSnapshot(),
      events(joined),
      {
        agents: [
          {
            agent: { id: 'pincer' },
            connected: true,
            status: 'ready',
            capabilities: ['go'],
            max_concurrent_tasks: 2,
          },
        ],
      },
    ],
    [
      'keeps an agent that left',
      aSnapshot(),
      events(joined, ['agent.left', { agent_id: 'pincer', reason: 'timeout' }]),
      { agents: [{ connected: false }] },
    ],
    [
      'shows an agent once when it returns',
      aSnapshot(),
      events(joined, ['agent.left', { agent_id: 'pincer', reason: 'timeout' }], joined),
      { agents: [{ connected: true }] },
    ],
    [
      'tells what an agent does',
      aSnapshot(),
      events(joined, [
        'agent.status',
        { agent_id: 'pincer', status: 'testing', task_id: 't1', detail: 'jest', progress: 0.5 },
      ]),
      { agents: [{ status: 'testing', task_id: 't1', detail: 'jest', progress: 0.5 }] },
    ],
    [
      'pauses an agent',
      aSnapshot(),
      events(joined, ['agent.paused', { agent_id: 'pincer', paused: true }]),
      { agents: [{ paused: true }] },
    ],
    [
      'opens a question',
      aSnapshot(),
      events([
        'agent.question',
        { question_id: 'q1', agent_id: 'pincer', text: 'tabs?', options: [], task_id: null, to: null },
      ]),
      { questions: [{ question_id: 'q1', text: 'tabs?', answer: null }] },
    ],
    [
      'closes an answered question',
      aSnapshot(),
      events(
        [
          'agent.question',
          { question_id: 'q1', agent_id: 'pincer', text: 'tabs?', options: [], task_id: null, to: null },
        ],
        ['agent.answered', { question_id: 'q1', agent_id: 'pincer', answer: 'yes' }],
      ),
      { questions: [] },
    ],
    [
      'opens and closes an approval',
      aSnapshot(),
      events(
        [
          'approval.requested',
          {
            approval_id: 'a1',
            kind: 'merge',
            task_id: null,
            agent_id: null,
            detail: '',
            subject: 's',
            expires_at: null,
          },
        ],
        ['approval.resolved', { approval_id: 'a1', verdict: 'granted' }],
      ),
      { approvals: [] },
    ],
    [
      'adds a message',
      aSnapshot(),
      events(message('m1', 'hello')),
      { messages: [{ message_id: 'm1', seq: 11, text: 'hello', author: ADA, edited_at: null }] },
    ],
    [
      'edits a message',
      aSnapshot(),
      events(message('m1', 'helo'), [
        'chat.edited',
        { message_id: 'm1', text: 'hello', mentions: [], reply_to: null },
      ]),
      { messages: [{ text: 'hello', edited_at: '2026-01-02T03:05:12.000Z' }] },
    ],
    [
      'keeps an edit when the first text is redacted',
      aSnapshot(),
      events(
        message('m1', 'helo'),
        ['chat.edited', { message_id: 'm1', text: 'hello', mentions: [], reply_to: null }],
        ['redaction', { stream: 'room:r1', seq: 11 }],
      ),
      { messages: [{ text: 'hello' }] },
    ],
    [
      'fills in an edit after a message that was read redacted',
      aSnapshot(),
      events('redacted message', [
        'chat.edited',
        { message_id: 'event-11', text: 'hello', mentions: [], reply_to: 'm0' },
      ]),
      { messages: [{ message_id: 'event-11', text: 'hello', reply_to: 'm0' }] },
    ],
    [
      'empties a redacted message',
      aSnapshot(),
      events(message('m1', 'secret'), ['redaction', { stream: 'room:r1', seq: 11 }]),
      { messages: [{ text: '' }] },
    ],
    [
      'empties a deleted message',
      aSnapshot(),
      events(message('m1', 'oops'), ['chat.deleted', { message_id: 'm1' }]),
      { messages: [{ text: '', deleted: true }] },
    ],
    [
      'adds a reaction once',
      aSnapshot(),
      events(
        message('m1', 'hi'),
        ['chat.reaction', { message_id: 'm1', emoji: '🦀', added: true }],
        ['chat.reaction', { message_id: 'm1', emoji: '🦀', added: true }],
      ),
      { messages: [{ reactions: [{ emoji: '🦀', by: ['ada'] }] }] },
    ],
    [
      'takes a reaction back',
      aSnapshot(),
      events(
        message('m1', 'hi'),
        ['chat.reaction', { message_id: 'm1', emoji: '🦀', added: true }],
        ['chat.reaction', { message_id: 'm1', emoji: '🦀', added: false }],
      ),
      { messages: [{ reactions: [] }] },
    ],
    [
      'suggests a task',
      aSnapshot(),
      events([
        'task.suggested',
        {
          suggestion_id: 's1',
          message_id: 'm1',
          title: 'Fix it',
          priority: 'high',
          paths: [],
          confidence: 0.9,
        },
      ]),
      { suggestions: [{ id: 's1', title: 'Fix it', confidence: 0.9 }] },
    ],
    [
      'dismisses a suggestion',
      aSnapshot(),
      events(
        [
          'task.suggested',
          {
            suggestion_id: 's1',
            message_id: 'm1',
            title: 'Fix it',
            priority: 'high',
            paths: [],
            confidence: 0.9,
          },
        ],
        ['task.dismissed', { suggestion_id: 's1' }],
      ),
      { suggestions: [] },
    ],
    [
      'edits a task',
      withTask,
      events(
        update({
          change: 'edited',
          status: 'open',
          assignee: null,
          fence: null,
          branch: null,
          lease_expires_at: null,
          edited: { title: 'Write the lexer', priority: 'high' },
        }),
      ),
      { tasks: [{ title: 'Write the lexer', priority: 'high', size: 'medium', fence: null }] },
    ],
    [
      'claims a task',
      withTask,
      events(update({})),
      { tasks: [{ status: 'claimed', assignee: PINCER, fence: 1, branch: 'clawtank/T-1/1' }] },
    ],
    [
      'leases its paths',
      withTask,
      events(update({}), [
        'task.lease',
        { task_id: 't1', key: 'T-1', patterns: ['src/**', 'a.ts'], source: 'claim', trespass: [] },
      ]),
      {
        leases: [
          { pattern: 'src/**', holder: PINCER, expires_at: '2026-01-02T03:20:00.000Z' },
          { pattern: 'a.ts' },
        ],
      },
    ],
    [
      'gives leases back with the claim, keeping fence and branch',
      withTask,
      events(
        update({}),
        ['task.lease', { task_id: 't1', key: 'T-1', patterns: ['src/**'], source: 'claim', trespass: [] }],
        update({ change: 'released', status: 'open', assignee: null, lease_expires_at: null }),
      ),
      { leases: [], tasks: [{ status: 'open', assignee: null, fence: 1, branch: 'clawtank/T-1/1' }] },
    ],
    [
      'blocks and unblocks a task',
      withTask,
      events(
        update({ change: 'blocked', status: 'blocked', blocked_by: { kind: 'conflict', files: ['a.ts'] } }),
        update({ change: 'unblocked', status: 'review' }),
      ),
      { tasks: [{ status: 'review', blocked_by: null }] },
    ],
    [
      'completes a task',
      withTask,
      events(update({ change: 'completed', status: 'complete' })),
      { tasks: [{ status: 'complete', completed_at: '2026-01-02T03:05:11.000Z' }] },
    ],
    [
      'makes a branch',
      aSnapshot(),
      events(['git.branch', { branch: 'b', action: 'created', old_sha: null, sha: 'aaa', task_id: 't1' }]),
      { branches: [{ name: 'b', sha: 'aaa', task_id: 't1' }] },
    ],
    [
      'moves the default branch',
      aSnapshot(),
      events(['git.branch', { branch: 'main', action: 'updated', old_sha: null, sha: 'bbb', task_id: null }]),
      { room: { repository: { head_sha: 'bbb' } } },
    ],
    [
      'deletes a branch',
      aSnapshot(),
      events(
        ['git.branch', { branch: 'b', action: 'created', old_sha: null, sha: 'aaa', task_id: null }],
        ['git.branch', { branch: 'b', action: 'deleted', old_sha: 'aaa', sha: null, task_id: null }],
      ),
      { branches: [] },
    ],
    [
      'opens a pull request on its task',
      withTask,
      events(pull({})),
      {
        pull_requests: [{ number: 1, state: 'open', base: 'main', approved: false }],
        tasks: [{ pull_request: 1 }],
      },
    ],
    [
      'approves it',
      withTask,
      events(pull({}), pull({ action: 'reviewed', verdict: 'approve' })),
      { pull_requests: [{ approved: true }] },
    ],
    [
      'lets the approval lapse when its head moves',
      withTask,
      events(
        pull({}),
        pull({ action: 'reviewed', verdict: 'approve' }),
        pull({ action: 'updated', head_sha: 'bbb' }),
      ),
      { pull_requests: [{ approved: false, head_sha: 'bbb' }] },
    ],
    [
      'tells whether it merges',
      withTask,
      events(pull({}), pull({ action: 'mergeability', mergeable: 'conflict' })),
      { pull_requests: [{ mergeable: 'conflict' }] },
    ],
    [
      'merges it',
      withTask,
      events(pull({}), pull({ action: 'merged', merged_sha: 'ccc' })),
      { pull_requests: [{ state: 'merged', merged_sha: 'ccc', merged_at: '2026-01-02T03:05:12.000Z' }] },
    ],
    [
      'lets those in the merge queue move up',
      withTask,
      events(
        ...[1, 2, 3, 4].map((number) => pull({ number })),
        ...[2, 3, 4].map((number) => pull({ number, action: 'queued', position: number - 1 })),
        pull({ number: 2, action: 'merged' }),
        pull({ number: 3, action: 'dequeued', reason: 'It does not merge.' }),
      ),
      { pull_requests: [4, 3, 2, 1].map((number) => ({ number, queue_position: number === 4 ? 1 : null })) },
    ],
    [
      'closes it',
      withTask,
      events(pull({}), pull({ action: 'closed' })),
      { pull_requests: [{ state: 'closed' }] },
    ],
    [
      'sets a check',
      withTask,
      events(pull({}), [
        'git.checks',
        { sha: 'aaa', context: 'ci', state: 'success', description: '', target_url: null },
      ]),
      { pull_requests: [{ checks: [{ context: 'ci', state: 'success' }] }] },
    ],
    [
      'predicts, detects and resolves a conflict',
      aSnapshot(),
      events(
        [
          'git.conflict',
          { conflict_id: 'c1', state: 'predicted', files: ['a.ts'], task_ids: ['t1'], branches: ['b'] },
        ],
        [
          'git.conflict',
          { conflict_id: 'c1', state: 'resolved', files: ['a.ts'], task_ids: ['t1'], branches: ['b'] },
        ],
      ),
      {
        conflicts: [
          {
            state: 'resolved',
            created_at: '2026-01-02T03:05:11.000Z',
            resolved_at: '2026-01-02T03:05:12.000Z',
          },
        ],
      },
    ],
    [
      'adds up XP',
      aSnapshot({ xp: [{ subject: ADA, total: 50, level: 1 }] }),
      events([
        'reputation.xp',
        {
          entry_id: 'x',
          subject: PINCER,
          amount: 100,
          reason: 'merged',
          task_id: null,
          total: 100,
          level: 2,
        },
      ]),
      {
        xp: [
          { subject: PINCER, total: 100 },
          { subject: ADA, total: 50 },
        ],
      },
    ],
  ])('%s', (_, from, given, expected) => {
    const folded = fold(from, ...given);
    expect(folded).toMatchObject(expected);
    expect(folded.cursor).toBe(10 + given.length);
  });

  it('makes a task of an accepted suggestion', () => {
    const created: EventMap['task.created'] = {
      task_id: 't2',
      key: 'T-2',
      title: 'Fix it',
      description: '',
      status: 'open',
      priority: 'high',
      size: 'small',
      capabilities: [],
      languages: [],
      paths: [],
      parent_id: null,
      depends_on: [],
      source_message_id: 'm1',
      follow_up_of: null,
      suggestion_id: 's1',
    };
    const folded = fold(
      aSnapshot(),
      ...events(
        [
          'task.suggested',
          {
            suggestion_id: 's1',
            message_id: 'm1',
            title: 'Fix it',
            priority: 'high',
            paths: [],
            confidence: 1,
          },
        ],
        ['task.created', created],
      ),
    );
    const at = '2026-01-02T03:05:12.000Z';
    const task: TaskView = aTask({
      id: 't2',
      key: 'T-2',
      title: 'Fix it',
      priority: 'high',
      size: 'small',
      source_message_id: 'm1',
      source_message_ids: ['m1'],
      follow_up_of: null,
      created_at: at,
      updated_at: at,
    });
    expect(folded.tasks).toEqual([task]);
    expect(folded.suggestions).toEqual([]);
  });

  it('changes nothing for events the snapshot holds already', () => {
    const snapshot = aSnapshot({ cursor: 11 });
    expect(fold(snapshot, ...events(message('m1', 'hello')))).toBe(snapshot);
  });

  it('moves its cursor for types it does not know', () => {
    const [known] = events(message('m1', 'hello'));
    const unknown = JSON.parse(JSON.stringify({ ...known, type: 'room.teleported' })) as MemberEvent;
    expect(foldRoom(aSnapshot(), unknown)).toEqual(aSnapshot({ cursor: 11 }));
  });
});
