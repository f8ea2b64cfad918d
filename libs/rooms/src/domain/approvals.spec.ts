import type { Autonomy } from '@clawtank/contracts';
import { APPROVAL_KINDS } from '@clawtank/contracts';
import type { Verdict } from '@clawtank/kernel';
import {
  autonomyOf,
  mayApproveWork,
  mayAskForChanges,
  mayResolve,
  needsApproval,
  onTimeout,
} from './approvals.js';

const reasonOf = (verdict: Verdict): string => (verdict.allowed ? 'allowed' : verdict.because.reason);
const person = (id: string) => ({ kind: 'human' as const, id, userId: id });
const agentOf = (userId: string, id = `agent-of-${userId}`) => ({ kind: 'agent' as const, id, userId });

describe('autonomy', () => {
  it.each<[Autonomy, Autonomy | null, Autonomy]>([
    ['medium', null, 'medium'],
    ['medium', 'high', 'medium'],
    ['medium', 'low', 'low'],
    ['low', 'high', 'low'],
    ['high', null, 'high'],
  ])('room %s, agent %s: %s', (room, agent, expected) => {
    expect(autonomyOf({ autonomy: room }, agent)).toBe(expected);
  });

  it.each<[Autonomy, string[]]>([
    ['high', []],
    ['medium', ['merge']],
    ['low', ['claim', 'commit', 'pull_request', 'merge']],
  ])('%s asks for %s', (autonomy, kinds) => {
    expect(APPROVAL_KINDS.filter((kind) => needsApproval(autonomy, kind))).toEqual(kinds);
  });
});

describe('whose approval counts', () => {
  const work = agentOf('ada');
  it.each([
    ['another person', person('ben'), 'not_owner', 1, 'allowed'],
    ["another's agent", agentOf('ben'), 'not_owner', 1, 'allowed'],
    ['the agent itself', work, 'anyone', 0, 'review.own_work'],
    ['the agent itself, alone', work, 'not_owner', 0, 'review.own_work'],
    ['its owner', person('ada'), 'not_owner', 1, 'review.owners_work'],
    ['its owner, with nobody else there', person('ada'), 'not_owner', 0, 'allowed'],
    ['its owner where anyone may', person('ada'), 'anyone', 1, 'allowed'],
    ["its owner's other agent", agentOf('ada', 'twin'), 'not_owner', 1, 'review.owners_work'],
    ["its owner's other agent, alone", agentOf('ada', 'twin'), 'not_owner', 0, 'review.owners_work'],
    ["its owner's other agent where anyone may", agentOf('ada', 'twin'), 'anyone', 0, 'allowed'],
  ] as const)('%s (%#)', (_name, judge, review, others, expected) => {
    expect(reasonOf(mayApproveWork(work, judge, review, others))).toBe(expected);
  });

  it('lets a person approve work of its own only when alone', () => {
    expect(reasonOf(mayApproveWork(person('ada'), person('ada'), 'anyone', 1))).toBe('review.own_work');
    expect(reasonOf(mayApproveWork(person('ada'), person('ada'), 'not_owner', 0))).toBe('allowed');
  });

  it('lets everybody but the author ask for changes', () => {
    expect(reasonOf(mayAskForChanges(work, person('ada')))).toBe('allowed');
    expect(reasonOf(mayAskForChanges(work, work))).toBe('review.own_work');
  });
});

describe('who resolves', () => {
  const claim = { kind: 'claim', agentId: 'a', ownerId: 'ada' } as const;
  const merge = { ...claim, kind: 'merge' } as const;
  const facts = { review: 'not_owner', others: 1 } as const;
  it.each([
    ['the host', claim, person('host'), 'host', facts, 'allowed'],
    ['the owner', claim, person('ada'), 'member', facts, 'allowed'],
    ['another member', claim, person('ben'), 'member', facts, 'approval.not_yours'],
    ['an agent', claim, agentOf('ada', 'a'), 'agent', facts, 'approval.not_yours'],
    ['the owner, of a merge', merge, person('ada'), 'host', facts, 'review.owners_work'],
    ['the lonely owner, of a merge', merge, person('ada'), 'host', { ...facts, others: 0 }, 'allowed'],
    ['the host, of a merge', merge, person('host'), 'host', facts, 'allowed'],
  ] as const)('%s', (_name, approval, caller, standing, some, expected) => {
    expect(reasonOf(mayResolve(approval, caller, standing, some))).toBe(expected);
  });
});

describe('when nobody answers in time', () => {
  it.each([
    ['claim', 'lapse', 'lapsed'],
    ['claim', 'grant', 'granted'],
    ['commit', 'grant', 'granted'],
    ['merge', 'grant', 'lapsed'],
  ] as const)('%s, %s: %s', (kind, approval_timeout, expected) => {
    expect(onTimeout(kind, { approval_timeout })).toBe(expected);
  });
});
