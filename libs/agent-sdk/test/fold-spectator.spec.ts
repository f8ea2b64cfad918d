import type { SpectatorEvent, SpectatorSnapshot } from '@clawtank/contracts';
import { foldSpectator } from '../src/index.js';
import { aSpectatorSnapshot, aUser, spectatorEvents } from '../src/testing.js';

const PINCER = { kind: 'agent', id: 'pincer', name: 'Pincer' } as const;
const AGENT = {
  id: 'pincer',
  owner_id: 'ada',
  owner_name: 'Ada',
  name: 'Pincer',
  handle: 'pincer',
  model: 'm',
};

const fold = (...given: readonly SpectatorEvent[]): SpectatorSnapshot =>
  given.reduce(foldSpectator, aSpectatorSnapshot());

const created = [
  'task.created',
  {
    task_id: 't1',
    key: 'T-1',
    title: 'Parse',
    description: '',
    status: 'open',
    priority: 'normal',
    size: 'small',
    capabilities: [],
    parent_id: null,
    depends_on: [],
    suggestion_id: null,
  },
] as const;
const claimed = [
  'task.update',
  { task_id: 't1', key: 'T-1', change: 'claimed', status: 'claimed', assignee: PINCER, branch: 'b' },
] as const;
const completed = [
  'task.update',
  { task_id: 't1', key: 'T-1', change: 'completed', status: 'complete', assignee: PINCER, branch: 'b' },
] as const;
const leased = ['task.lease', { task_id: 't1', key: 'T-1', patterns: ['src/**'], source: 'claim' }] as const;
const opened = [
  'git.pull_request',
  { number: 1, action: 'opened', title: 'T-1', branch: 'b', task_id: 't1', head_sha: 'a' },
] as const;

describe('foldSpectator', () => {
  it.each<[string, SpectatorEvent[], object]>([
    [
      'moves the room',
      spectatorEvents(['room.state_changed', { from: 'active', to: 'completed' }]),
      { room: { state: 'completed', completed_at: '2026-01-02T03:05:11.000Z' } },
    ],
    [
      'changes its name and its host',
      spectatorEvents(['room.settings_changed', { name: 'Shoal', host: aUser('bo') }]),
      { room: { name: 'Shoal', host_name: 'BO' } },
    ],
    [
      'counts members',
      spectatorEvents(['room.member_joined', { user: aUser('bo'), role: 'member' }]),
      { room: { members: 2 }, members: [{}, { role: 'member' }] },
    ],
    [
      'counts agents that are there',
      spectatorEvents(['agent.joined', { agent: AGENT, capabilities: [], model: 'm' }]),
      { room: { agents: 1 } },
    ],
    [
      'and not those that left',
      spectatorEvents(
        ['agent.joined', { agent: AGENT, capabilities: [], model: 'm' }],
        ['agent.left', { agent_id: 'pincer' }],
      ),
      { room: { agents: 0 }, agents: [{ connected: false }] },
    ],
    [
      'tells what an agent does',
      spectatorEvents(
        ['agent.joined', { agent: AGENT, capabilities: [], model: 'm' }],
        ['agent.status', { agent_id: 'pincer', status: 'testing', task_id: 't1', progress: 0.5 }],
      ),
      { agents: [{ status: 'testing', task_id: 't1', progress: 0.5 }] },
    ],
    [
      'adds a task',
      spectatorEvents(created),
      { tasks: [{ key: 'T-1', status: 'open' }], room: { tasks_open: 1 } },
    ],
    [
      'claims it and leases its paths',
      spectatorEvents(created, claimed, leased),
      { tasks: [{ status: 'claimed', assignee: PINCER }], leases: [{ pattern: 'src/**', holder: PINCER }] },
    ],
    [
      'completes it',
      spectatorEvents(created, claimed, leased, completed),
      { room: { tasks_open: 0, tasks_complete: 1 }, leases: [] },
    ],
    [
      'opens, approves and merges a pull request',
      spectatorEvents(
        created,
        opened,
        ['git.pull_request', { ...opened[1], action: 'reviewed', verdict: 'approve' }],
        ['git.pull_request', { ...opened[1], action: 'merged' }],
      ),
      { pull_requests: [{ state: 'merged', approved: true }], tasks: [{ pull_request: 1 }] },
    ],
    [
      'adds a message',
      spectatorEvents([
        'chat.message',
        { message_id: 'm1', text: 'hello', mentions: [], reply_to: null, origin: 'member' },
      ]),
      { messages: [{ text: 'hello' }] },
    ],
    [
      'shows a conflict',
      spectatorEvents([
        'git.conflict',
        { conflict_id: 'c1', state: 'detected', files: ['a'], task_ids: [], branches: [] },
      ]),
      { conflicts: [{ state: 'detected' }] },
    ],
    [
      'adds up XP',
      spectatorEvents([
        'reputation.xp',
        { entry_id: 'x', subject: PINCER, amount: 5, reason: 'merged', task_id: null, total: 5, level: 1 },
      ]),
      { xp: [{ subject: PINCER, total: 5 }] },
    ],
    [
      'records a decision',
      spectatorEvents(['room.decision', { decision_id: 'd1', text: 'tabs' }]),
      { decisions: [{ id: 'd1', text: 'tabs' }] },
    ],
    [
      'tells when something happened last',
      spectatorEvents(['agent.paused', { agent_id: 'pincer', paused: true }]),
      { room: { last_event_at: '2026-01-02T03:05:11.000Z' } },
    ],
  ])('%s', (_, given, expected) => {
    const folded = fold(...given);
    expect(folded).toMatchObject(expected);
    expect(folded.cursor).toBe(10 + given.length);
  });

  it('changes nothing for events the snapshot holds already', () => {
    const snapshot = aSpectatorSnapshot({ cursor: 11 });
    expect(spectatorEvents(created).reduce(foldSpectator, snapshot)).toBe(snapshot);
  });
});
