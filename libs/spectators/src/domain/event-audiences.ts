import type { EventMap, EventType, SpectatorEventMap } from '@clawtank/contracts';
import { type Form, SHOW } from './form.js';
import { AGENT, PRINCIPAL, USER } from './shared-forms.js';

/** Members see the event's data as it was appended. */
export const WHOLE = 'whole';

/** Who sees an event type, and how: at most one form for each audience; `null` hides it. */
export interface EventAudience<K extends EventType> {
  readonly member: typeof WHOLE | Form<EventMap[K]>;
  readonly spectator: K extends keyof SpectatorEventMap ? Form<SpectatorEventMap[K]> : null;
}

export type EventAudiences = { readonly [K in EventType]: EventAudience<K> };

/**
 * The one place that says who sees what. An event type that is not here does not compile, and neither does a
 * spectator form with a field more or less than the contract's.
 */
export const EVENT_AUDIENCES = {
  'room.created': {
    member: WHOLE,
    spectator: { name: SHOW, slug: SHOW, description: SHOW, host: USER },
  },
  'room.state_changed': { member: WHOLE, spectator: { from: SHOW, to: SHOW } },
  'room.settings_changed': {
    member: WHOLE,
    spectator: { name: SHOW, description: SHOW, hold: SHOW, host: USER },
  },
  'room.member_joined': { member: WHOLE, spectator: { user: USER, role: SHOW } },
  'room.member_left': { member: WHOLE, spectator: { user_id: SHOW } },
  'room.member_role_changed': { member: WHOLE, spectator: { user_id: SHOW, role: SHOW } },
  'room.budget': { member: WHOLE, spectator: null },
  'room.decision': { member: WHOLE, spectator: { decision_id: SHOW, text: SHOW } },

  'agent.joined': { member: WHOLE, spectator: { agent: AGENT, capabilities: [SHOW], model: SHOW } },
  'agent.status': {
    member: WHOLE,
    spectator: { agent_id: SHOW, status: SHOW, task_id: SHOW, progress: SHOW, capabilities: [SHOW] },
  },
  'agent.left': { member: WHOLE, spectator: { agent_id: SHOW } },
  'agent.paused': { member: WHOLE, spectator: { agent_id: SHOW, paused: SHOW } },
  'agent.autonomy': { member: WHOLE, spectator: null },
  'agent.redirected': { member: WHOLE, spectator: null },
  'agent.question': {
    member: WHOLE,
    spectator: { question_id: SHOW, agent_id: SHOW, text: SHOW, options: [SHOW], task_id: SHOW },
  },
  'agent.answered': { member: WHOLE, spectator: { question_id: SHOW, agent_id: SHOW, answer: SHOW } },

  'chat.message': {
    member: WHOLE,
    spectator: { message_id: SHOW, text: SHOW, mentions: [PRINCIPAL], reply_to: SHOW, origin: SHOW },
  },
  'chat.edited': {
    member: WHOLE,
    spectator: { message_id: SHOW, text: SHOW, mentions: [PRINCIPAL], reply_to: SHOW },
  },
  'chat.deleted': { member: WHOLE, spectator: { message_id: SHOW } },
  'chat.reaction': { member: WHOLE, spectator: { message_id: SHOW, emoji: SHOW, added: SHOW } },
  'chat.direct': { member: WHOLE, spectator: null },
  'chat.direct_read': { member: WHOLE, spectator: null },
  'chat.read': { member: WHOLE, spectator: null },

  'task.suggested': {
    member: WHOLE,
    spectator: { suggestion_id: SHOW, message_id: SHOW, title: SHOW, priority: SHOW },
  },
  'task.dismissed': { member: WHOLE, spectator: { suggestion_id: SHOW } },
  'task.created': {
    member: WHOLE,
    spectator: {
      task_id: SHOW,
      key: SHOW,
      title: SHOW,
      description: SHOW,
      status: SHOW,
      priority: SHOW,
      size: SHOW,
      capabilities: [SHOW],
      parent_id: SHOW,
      depends_on: [SHOW],
      suggestion_id: SHOW,
    },
  },
  'task.update': {
    member: WHOLE,
    spectator: {
      task_id: SHOW,
      key: SHOW,
      change: SHOW,
      status: SHOW,
      assignee: PRINCIPAL,
      branch: SHOW,
      progress: SHOW,
      edited: { title: SHOW, description: SHOW, priority: SHOW, size: SHOW },
    },
  },
  'task.lease': { member: WHOLE, spectator: { task_id: SHOW, key: SHOW, patterns: [SHOW], source: SHOW } },
  'task.offer': { member: WHOLE, spectator: null },
  'task.declined': { member: WHOLE, spectator: null },

  'git.branch': {
    member: WHOLE,
    spectator: { branch: SHOW, action: SHOW, old_sha: SHOW, sha: SHOW, task_id: SHOW },
  },
  'git.commit': {
    member: WHOLE,
    spectator: {
      branch: SHOW,
      sha: SHOW,
      message: SHOW,
      files: [SHOW],
      additions: SHOW,
      deletions: SHOW,
      task_id: SHOW,
      agent_id: SHOW,
      author_name: SHOW,
      reverts: [{ sha: SHOW, task_id: SHOW }],
    },
  },
  'git.tag': { member: WHOLE, spectator: { tag: SHOW, sha: SHOW } },
  'git.push_refused': { member: WHOLE, spectator: null },
  'git.pull_request': {
    member: WHOLE,
    spectator: {
      number: SHOW,
      action: SHOW,
      title: SHOW,
      branch: SHOW,
      task_id: SHOW,
      head_sha: SHOW,
      verdict: SHOW,
      merged_sha: SHOW,
      mergeable: SHOW,
      position: SHOW,
      reason: SHOW,
      files: [SHOW],
    },
  },
  'git.checks': { member: WHOLE, spectator: { sha: SHOW, context: SHOW, state: SHOW } },
  'git.conflict': {
    member: WHOLE,
    spectator: {
      conflict_id: SHOW,
      state: SHOW,
      files: [SHOW],
      task_ids: [SHOW],
      branches: [SHOW],
      resolution_task_id: SHOW,
    },
  },

  'reputation.xp': {
    member: WHOLE,
    spectator: {
      entry_id: SHOW,
      subject: PRINCIPAL,
      amount: SHOW,
      reason: SHOW,
      task_id: SHOW,
      total: SHOW,
      level: SHOW,
    },
  },
  'reputation.level_up': { member: WHOLE, spectator: { subject: PRINCIPAL, level: SHOW } },

  'approval.requested': { member: WHOLE, spectator: null },
  'approval.resolved': { member: WHOLE, spectator: null },
  'system.notification': { member: WHOLE, spectator: null },
  'system.notifications_read': { member: WHOLE, spectator: null },
  redaction: { member: WHOLE, spectator: { stream: SHOW, seq: SHOW } },
} as const satisfies EventAudiences;
