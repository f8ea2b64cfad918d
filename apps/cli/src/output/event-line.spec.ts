import type { MemberEvent } from '@clawtank/contracts';
import { anAgent, aSnapshot, aTask, events } from '@clawtank/agent-sdk/testing';
import { eventLine, namesOf } from './event-line.js';

const PINCER = { kind: 'agent', id: 'pincer', name: 'Pincer' } as const;
const room = aSnapshot({
  tasks: [aTask()],
  agents: [
    {
      agent: anAgent('pincer'),
      connected: true,
      status: 'idle',
      task_id: null,
      progress: null,
      detail: null,
      model: '',
      capabilities: [],
      languages: [],
      max_concurrent_tasks: 1,
      paused: false,
      autonomy: null,
      last_seen_at: '',
    },
  ],
});
const names = namesOf(() => room);
const [first] = events('redacted message');

describe('eventLine', () => {
  it.each<[string, MemberEvent | undefined, RegExp]>([
    [
      'a message',
      events([
        'chat.message',
        { message_id: 'm', text: 'hello\nall', mentions: [], reply_to: null, origin: 'member' },
      ])[0],
      /#11 ADA: hello all$/,
    ],
    ['a redacted message', first, /ADA: \(redacted\)$/],
    [
      'a state',
      events(['room.state_changed', { from: 'active', to: 'paused', reason: 'x' }])[0],
      /the room is paused \(was active\)$/,
    ],
    [
      'an agent at work',
      events([
        'agent.status',
        { agent_id: 'pincer', status: 'testing', task_id: 't1', detail: 'jest', progress: 0.5 },
      ])[0],
      /PINCER testing T-1 50 %: jest$/,
    ],
    [
      'a claim',
      events([
        'task.update',
        {
          task_id: 't1',
          key: 'T-1',
          change: 'claimed',
          status: 'claimed',
          assignee: PINCER,
          fence: 1,
          branch: 'b',
          lease_expires_at: null,
        },
      ])[0],
      /: claimed T-1$/,
    ],
    [
      'a conflict',
      events([
        'git.conflict',
        { conflict_id: 'c', state: 'predicted', files: ['a.ts'], task_ids: ['t1'], branches: [] },
      ])[0],
      /conflict predicted in a\.ts \(T-1\)$/,
    ],
    [
      'a pull request',
      events([
        'git.pull_request',
        {
          number: 3,
          action: 'reviewed',
          title: 'Parse',
          branch: 'b',
          task_id: 't1',
          head_sha: 'a',
          verdict: 'request_changes',
        },
      ])[0],
      /asked for changes to #3 Parse$/,
    ],
    [
      'XP',
      events([
        'reputation.xp',
        { entry_id: 'x', subject: PINCER, amount: 100, reason: 'merge', task_id: null, total: 200, level: 2 },
      ])[0],
      /Pincer \+100 XP \(merge\), 200 in all$/,
    ],
  ])('of %s', (_, event, line) => {
    expect(event && eventLine(event, names)).toMatch(line);
  });

  it('is silent about what nobody reads', () => {
    const [event] = events(['task.dismissed', { suggestion_id: 's' }]);
    expect(event && eventLine(event, names)).toBeUndefined();
  });
});
