import type { BudgetScope, UsageReport } from './budget-views.js';
import type { Origin, Principal } from './actor.js';
import type { XpFactor } from './reputation-views.js';
import type {
  AgentStatus,
  ApprovalKind,
  Autonomy,
  Priority,
  RoomState,
  Size,
  TaskChange,
  TaskState,
  Visibility,
} from './states.js';
import type { AgentView, RoomSettings, TaskBlocker, UserView } from './views.js';

export interface RoomEvents {
  'room.created': {
    name: string;
    slug: string;
    description: string;
    visibility: Visibility;
    host: UserView;
  };
  'room.state_changed': { from: RoomState; to: RoomState; reason: string };
  'room.settings_changed': {
    name?: string;
    description?: string;
    visibility?: Visibility;
    hold?: boolean;
    host?: UserView;
    /** Only the settings that changed; members only. */
    settings?: Partial<RoomSettings>;
    setup_error?: string | null;
  };
  'room.member_joined': { user: UserView; role: 'host' | 'member' | 'spectator' };
  'room.member_left': { user_id: string; reason: 'left' | 'removed' | 'banned' };
  'room.member_role_changed': { user_id: string; role: 'host' | 'member' | 'spectator' };
  /** A budget was set or lifted; what it is `budgets.list` tells those whom it concerns. */
  'room.budget': { scope: BudgetScope; owner_id: string | null; set: boolean };
  'room.decision': { decision_id: string; text: string };
}

export interface AgentEvents {
  'agent.joined': {
    agent: AgentView;
    capabilities: readonly string[];
    languages: readonly string[];
    model: string;
    max_concurrent_tasks: number;
    /** What was set for it, or for the one that it takes the place of, before it came. */
    paused?: boolean;
    autonomy?: Autonomy | null;
  };
  'agent.status': {
    agent_id: string;
    status: AgentStatus;
    task_id: string | null;
    detail: string | null;
    progress: number | null;
    /** Only when they changed. */
    capabilities?: readonly string[];
  };
  'agent.left': { agent_id: string; reason: 'left' | 'timeout' | 'disconnected' | 'removed' | 'revoked' };
  'agent.paused': { agent_id: string; paused: boolean };
  'agent.autonomy': { agent_id: string; autonomy: Autonomy | null };
  'agent.redirected': { agent_id: string; instruction: string; task_id: string | null };
  'agent.question': {
    question_id: string;
    agent_id: string;
    text: string;
    options: readonly string[];
    task_id: string | null;
    to: Principal | null;
  };
  'agent.answered': { question_id: string; agent_id: string; answer: string };
}

export interface ChatEvents {
  'chat.message': {
    /** Also the envelope's `id`, so that an edit or a deletion is matched after its text was redacted. */
    message_id: string;
    text: string;
    mentions: readonly Principal[];
    reply_to: string | null;
    origin: Origin;
  };
  'chat.edited': {
    message_id: string;
    text: string;
    mentions: readonly Principal[];
    /** As it was sent: the first event's data is redacted by the edit. */
    reply_to: string | null;
  };
  'chat.deleted': { message_id: string };
  'chat.reaction': { message_id: string; emoji: string; added: boolean };
  'chat.direct': {
    message_id: string;
    from: Principal;
    to: Principal;
    text: string;
    reply_to: string | null;
    origin: Origin;
  };
  /** In the reader's own stream: how far they have read a talk, on whichever device. */
  'chat.direct_read': { with: string; up_to: string };
  /** In the reader's own stream: how far they have read a room's chat, on whichever device. */
  'chat.read': { room_id: string; seq: number };
}

export interface TaskEvents {
  'task.suggested': {
    suggestion_id: string;
    message_id: string;
    title: string;
    priority: Priority;
    paths: readonly string[];
    confidence: number;
    /** A day; here and below absent in logs of before chat's deadlines were kept. */
    deadline?: string | null;
    /** Every message that it was heard in, `message_id` first. */
    source_message_ids?: readonly string[];
    follow_up_of?: string | null;
  };
  'task.dismissed': { suggestion_id: string };
  'task.created': {
    task_id: string;
    key: string;
    title: string;
    description: string;
    status: TaskState;
    priority: Priority;
    size: Size;
    capabilities: readonly string[];
    languages: readonly string[];
    paths: readonly string[];
    parent_id: string | null;
    depends_on: readonly string[];
    deadline?: string | null;
    source_message_id: string | null;
    source_message_ids?: readonly string[];
    follow_up_of: string | null;
    suggestion_id: string | null;
  };
  'task.update': {
    task_id: string;
    key: string;
    change: TaskChange;
    status: TaskState;
    assignee: Principal | null;
    fence: number | null;
    branch: string | null;
    lease_expires_at: string | null;
    progress?: number | null;
    /** Hand-over or progress note; members only. */
    note?: string | null;
    summary?: string | null;
    /** What the agent says it used since its last report; members only. */
    reported_usage?: UsageReport;
    blocked_by?: TaskBlocker | null;
    comment?: string | null;
    edited?: {
      title?: string;
      description?: string;
      priority?: Priority;
      size?: Size;
      capabilities?: readonly string[];
      languages?: readonly string[];
      paths?: readonly string[];
      depends_on?: readonly string[];
      deadline?: string | null;
    };
  };
  'task.lease': {
    task_id: string;
    key: string;
    patterns: readonly string[];
    source: 'claim' | 'inferred' | 'push';
    /** For patterns that nobody named: where each comes from, in their order. */
    why?: readonly string[];
    /** Another task's exclusive lease that a push went into. */
    trespass: readonly { task_id: string; key: string; pattern: string }[];
  };
  'task.offer': {
    task_id: string;
    key: string;
    room_id: string;
    title: string;
    agent_id: string;
    score: number;
    reasons: readonly string[];
  };
  /** An agent that was or would be asked about a task turned it down. */
  'task.declined': { task_id: string; key: string; agent_id: string; reason: string | null };
}

export interface GitEvents {
  'git.branch': {
    branch: string;
    action: 'created' | 'updated' | 'forced' | 'deleted';
    old_sha: string | null;
    sha: string | null;
    task_id: string | null;
  };
  'git.commit': {
    branch: string;
    sha: string;
    message: string;
    files: readonly string[];
    additions: number;
    deletions: number;
    task_id: string | null;
    agent_id: string | null;
    author_name: string;
    /** On the default branch: merged work that this move took back, by the commits named in git's own words. */
    reverts?: readonly { sha: string; task_id: string }[];
    /** Members only. */
    author_email: string;
  };
  'git.tag': { tag: string; sha: string };
  /** What a claim's credential tried to push and may not; told once per claim, ref and reason. */
  'git.push_refused': {
    ref: string;
    /** As in the refusal that the pusher got. */
    reason: string;
    message: string;
    task_id: string;
    key: string;
    fence: number;
  };
  'git.pull_request': {
    number: number;
    action:
      | 'opened'
      | 'updated'
      | 'reviewed'
      | 'merged'
      | 'closed'
      | 'mergeability'
      /** Waits for its turn to be merged, or was put out of the line. */
      | 'queued'
      | 'dequeued';
    title: string;
    branch: string;
    task_id: string | null;
    head_sha: string;
    verdict?: 'approve' | 'request_changes';
    merged_sha?: string;
    mergeable?: 'clean' | 'conflict' | 'unknown';
    /** Place in the merge queue; 1 is next. */
    position?: number;
    /** Why it was put out, and the files in which it no longer merges. */
    reason?: string;
    files?: readonly string[];
  };
  'git.checks': {
    sha: string;
    context: string;
    state: 'pending' | 'success' | 'failure' | 'error';
    description: string;
    target_url: string | null;
  };
  'git.conflict': {
    conflict_id: string;
    state: 'predicted' | 'detected' | 'resolved';
    files: readonly string[];
    task_ids: readonly string[];
    branches: readonly string[];
    resolved_by?: Principal | null;
    /** The task that was opened for it; null while there is none. */
    resolution_task_id?: string | null;
  };
}

export interface ReputationEvents {
  'reputation.xp': {
    entry_id: string;
    subject: Principal;
    amount: number;
    reason: string;
    task_id: string | null;
    total: number;
    level: number;
    /** Why it is this amount; members only. */
    factors?: readonly XpFactor[];
  };
  'reputation.level_up': { subject: Principal; level: number };
}

export interface ApprovalEvents {
  'approval.requested': {
    approval_id: string;
    kind: ApprovalKind;
    task_id: string | null;
    agent_id: string | null;
    detail: string;
    subject: string;
    expires_at: string | null;
  };
  'approval.resolved': { approval_id: string; verdict: 'granted' | 'refused' | 'lapsed' };
}

export interface SystemEvents {
  'system.notification': {
    notification_id: string;
    kind: string;
    text: string;
    room_id: string | null;
    task_id: string | null;
  };
  /** In the reader's own stream; null ids: all that there were. */
  'system.notifications_read': { ids: readonly string[] | null };
  redaction: { stream: string; seq: number };
}

/** Every event type with the data its members' form carries. */
export type EventMap = RoomEvents &
  AgentEvents &
  ChatEvents &
  TaskEvents &
  GitEvents &
  ReputationEvents &
  ApprovalEvents &
  SystemEvents;

export type EventType = keyof EventMap;
