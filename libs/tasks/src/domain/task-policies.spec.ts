import type { Verdict } from '@clawtank/kernel';
import { mayMergeTask } from './may-merge.js';
import type { Claim, Task } from './task.js';
import * as policy from './task-policies.js';

const NOW = new Date(0);
const claim = (some: Partial<Claim> = {}): Claim => ({
  fence: 2,
  claimant: { kind: 'agent', id: 'pincer', name: 'Pincer', userId: 'bob' },
  branch: 'clawtank/T-1/2',
  baseBranch: 'main',
  leaseExpiresAt: NOW,
  heldFor: null,
  endedAt: null,
  endReason: null,
  ...some,
});
const task = (some: Partial<Task> = {}): Task => ({
  id: 't',
  roomId: 'r',
  number: 1,
  key: 'T-1',
  title: 'Add a footer',
  description: '',
  status: 'open',
  blockedFrom: null,
  blockers: { dependencies: [], conflict: null, paths: null, manual: null },
  priority: 'normal',
  size: 'medium',
  capabilities: [],
  languages: [],
  paths: [],
  parentId: null,
  dependsOn: [],
  openSubtasks: [],
  createdBy: { kind: 'human', id: 'ada', name: 'Ada' },
  sourceMessageIds: [],
  followUpOf: null,
  deadline: null,
  addressedTo: [],
  beside: [],
  claim: null,
  keptBranch: null,
  progress: null,
  note: null,
  summary: null,
  pullRequest: null,
  approvedFence: null,
  openSince: NOW,
  offersDueAt: null,
  createdAt: NOW,
  updatedAt: NOW,
  completedAt: null,
  ...some,
});
const held = (some: Partial<Task> = {}): Task => task({ status: 'review', claim: claim(), ...some });
const ended = task({ claim: claim({ endedAt: NOW, endReason: 'released' }) });

const ada = { kind: 'human', id: 'ada', userId: 'ada' } as const;
const bob = { kind: 'human', id: 'bob', userId: 'bob' } as const;
const pincer = { kind: 'agent', id: 'pincer', userId: 'bob' } as const;
const clawdia = { kind: 'agent', id: 'clawdia', userId: 'ada' } as const;
const worker = { name: 'Pincer', present: true, paused: false, maxConcurrentTasks: 1, busyWith: [] };

const reason = (verdict: Verdict): string => (verdict.allowed ? 'allowed' : verdict.because.reason);

describe('who may do what', () => {
  it.each<[string, Verdict, string]>([
    ['claim an open task', policy.mayBeClaimed(task()), 'allowed'],
    ['claim one that was given back', policy.mayBeClaimed(ended), 'allowed'],
    ['claim a held one', policy.mayBeClaimed(held({ status: 'claimed' })), 'task.taken'],
    ['claim a held one that is blocked', policy.mayBeClaimed(held({ status: 'blocked' })), 'task.taken'],
    ['claim a blocked one', policy.mayBeClaimed(task({ status: 'blocked' })), 'task.blocked'],
    ['claim a finished one', policy.mayBeClaimed(task({ status: 'complete' })), 'task.closed'],
    ['claim a cancelled one', policy.mayBeClaimed(task({ status: 'cancelled' })), 'task.closed'],
    ['take on with a hand free', policy.mayTakeOn(worker), 'allowed'],
    ['take on with none', policy.mayTakeOn({ ...worker, busyWith: ['T-9'] }), 'task.agent_busy'],
    ['take on while paused', policy.mayTakeOn({ ...worker, paused: true }), 'task.agent_paused'],
    ['take on from afar', policy.mayTakeOn({ ...worker, present: false }), 'task.agent_absent'],
    ['step as the holder', policy.mayStep(held(), pincer, 2), 'allowed'],
    ['step with an old fence', policy.mayStep(held(), pincer, 1), 'claim.stale'],
    ['step with a fence to come', policy.mayStep(held(), pincer, 3), 'claim.stale'],
    ['step with a claim that has ended', policy.mayStep(ended, pincer, 2), 'claim.stale'],
    ['step without any claim', policy.mayStep(task(), pincer, 1), 'claim.stale'],
    ['step as somebody else', policy.mayStep(held(), clawdia, 2), 'task.not_yours'],
    ['step as the owner', policy.mayStep(held(), bob, 2), 'task.not_yours'],
    ['release as the owner', policy.mayRelease(held(), bob, 2, false), 'allowed'],
    ['release as the host', policy.mayRelease(held(), ada, 2, true), 'allowed'],
    ['release as the host, too late', policy.mayRelease(held(), ada, 1, true), 'claim.stale'],
    ['release as another person', policy.mayRelease(held(), ada, 2, false), 'task.not_yours'],
    ["release as the host's agent", policy.mayRelease(held(), clawdia, 2, true), 'task.not_yours'],
    ['change as a person', policy.mayChange(held(), bob), 'allowed'],
    ['change as the holder', policy.mayChange(held(), pincer), 'allowed'],
    ['change as another agent', policy.mayChange(held(), clawdia), 'task.not_its_own'],
    ['change as a holder of before', policy.mayChange(ended, pincer), 'task.not_its_own'],
    ['cancel as the holder', policy.mayCancel(held(), pincer), 'task.not_its_own'],
    [
      'cancel what it made',
      policy.mayCancel(task({ createdBy: { ...pincer, name: '' } }), pincer),
      'allowed',
    ],
    ['block as a person', policy.mayBlock(held(), ada, undefined), 'allowed'],
    ['block as a person, too late', policy.mayBlock(held(), ada, 1), 'claim.stale'],
    ['block as the holder', policy.mayBlock(held(), pincer, 2), 'allowed'],
    ['block as an agent without a fence', policy.mayBlock(held(), pincer, undefined), 'task.fence_needed'],
    ['review what is in review', policy.mayReview(held()), 'allowed'],
    ['review too early', policy.mayReview(held({ status: 'in_progress' })), 'task.not_in_review'],
    ['review beside a pull request', policy.mayReview(held({ pullRequest: 3 })), 'task.has_pull_request'],
    ['complete what was approved', policy.mayComplete(held({ approvedFence: 2 })), 'allowed'],
    ['complete what nobody approved', policy.mayComplete(held()), 'task.not_approved'],
    [
      'complete what was approved before',
      policy.mayComplete(held({ approvedFence: 1 })),
      'task.not_approved',
    ],
    [
      'complete what has a pull request',
      policy.mayComplete(held({ approvedFence: 2, pullRequest: 3 })),
      'task.has_pull_request',
    ],
    [
      'complete before the subtasks',
      policy.mayComplete(held({ approvedFence: 2, openSubtasks: ['T-2'] })),
      'task.open_subtasks',
    ],
    ['merge what is in review', mayMergeTask(held({ pullRequest: 3 })), 'allowed'],
    ['merge what is not', mayMergeTask(held({ status: 'blocked' })), 'task.not_in_review'],
    ['merge before the subtasks', mayMergeTask(held({ openSubtasks: ['T-2'] })), 'task.open_subtasks'],
    ['change tasks of a paused room', policy.mayChangeTasks({ state: 'paused' }), 'allowed'],
    ['change tasks of a completed room', policy.mayChangeTasks({ state: 'completed' }), 'task.room_closed'],
  ])('%s', (_name, verdict, expected) => {
    expect(reason(verdict)).toBe(expected);
  });
});

describe('mayBeAmended', () => {
  it.each<[string, Partial<Task>, boolean]>([
    ['one that is open', {}, true],
    ['one that waits for another', { status: 'blocked' }, true],
    ['one whose claim has ended', { claim: claim({ endedAt: NOW, endReason: 'released' }) }, true],
    ['one that somebody has', { status: 'claimed', claim: claim() }, false],
    ['one that somebody has, and that waits', { status: 'blocked', claim: claim() }, false],
    ['one in review', { status: 'review', claim: claim() }, false],
    ['one that is complete', { status: 'complete' }, false],
    ['one that is cancelled', { status: 'cancelled' }, false],
  ])('%s', (_name, some, may) => {
    expect(policy.mayBeAmended(task(some))).toBe(may);
  });
});
