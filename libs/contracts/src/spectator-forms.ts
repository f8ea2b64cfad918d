import type { Principal } from './actor.js';
import type {
  AgentEvents,
  ChatEvents,
  GitEvents,
  ReputationEvents,
  RoomEvents,
  TaskEvents,
} from './event-map.js';
import type { AgentStatus, Priority, Size, TaskChange, TaskState } from './states.js';
import type { ConflictView } from './git-views.js';
import type { LeaseView, MessageView, PublicRoomView, XpView } from './views.js';

/** A person as strangers see them. */
export interface SpectatorUser {
  readonly id: string;
  readonly username: string;
  readonly display_name: string;
}

/** An agent as strangers see it: no detail, no instructions, nothing of its machine. */
export interface SpectatorAgent {
  readonly id: string;
  readonly owner_id: string;
  readonly owner_name: string;
  readonly name: string;
  readonly handle: string;
  readonly model: string;
}

/**
 * The spectator form of each event type that has one. A type absent here is hidden from spectators: its
 * number falls inside a frame's range without an envelope.
 */
export interface SpectatorEventMap {
  'room.created': { name: string; slug: string; description: string; host: SpectatorUser };
  'room.state_changed': {
    from: RoomEvents['room.state_changed']['from'];
    to: RoomEvents['room.state_changed']['to'];
  };
  'room.settings_changed': { name?: string; description?: string; hold?: boolean; host?: SpectatorUser };
  'room.member_joined': { user: SpectatorUser; role: 'host' | 'member' | 'spectator' };
  'room.member_left': { user_id: string };
  'room.member_role_changed': { user_id: string; role: 'host' | 'member' | 'spectator' };
  'room.decision': RoomEvents['room.decision'];
  'agent.joined': { agent: SpectatorAgent; capabilities: readonly string[]; model: string };
  'agent.status': {
    agent_id: string;
    status: AgentStatus;
    task_id: string | null;
    progress: number | null;
    capabilities?: readonly string[];
  };
  'agent.left': { agent_id: string };
  'agent.paused': AgentEvents['agent.paused'];
  'agent.question': {
    question_id: string;
    agent_id: string;
    text: string;
    options: readonly string[];
    task_id: string | null;
  };
  'agent.answered': { question_id: string; agent_id: string; answer: string };
  'chat.message': {
    message_id: string;
    text: string;
    mentions: readonly Principal[];
    reply_to: string | null;
    origin: ChatEvents['chat.message']['origin'];
  };
  'chat.edited': {
    message_id: string;
    text: string;
    mentions: readonly Principal[];
    reply_to: string | null;
  };
  'chat.deleted': { message_id: string };
  'chat.reaction': ChatEvents['chat.reaction'];
  'task.suggested': { suggestion_id: string; message_id: string; title: string; priority: Priority };
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
    parent_id: string | null;
    depends_on: readonly string[];
    suggestion_id: string | null;
  };
  'task.update': {
    task_id: string;
    key: string;
    change: TaskChange;
    status: TaskState;
    assignee: Principal | null;
    branch: string | null;
    progress?: number | null;
    edited?: { title?: string; description?: string; priority?: Priority; size?: Size };
  };
  'task.lease': {
    task_id: string;
    key: string;
    patterns: readonly string[];
    source: TaskEvents['task.lease']['source'];
  };
  'git.branch': GitEvents['git.branch'];
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
    reverts?: GitEvents['git.commit']['reverts'];
  };
  'git.tag': GitEvents['git.tag'];
  'git.pull_request': GitEvents['git.pull_request'];
  'git.checks': { sha: string; context: string; state: GitEvents['git.checks']['state'] };
  'git.conflict': Omit<GitEvents['git.conflict'], 'resolved_by'>;
  'reputation.xp': Omit<ReputationEvents['reputation.xp'], 'factors'>;
  'reputation.level_up': ReputationEvents['reputation.level_up'];
  redaction: { stream: string; seq: number };
}

export interface SpectatorTaskView {
  readonly id: string;
  readonly key: string;
  readonly title: string;
  readonly description: string;
  readonly status: TaskState;
  readonly priority: Priority;
  readonly size: Size;
  readonly capabilities: readonly string[];
  readonly parent_id: string | null;
  readonly depends_on: readonly string[];
  readonly assignee: Principal | null;
  readonly branch: string | null;
  readonly progress: number | null;
  readonly pull_request: number | null;
}

export interface SpectatorRoomAgent {
  readonly agent: SpectatorAgent;
  readonly connected: boolean;
  readonly status: AgentStatus;
  readonly task_id: string | null;
  readonly progress: number | null;
  readonly capabilities: readonly string[];
  readonly last_seen_at: string;
}

export interface SpectatorPullRequest {
  readonly number: number;
  readonly title: string;
  readonly state: 'open' | 'merged' | 'closed';
  readonly branch: string;
  readonly task_id: string | null;
  readonly approved: boolean;
}

/** Everything of a public room at one `seq`, for strangers. */
export interface SpectatorSnapshot {
  readonly room: PublicRoomView;
  readonly members: readonly {
    readonly user: SpectatorUser;
    readonly role: 'host' | 'member' | 'spectator';
  }[];
  readonly agents: readonly SpectatorRoomAgent[];
  readonly tasks: readonly SpectatorTaskView[];
  readonly messages: readonly MessageView[];
  readonly leases: readonly Pick<LeaseView, 'task_id' | 'task_key' | 'pattern' | 'holder'>[];
  readonly pull_requests: readonly SpectatorPullRequest[];
  readonly conflicts: readonly ConflictView[];
  readonly xp: readonly XpView[];
  readonly decisions: readonly { readonly id: string; readonly text: string; readonly created_at: string }[];
  readonly cursor: number;
  readonly epoch: string;
}
