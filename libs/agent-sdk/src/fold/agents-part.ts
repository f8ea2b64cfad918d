import type { RoomAgentView, RoomSnapshot } from '@clawtank/contracts';
import { type EventOf, patch, upsert } from './shared.js';

export function agentJoined(snapshot: RoomSnapshot, event: EventOf<'agent.joined'>): RoomSnapshot {
  const { agent, paused, autonomy, ...told } = event.data;
  const before = snapshot.agents.find((other) => other.agent.id === agent.id);
  const next: RoomAgentView = {
    ...told,
    agent,
    connected: true,
    status: 'ready',
    task_id: null,
    progress: null,
    detail: null,
    paused: paused ?? before?.paused ?? false,
    autonomy: autonomy ?? before?.autonomy ?? null,
    last_seen_at: event.at,
  };
  return { ...snapshot, agents: upsert(snapshot.agents, next, (other) => other.agent.id === agent.id) };
}

const change = (snapshot: RoomSnapshot, agentId: string, fields: Partial<RoomAgentView>): RoomSnapshot => ({
  ...snapshot,
  agents: patch(
    snapshot.agents,
    (other) => other.agent.id === agentId,
    (agent) => ({ ...agent, ...fields }),
  ),
});

export function agentStatus(snapshot: RoomSnapshot, event: EventOf<'agent.status'>): RoomSnapshot {
  const { agent_id, ...told } = event.data;
  return change(snapshot, agent_id, { ...told, last_seen_at: event.at });
}

export const agentLeft = (snapshot: RoomSnapshot, event: EventOf<'agent.left'>): RoomSnapshot =>
  change(snapshot, event.data.agent_id, { connected: false, last_seen_at: event.at });

export const agentPaused = (snapshot: RoomSnapshot, event: EventOf<'agent.paused'>): RoomSnapshot =>
  change(snapshot, event.data.agent_id, { paused: event.data.paused });

export const agentAutonomy = (snapshot: RoomSnapshot, event: EventOf<'agent.autonomy'>): RoomSnapshot =>
  change(snapshot, event.data.agent_id, { autonomy: event.data.autonomy });

export function asked(snapshot: RoomSnapshot, event: EventOf<'agent.question'>): RoomSnapshot {
  const { to: _, ...told } = event.data;
  const question = { ...told, answer: null, created_at: event.at };
  const questions = upsert(snapshot.questions, question, (other) => other.question_id === told.question_id);
  return { ...snapshot, questions };
}

export const answered = (snapshot: RoomSnapshot, event: EventOf<'agent.answered'>): RoomSnapshot => ({
  ...snapshot,
  questions: snapshot.questions.filter((question) => question.question_id !== event.data.question_id),
});

export function approvalRequested(
  snapshot: RoomSnapshot,
  event: EventOf<'approval.requested'>,
): RoomSnapshot {
  const { approval_id } = event.data;
  const approval = {
    ...event.data,
    requested_by: event.actor,
    state: 'pending',
    created_at: event.at,
  } as const;
  const approvals = upsert(snapshot.approvals, approval, (other) => other.approval_id === approval_id);
  return { ...snapshot, approvals };
}

export const approvalResolved = (
  snapshot: RoomSnapshot,
  event: EventOf<'approval.resolved'>,
): RoomSnapshot => ({
  ...snapshot,
  approvals: snapshot.approvals.filter((approval) => approval.approval_id !== event.data.approval_id),
});
