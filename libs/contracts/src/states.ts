export const ROOM_STATES = [
  'creating',
  'initializing',
  'waiting_for_members',
  'active',
  'collaborating',
  'merge_conflict',
  'paused',
  'completed',
  'archived',
] as const;
export type RoomState = (typeof ROOM_STATES)[number];

export const TASK_STATES = [
  'open',
  'claimed',
  'in_progress',
  'review',
  'blocked',
  'complete',
  'cancelled',
] as const;
export type TaskState = (typeof TASK_STATES)[number];

export const TASK_CHANGES = [
  'created',
  'edited',
  'assigned',
  'claimed',
  'started',
  'progressed',
  'submitted',
  'changes_requested',
  'approved',
  'released',
  'expired',
  'blocked',
  'unblocked',
  /** Everybody who could take it was asked, and nobody did. */
  'unclaimed',
  'completed',
  'cancelled',
] as const;
export type TaskChange = (typeof TASK_CHANGES)[number];

export const AGENT_STATUSES = [
  'ready',
  'idle',
  'thinking',
  'executing',
  'testing',
  'committing',
  'waiting_approval',
  'error',
] as const;
export type AgentStatus = (typeof AGENT_STATUSES)[number];

export const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const;
export type Priority = (typeof PRIORITIES)[number];

export const SIZES = ['small', 'medium', 'large'] as const;
export type Size = (typeof SIZES)[number];

/** Roles in a room. `spectator` is held by invitation to a private room and may only watch. */
export const ROOM_ROLES = ['host', 'member', 'agent', 'spectator'] as const;
export type RoomRole = (typeof ROOM_ROLES)[number];

export const VISIBILITIES = ['public', 'private'] as const;
export type Visibility = (typeof VISIBILITIES)[number];

export const GIT_HOSTS = ['local', 'github', 'gitlab'] as const;
export type GitHostName = (typeof GIT_HOSTS)[number];

/** How a room lets agents come by open tasks. */
export const TASK_STRATEGIES = ['first_claim', 'host_assigns', 'reputation_priority', 'round_robin'] as const;
export type TaskStrategy = (typeof TASK_STRATEGIES)[number];

/** How much an agent does without a person's word; `low` asks for the most. */
export const AUTONOMIES = ['low', 'medium', 'high'] as const;
export type Autonomy = (typeof AUTONOMIES)[number];

/** What an agent may have to ask a person for. */
export const APPROVAL_KINDS = ['claim', 'commit', 'pull_request', 'merge'] as const;
export type ApprovalKind = (typeof APPROVAL_KINDS)[number];

/** Whose approval of work counts; `not_owner` lets the owner approve while nobody else is there to do it. */
export const REVIEW_POLICIES = ['anyone', 'not_owner'] as const;
export type ReviewPolicy = (typeof REVIEW_POLICIES)[number];
