import type { Envelope, SpectatorEventMap, SpectatorRoomAgent, SpectatorSnapshot } from '@clawtank/contracts';
import { defined, patch, upsert, withRole } from './shared.js';

type SpectatorEventOf<K extends keyof SpectatorEventMap> = Envelope<K, SpectatorEventMap[K]>;
type Reduce<K extends keyof SpectatorEventMap> = (
  snapshot: SpectatorSnapshot,
  event: SpectatorEventOf<K>,
) => SpectatorSnapshot;

export const roomShown: Reduce<'room.created'> = (snapshot, { data: { host, ...told } }) => ({
  ...snapshot,
  room: { ...snapshot.room, ...told, host_name: host.display_name },
  // A replay begins before the host was there.
  members: upsert(snapshot.members, { user: host, role: 'host' as const }, ({ user }) => user.id === host.id),
});

export const roomMoved: Reduce<'room.state_changed'> = (snapshot, { data, at }) => ({
  ...snapshot,
  room: {
    ...snapshot.room,
    state: data.to,
    completed_at: data.to === 'completed' ? at : snapshot.room.completed_at,
  },
});

export const roomChanged: Reduce<'room.settings_changed'> = (snapshot, { data: { host, ...told } }) => ({
  ...snapshot,
  room: { ...snapshot.room, ...defined(told), ...(host ? { host_name: host.display_name } : {}) },
});

export const memberShown: Reduce<'room.member_joined'> = (snapshot, { data }) => ({
  ...snapshot,
  members: upsert(snapshot.members, data, (member) => member.user.id === data.user.id),
});

export const memberGone: Reduce<'room.member_left'> = (snapshot, { data }) => ({
  ...snapshot,
  members: snapshot.members.filter((member) => member.user.id !== data.user_id),
});

export const roleShown: Reduce<'room.member_role_changed'> = (snapshot, { data }) => ({
  ...snapshot,
  members: withRole(snapshot.members, data.user_id, data.role),
});

export const decisionShown: Reduce<'room.decision'> = (snapshot, { data, at }) => ({
  ...snapshot,
  decisions: upsert(
    snapshot.decisions,
    { id: data.decision_id, text: data.text, created_at: at },
    (decision) => decision.id === data.decision_id,
  ),
});

export const agentShown: Reduce<'agent.joined'> = (snapshot, { data, at }) => {
  const next: SpectatorRoomAgent = {
    agent: data.agent,
    connected: true,
    status: 'ready',
    task_id: null,
    progress: null,
    capabilities: data.capabilities,
    last_seen_at: at,
  };
  return { ...snapshot, agents: upsert(snapshot.agents, next, (other) => other.agent.id === data.agent.id) };
};

const changeAgent = (
  snapshot: SpectatorSnapshot,
  agentId: string,
  fields: Partial<SpectatorRoomAgent>,
): SpectatorSnapshot => ({
  ...snapshot,
  agents: patch(
    snapshot.agents,
    (other) => other.agent.id === agentId,
    (agent) => ({ ...agent, ...fields }),
  ),
});

export const agentStatusShown: Reduce<'agent.status'> = (snapshot, { data: { agent_id, ...told }, at }) =>
  changeAgent(snapshot, agent_id, { ...told, last_seen_at: at });

export const agentGone: Reduce<'agent.left'> = (snapshot, { data, at }) =>
  changeAgent(snapshot, data.agent_id, { connected: false, last_seen_at: at });
