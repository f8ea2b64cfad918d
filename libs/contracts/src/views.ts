import type { Origin, Principal, WirePrincipalRef } from './actor.js';
import type { BranchView, ConflictView, PullRequestView } from './git-views.js';
import type { XpFactor } from './reputation-views.js';
import type {
  AgentStatus,
  ApprovalKind,
  Autonomy,
  GitHostName,
  Priority,
  ReviewPolicy,
  RoomRole,
  RoomState,
  Size,
  TaskState,
  TaskStrategy,
  Visibility,
} from './states.js';

export interface UserView {
  readonly id: string;
  readonly username: string;
  readonly display_name: string;
}

/** One's own account; the only view that carries an e-mail address. */
export interface OwnUserView extends UserView {
  /** Null where the account was made through a provider that vouched for none. */
  readonly email: string | null;
  /** False: this account is entered through a provider only. */
  readonly has_password: boolean;
  readonly is_admin: boolean;
  readonly created_at: string;
}

export interface AgentView {
  readonly id: string;
  readonly owner_id: string;
  readonly owner_name: string;
  readonly name: string;
  /** Unique on the server, used in mentions: `@pincer`. */
  readonly handle: string;
  readonly model: string;
  readonly capabilities: readonly string[];
  readonly languages: readonly string[];
  readonly created_at: string;
}

export interface AgentTokenView {
  readonly id: string;
  readonly label: string;
  readonly created_at: string;
  readonly last_used_at: string | null;
  readonly revoked_at: string | null;
}

export interface RoomSettings {
  /** Minutes a room stays paused before it is archived. */
  readonly paused_archive_minutes: number;
  /** Minutes a completed room stays before it is archived. */
  readonly completed_archive_minutes: number;
  readonly claim_lease_seconds: number;
  readonly max_members: number;
  readonly max_agents: number;
  /** What a claim does when its paths overlap another's lease. */
  readonly lease_policy: 'refuse' | 'queue' | 'warn';
  /** Merges wait for each other, one at a time and in order. */
  readonly merge_queue: boolean;
  /** `auto` makes tasks of what is asked plainly, and suggests the rest. */
  readonly task_capture: 'auto' | 'suggest' | 'off';
  readonly auto_complete: boolean;
  /** How agents come by open tasks; people claim at any time, except where the host assigns. */
  readonly task_strategy: TaskStrategy;
  /** Seconds after which offers of a task widen, and the next agent's turn comes. */
  readonly claim_step_seconds: number;
  /** Whose approval of an agent's work counts, besides that the agent's own never does. */
  readonly review: ReviewPolicy;
  /** What agents ask a person for: `high` nothing, `medium` merges, `low` claims, commits and pull requests too. */
  readonly autonomy: Autonomy;
  /** Minutes after which an approval that nobody gave ends. */
  readonly approval_minutes: number;
  /** What it ends in. A merge is never granted by time. */
  readonly approval_timeout: 'lapse' | 'grant';
  /** Chat messages of agents in a row after which they wait for a person's; 0 for any number. */
  readonly max_agent_turns: number;
  /** The same between the same two agents. */
  readonly max_pair_turns: number;
  /** A public room's code may be cloned without membership. */
  readonly public_code: boolean;
  /** Instructions for agents; members only. */
  readonly agent_instructions: string;
}

export interface RoomView {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly visibility: Visibility;
  readonly state: RoomState;
  readonly hold: boolean;
  readonly setup_error: string | null;
  readonly host: UserView;
  readonly repository: RepositoryView;
  readonly settings: RoomSettings;
  readonly created_at: string;
  readonly completed_at: string | null;
  readonly archive_at: string | null;
}

export interface RepositoryView {
  readonly host: GitHostName;
  /** Relative to the server for the built-in host: `/git/<slug>.git`. */
  readonly clone_url: string;
  readonly default_branch: string;
  readonly head_sha: string | null;
}

/** A room in the public directory and to spectators: nothing that only members may see. */
export interface PublicRoomView {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly state: RoomState;
  readonly hold: boolean;
  readonly host_name: string;
  readonly members: number;
  readonly agents: number;
  readonly tasks_open: number;
  readonly tasks_complete: number;
  readonly spectators: number;
  readonly last_event_at: string | null;
  readonly created_at: string;
  readonly completed_at: string | null;
  /** Events in each of the last 30 ten-second bars, oldest first. */
  readonly pulse: readonly number[];
}

export interface MemberView {
  readonly user: UserView;
  readonly role: Extract<RoomRole, 'host' | 'member' | 'spectator'>;
  readonly joined_at: string;
}

/** An agent's presence in a room. */
export interface RoomAgentView {
  readonly agent: AgentView;
  readonly connected: boolean;
  readonly status: AgentStatus;
  readonly task_id: string | null;
  readonly progress: number | null;
  /** Members only. */
  readonly detail: string | null;
  readonly model: string;
  readonly capabilities: readonly string[];
  readonly languages: readonly string[];
  readonly max_concurrent_tasks: number;
  readonly paused: boolean;
  /** Set for this agent; the stricter of it and the room's setting counts. */
  readonly autonomy: Autonomy | null;
  readonly last_seen_at: string;
}

export interface MessageView {
  readonly message_id: string;
  readonly seq: number;
  readonly author: WirePrincipalRef;
  readonly text: string;
  readonly mentions: readonly Principal[];
  readonly reply_to: string | null;
  readonly origin: Origin;
  readonly created_at: string;
  readonly edited_at: string | null;
  readonly deleted: boolean;
  readonly reactions: readonly { readonly emoji: string; readonly by: readonly string[] }[];
}

export interface DirectMessageView {
  readonly message_id: string;
  readonly from: Principal;
  readonly to: Principal;
  readonly text: string;
  readonly created_at: string;
}

/** A talk of the caller with one other. */
export interface DirectTalkView {
  readonly with: Principal;
  /** The newest message. */
  readonly last: DirectMessageView;
  /** How many of the other's messages the caller has not read. */
  readonly unread: number;
}

export interface TaskView {
  readonly id: string;
  readonly room_id: string;
  readonly key: string;
  readonly title: string;
  readonly description: string;
  readonly status: TaskState;
  readonly priority: Priority;
  readonly size: Size;
  readonly capabilities: readonly string[];
  readonly languages: readonly string[];
  readonly paths: readonly string[];
  readonly parent_id: string | null;
  readonly depends_on: readonly string[];
  readonly assignee: Principal | null;
  readonly created_by: WirePrincipalRef;
  /** The day by which it is wanted, as `2026-03-06`; null without one. */
  readonly deadline: string | null;
  /** The message that asked for it, the first of all that it was heard in. */
  readonly source_message_id: string | null;
  readonly source_message_ids: readonly string[];
  /** The finished task that this one carries on. */
  readonly follow_up_of: string | null;
  /** Grows with each claim; null before the first. */
  readonly fence: number | null;
  readonly branch: string | null;
  /** The claim's clock; null while it stands still (review, blocked, a question is open). */
  readonly lease_expires_at: string | null;
  readonly progress: number | null;
  readonly note: string | null;
  readonly summary: string | null;
  readonly blocked_by: TaskBlocker | null;
  readonly pull_request: number | null;
  readonly created_at: string;
  readonly updated_at: string;
  readonly completed_at: string | null;
}

/** One claim of a task, live or ended. */
export interface AttemptView {
  readonly fence: number;
  readonly claimant: Principal;
  readonly branch: string;
  readonly claimed_at: string;
  readonly ended_at: string | null;
  readonly end_reason: 'released' | 'expired' | 'completed' | 'cancelled' | null;
  /** The hand-over that it left. */
  readonly note: string | null;
}

export type TaskBlocker =
  | { readonly kind: 'dependency'; readonly task_ids: readonly string[] }
  | { readonly kind: 'conflict'; readonly files: readonly string[] }
  /** The claim waits in line for paths that others hold, and goes on by itself when they are free. */
  | { readonly kind: 'paths'; readonly since: string; readonly waits_for: readonly PathWait[] }
  | { readonly kind: 'manual'; readonly reason: string };

/** Who stands in a waiting claim's way: a lease, or a claim that has waited for longer. */
export interface PathWait {
  readonly task_id: string;
  readonly task_key: string;
  readonly holder_name: string;
  readonly held_pattern: string;
  /** What was asked for. */
  readonly pattern: string;
}

export interface TaskSuggestionView {
  readonly id: string;
  readonly room_id: string;
  readonly message_id: string;
  readonly title: string;
  readonly priority: Priority;
  readonly paths: readonly string[];
  readonly confidence: number;
  readonly deadline: string | null;
  /** Every message that it was heard in, `message_id` first. */
  readonly source_message_ids: readonly string[];
  /** The finished task that it gives feedback on. */
  readonly follow_up_of: string | null;
  readonly created_at: string;
}

export interface LeaseView {
  readonly task_id: string;
  readonly task_key: string;
  readonly pattern: string;
  readonly holder: Principal;
  /** Taken at claim, guessed from past work, or added because a push really touched it. */
  readonly source: 'claim' | 'inferred' | 'push';
  /** Where a pattern that nobody named comes from, in words. */
  readonly why: string | null;
  readonly expires_at: string | null;
}

export interface DecisionView {
  readonly id: string;
  readonly text: string;
  readonly by: WirePrincipalRef;
  readonly created_at: string;
}

export interface BanView {
  readonly user: UserView;
  readonly banned_by: string;
  readonly created_at: string;
}

export interface ApprovalView {
  readonly approval_id: string;
  readonly kind: ApprovalKind;
  readonly task_id: string | null;
  readonly agent_id: string | null;
  readonly requested_by: WirePrincipalRef;
  /** For people: what is asked for. */
  readonly detail: string;
  /** The commit, or what else exactly it is bound to; it lapses when that changes. */
  readonly subject: string;
  readonly expires_at: string | null;
  readonly state: 'pending' | 'granted' | 'refused' | 'lapsed';
  readonly created_at: string;
}

export interface QuestionView {
  readonly question_id: string;
  readonly agent_id: string;
  readonly task_id: string | null;
  readonly text: string;
  readonly options: readonly string[];
  readonly answer: string | null;
  readonly created_at: string;
}

export interface XpView {
  readonly subject: Principal;
  readonly total: number;
  readonly level: number;
}

export interface XpEntryView {
  readonly id: string;
  readonly subject: Principal;
  readonly amount: number;
  readonly reason: string;
  readonly room_id: string;
  readonly task_id: string | null;
  readonly at: string;
  /** Why it is this amount. */
  readonly factors: readonly XpFactor[];
}

export interface NotificationView {
  readonly id: string;
  readonly kind: string;
  readonly room_id: string | null;
  readonly room_slug: string | null;
  readonly room_name: string | null;
  readonly task_id: string | null;
  /** What it waits for: `question:ID`, `approval:ID`, `pull:NUMBER`, `conflict:ID`. */
  readonly subject: string | null;
  /** Nobody has done it yet. */
  readonly waiting: boolean;
  readonly text: string;
  readonly created_at: string;
  readonly read_at: string | null;
}

export interface InviteView {
  readonly id: string;
  readonly role: 'member' | 'spectator';
  readonly created_at: string;
  readonly expires_at: string;
  readonly max_uses: number | null;
  readonly uses: number;
  readonly revoked_at: string | null;
}

/** Everything of a room at one `seq`, for a member. Read in one database snapshot with its cursor. */
export interface RoomSnapshot {
  readonly room: RoomView;
  readonly members: readonly MemberView[];
  readonly agents: readonly RoomAgentView[];
  readonly tasks: readonly TaskView[];
  readonly suggestions: readonly TaskSuggestionView[];
  /** The newest messages, oldest first. */
  readonly messages: readonly MessageView[];
  readonly leases: readonly LeaseView[];
  readonly approvals: readonly ApprovalView[];
  readonly questions: readonly QuestionView[];
  readonly branches: readonly BranchView[];
  readonly pull_requests: readonly PullRequestView[];
  readonly conflicts: readonly ConflictView[];
  readonly xp: readonly XpView[];
  readonly decisions: readonly DecisionView[];
  readonly cursor: number;
  readonly epoch: string;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly next_cursor: string | null;
}
