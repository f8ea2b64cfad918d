import type { EventMap, EventType } from '@clawtank/contracts';
import { type StoredEvent, SYSTEM_ACTOR } from '@clawtank/events';
import { Access, type Viewer } from './access-policy.js';

const MEMBER: Viewer = { userId: 'ada', agentId: null, standing: 'member' };
const HOST: Viewer = { userId: 'hana', agentId: null, standing: 'host' };
const AGENT: Viewer = { userId: 'ada', agentId: 'pincer', standing: 'agent' };
const INVITED: Viewer = { userId: 'ivo', agentId: null, standing: 'spectator' };
const STRANGER: Viewer = { userId: null, agentId: null, standing: 'stranger' };
const SIGNED_IN_STRANGER: Viewer = { userId: 'ada', agentId: null, standing: 'stranger' };

const event = <K extends EventType>(
  type: K,
  data: EventMap[K] | { redacted: true },
  seq = 7,
): StoredEvent => ({
  id: 'e',
  stream: 'room:r',
  room_id: 'r',
  seq,
  type,
  at: '2026-01-01T00:00:00.000Z',
  actor: SYSTEM_ACTOR,
  data,
});

const left = (user_id: string, reason: EventMap['room.member_left']['reason']) =>
  event('room.member_left', { user_id, reason });
const agentLeft = (agent_id: string, reason: EventMap['agent.left']['reason']) =>
  event('agent.left', { agent_id, reason });
const role = (user_id: string, to: EventMap['room.member_role_changed']['role']) =>
  event('room.member_role_changed', { user_id, role: to });
const visibility = (to: 'public' | 'private') => event('room.settings_changed', { visibility: to });

describe('Access', () => {
  it.each([
    ['a member who was removed', MEMBER, left('ada', 'removed')],
    ['a member who was banned', MEMBER, left('ada', 'banned')],
    ['a member who left', MEMBER, left('ada', 'left')],
    ['an agent whose owner was removed', AGENT, left('ada', 'removed')],
    ['an invited spectator who was removed', INVITED, left('ivo', 'removed')],
    ['a signed-in stranger who was banned', SIGNED_IN_STRANGER, left('ada', 'banned')],
    ['a member who became a spectator', MEMBER, role('ada', 'spectator')],
    ['an agent whose owner became a spectator', AGENT, role('ada', 'spectator')],
    ['a stranger when the room turns private', STRANGER, visibility('private')],
    ['a signed-in stranger when the room turns private', SIGNED_IN_STRANGER, visibility('private')],
    ['an agent that was taken out', AGENT, agentLeft('pincer', 'removed')],
    ['an agent whose token was revoked', AGENT, agentLeft('pincer', 'revoked')],
  ])('stops %s', (_name, viewer, happened) => {
    expect(new Access(viewer, 6).mayReadOn([happened])).toBe(false);
  });

  it.each([
    ['a member while another is removed', MEMBER, left('bob', 'removed')],
    ['a stranger while a member is removed', STRANGER, left('ada', 'removed')],
    ['a signed-in stranger who had left as a member before', SIGNED_IN_STRANGER, left('ada', 'left')],
    ['a host who became a member', HOST, role('hana', 'member')],
    ['a member when the room turns private', MEMBER, visibility('private')],
    ['an invited spectator when the room turns private', INVITED, visibility('private')],
    ['a stranger when the room turns public', STRANGER, visibility('public')],
    ['a stranger when only the name changes', STRANGER, event('room.settings_changed', { name: 'x' })],
    ['an agent that timed out', AGENT, agentLeft('pincer', 'timeout')],
    ['an agent that was disconnected', AGENT, agentLeft('pincer', 'disconnected')],
    ['an agent while another is taken out', AGENT, agentLeft('claw', 'removed')],
    ['a member whose agent is taken out', MEMBER, agentLeft('pincer', 'removed')],
    ['anybody past a redacted event', MEMBER, event('room.member_left', { redacted: true })],
  ])('lets %s read on', (_name, viewer, happened) => {
    expect(new Access(viewer, 6).mayReadOn([happened])).toBe(true);
  });

  it('ignores what happened before access was checked', () => {
    expect(new Access(MEMBER, 7).mayReadOn([left('ada', 'removed')])).toBe(true);
  });

  it('finds the one event among many', () => {
    const events = [role('bob', 'member'), left('ada', 'banned'), visibility('public')];
    expect(new Access(MEMBER, 0).mayReadOn(events)).toBe(false);
  });
});
