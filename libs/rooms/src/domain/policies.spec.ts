import { LIMITS, ROOM_STATES, type PullRequestView, type TaskView } from '@clawtank/contracts';
import type { Verdict } from '@clawtank/kernel';
import { mayControl, mayEndPresence, mayRegister } from './agent-policies.js';
import { mayComplete, mayLeaveBehind, remainingWork } from './completion.js';
import { mayAdmit, mayPart } from './member-policies.js';
import { mayTakeWork } from './room-policies.js';
import { DEFAULT_SETTINGS } from './room-settings.js';

const reasonOf = (verdict: Verdict): string => (verdict.allowed ? 'allowed' : verdict.because.reason);

describe('taking work', () => {
  const working = { hold: false, completing: false };
  it.each([
    ['creating', working, 'room.not_ready'],
    ['initializing', working, 'room.not_ready'],
    ['waiting_for_members', working, 'allowed'],
    ['active', working, 'allowed'],
    ['collaborating', working, 'allowed'],
    ['merge_conflict', working, 'allowed'],
    ['paused', working, 'allowed'],
    ['completed', working, 'room.closed'],
    ['archived', working, 'room.closed'],
    ['active', { hold: true, completing: false }, 'room.on_hold'],
    ['merge_conflict', { hold: true, completing: false }, 'room.on_hold'],
    ['completed', { hold: true, completing: false }, 'room.closed'],
    ['active', { hold: false, completing: true }, 'room.completing'],
  ] as const)('%s %j: %s', (state, facts, reason) => {
    expect(reasonOf(mayTakeWork({ state, ...facts }))).toBe(reason);
  });
});

describe('registering an agent', () => {
  const settings = { ...DEFAULT_SETTINGS, max_agents: 2 };
  const agent = { kind: 'agent', id: 'agent-1', userId: 'ada' } as const;
  const person = { kind: 'human', id: 'ada', userId: 'ada' } as const;
  it.each([
    ['an agent', agent, 'active', undefined, 1, 'allowed'],
    ['an agent that names its owner', agent, 'active', 'ada', 0, 'allowed'],
    ['before the repository is there', agent, 'initializing', undefined, 0, 'allowed'],
    ['in a showcase', agent, 'completed', undefined, 0, 'allowed'],
    ['a person', person, 'active', undefined, 0, 'agent.not_an_agent'],
    ['with another owner', agent, 'active', 'bob', 0, 'agent.wrong_owner'],
    ['in a full room', agent, 'active', undefined, 2, 'room.full'],
    ['in an archived room', agent, 'archived', undefined, 0, 'room.closed'],
  ] as const)('%s', (_name, caller, state, owner, present, reason) => {
    expect(reasonOf(mayRegister(caller, { state, settings }, owner, present))).toBe(reason);
  });
});

describe('steering an agent of ada', () => {
  const person = (id: string) => ({ kind: 'human', id, userId: id }) as const;
  const agent = (id: string) => ({ kind: 'agent', id, userId: 'ada' }) as const;
  const pincer = { id: 'pincer', ownerId: 'ada' };
  it.each([
    ['its owner', person('ada'), 'member', 'allowed', 'allowed'],
    ['the host', person('bob'), 'host', 'allowed', 'allowed'],
    ['another member', person('bob'), 'member', 'agent.not_yours', 'agent.not_yours'],
    ['the agent itself', agent('pincer'), 'agent', 'agent.not_yours', 'allowed'],
    ['another agent of the owner', agent('claw'), 'agent', 'agent.not_yours', 'agent.not_yours'],
  ] as const)('%s', (_name, caller, standing, steers, ends) => {
    expect(reasonOf(mayControl(caller, standing, pincer.ownerId))).toBe(steers);
    expect(reasonOf(mayEndPresence(caller, standing, pincer))).toBe(ends);
  });
});

describe('giving a role', () => {
  const room = { settings: { ...DEFAULT_SETTINGS, max_members: 2 } };
  const counts = (members: number, spectators = 0) => ({ members, spectators });
  it.each([
    ['the first member', 'member', undefined, counts(1), 'allowed'],
    ['one too many', 'member', undefined, counts(2), 'room.full'],
    ['a member again', 'member', 'member', counts(2), 'allowed'],
    ['a spectator into a full room', 'member', 'spectator', counts(2, 1), 'room.full'],
    ['a spectator where there is space', 'member', 'spectator', counts(1, 1), 'allowed'],
    ['a spectator of a full room', 'spectator', undefined, counts(2, 0), 'allowed'],
    ['too many spectators', 'spectator', undefined, counts(1, LIMITS.SPECTATORS_PER_ROOM), 'room.full'],
    ['a spectator again', 'spectator', 'spectator', counts(1, LIMITS.SPECTATORS_PER_ROOM), 'allowed'],
  ] as const)('%s', (_name, wanted, present, now, reason) => {
    expect(reasonOf(mayAdmit(room, wanted, present, now))).toBe(reason);
  });

  it.each([
    ['host', 'room.host_stays'],
    ['member', 'allowed'],
    ['spectator', 'allowed'],
    [undefined, 'member.not_found'],
  ] as const)('parting as %s: %s', (role, reason) => {
    expect(reasonOf(mayPart(role))).toBe(reason);
  });
});

describe('completing', () => {
  it.each(ROOM_STATES)('a room that is %s', (state) => {
    const allowed = state === 'active' || state === 'collaborating';
    expect(reasonOf(mayComplete({ state }))).toBe(allowed ? 'allowed' : 'room.illegal_transition');
  });

  const task = (status: TaskView['status']) => ({ id: status, key: 'T-1', title: 'x', status }) as TaskView;
  const pull = (state: PullRequestView['state']) =>
    ({ number: 1, title: 'x', approved: false, state }) as PullRequestView;

  it('lists what is not done', () => {
    const remaining = remainingWork({
      tasks: [task('open'), task('complete'), task('cancelled'), task('blocked')],
      pull_requests: [pull('open'), pull('merged'), pull('closed')],
    });
    expect(remaining.tasks.map(({ status }) => status)).toEqual(['open', 'blocked']);
    expect(remaining.pull_requests).toEqual([{ number: 1, title: 'x', approved: false }]);
    expect(reasonOf(mayLeaveBehind(remaining, false))).toBe('room.work_remains');
    expect(reasonOf(mayLeaveBehind(remaining, true))).toBe('allowed');
  });

  it('asks nothing where all is done', () => {
    const done = remainingWork({ tasks: [task('complete')], pull_requests: [pull('merged')] });
    expect(reasonOf(mayLeaveBehind(done, false))).toBe('allowed');
  });
});
