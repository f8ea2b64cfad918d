import { type Failure } from '@clawtank/kernel';
import { mayEnter, sightOf } from './standing.js';

const seen = (
  visibility: 'public' | 'private',
  role: 'host' | 'member' | 'spectator' | null,
  kind: 'human' | 'agent' | null,
  banned = false,
) => sightOf({ room: { visibility }, role, banned }, kind);

describe('what somebody is in a room', () => {
  it.each([
    ['public', null, null, false, 'stranger'],
    ['public', null, 'human', false, 'stranger'],
    ['public', null, 'agent', false, 'stranger'],
    ['private', null, null, false, null],
    ['private', null, 'human', false, null],
    ['private', null, 'agent', false, null],
    ['private', 'host', 'human', false, 'host'],
    ['private', 'member', 'human', false, 'member'],
    ['private', 'spectator', 'human', false, 'spectator'],
    ['public', 'host', 'agent', false, 'agent'],
    ['public', 'member', 'agent', false, 'agent'],
    ['public', 'spectator', 'agent', false, 'spectator'],
    ['public', null, 'human', true, null],
    ['public', 'member', 'human', true, null],
    ['private', 'host', 'agent', true, null],
  ] as const)('%s room, role %s, %s, banned %s: %s', (visibility, role, kind, banned, standing) => {
    expect(seen(visibility, role, kind, banned)).toBe(standing);
  });
});

const reasonOf = (verdict: ReturnType<typeof mayEnter>): string =>
  verdict.allowed ? 'allowed' : (verdict.because satisfies Failure).reason;

describe('who may do what', () => {
  it.each([
    ['host', 'allowed', 'allowed', 'allowed'],
    ['member', 'room.host_only', 'allowed', 'allowed'],
    ['agent', 'room.host_only', 'allowed', 'allowed'],
    ['spectator', 'room.members_only', 'room.members_only', 'allowed'],
    ['stranger', 'room.members_only', 'room.members_only', 'room.members_only'],
  ] as const)('a %s: as host %s, at work %s, at all %s', (standing, host, work, any) => {
    expect(reasonOf(mayEnter(standing, 'host'))).toBe(host);
    expect(reasonOf(mayEnter(standing, 'work'))).toBe(work);
    expect(reasonOf(mayEnter(standing, 'any'))).toBe(any);
  });
});
