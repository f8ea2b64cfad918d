import type { RoomSettings, RoomSnapshot, RoomState, RoomView } from '@clawtank/contracts';
import { defined, type EventOf, upsert, withRole } from './shared.js';

const MINUTE_MS = 60_000;

export const roomCreated = (snapshot: RoomSnapshot, event: EventOf<'room.created'>): RoomSnapshot => ({
  ...snapshot,
  room: { ...snapshot.room, ...event.data },
});

export function stateChanged(snapshot: RoomSnapshot, event: EventOf<'room.state_changed'>): RoomSnapshot {
  const { to } = event.data;
  const room: RoomView = {
    ...snapshot.room,
    state: to,
    setup_error: to === 'waiting_for_members' ? null : snapshot.room.setup_error,
    completed_at: to === 'completed' ? event.at : snapshot.room.completed_at,
    archive_at: archiveAt(to, event.at, snapshot.room.settings),
  };
  return { ...snapshot, room };
}

function archiveAt(state: RoomState, at: string, settings: RoomSettings): string | null {
  const wait: Partial<Record<RoomState, number>> = {
    paused: settings.paused_archive_minutes,
    completed: settings.completed_archive_minutes,
  };
  const minutes = wait[state];
  return minutes === undefined ? null : new Date(Date.parse(at) + minutes * MINUTE_MS).toISOString();
}

export function settingsChanged(
  snapshot: RoomSnapshot,
  event: EventOf<'room.settings_changed'>,
): RoomSnapshot {
  const { settings, ...rest } = event.data;
  const room: RoomView = {
    ...snapshot.room,
    ...defined(rest),
    settings: { ...snapshot.room.settings, ...defined(settings ?? {}) },
  };
  return { ...snapshot, room };
}

export function memberJoined(snapshot: RoomSnapshot, event: EventOf<'room.member_joined'>): RoomSnapshot {
  const { user, role } = event.data;
  const member = { user, role, joined_at: event.at };
  return { ...snapshot, members: upsert(snapshot.members, member, (other) => other.user.id === user.id) };
}

export const memberLeft = (snapshot: RoomSnapshot, event: EventOf<'room.member_left'>): RoomSnapshot => ({
  ...snapshot,
  members: snapshot.members.filter((member) => member.user.id !== event.data.user_id),
});

export function roleChanged(
  snapshot: RoomSnapshot,
  event: EventOf<'room.member_role_changed'>,
): RoomSnapshot {
  const members = withRole(snapshot.members, event.data.user_id, event.data.role);
  const host = members.find((member) => member.role === 'host')?.user ?? snapshot.room.host;
  return { ...snapshot, members, room: { ...snapshot.room, host } };
}

export function decided(snapshot: RoomSnapshot, event: EventOf<'room.decision'>): RoomSnapshot {
  const { decision_id: id, text } = event.data;
  const decision = { id, text, by: event.actor, created_at: event.at };
  return { ...snapshot, decisions: upsert(snapshot.decisions, decision, (other) => other.id === id) };
}
