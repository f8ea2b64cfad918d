import type { BudgetView } from './budget-views.js';
import type * as Admin from './admin.js';
import type * as Auth from './auth.js';
import type { RoomContext } from './context-views.js';
import type { Frame, MemberEvent, SpectatorEvent } from './frames.js';
import type { SpectatorSnapshot } from './spectator-forms.js';
import type * as Git from './git-views.js';
import type * as Matching from './matching-views.js';
import type { ShowcaseView, StandingView } from './reputation-views.js';
import type * as Push from './push.js';
import type * as View from './views.js';

interface Query<I, R> {
  readonly input: I;
  readonly reply: R;
}

interface PageInput {
  /** Opaque `next_cursor` of the page before. */
  cursor?: string;
  /** 1 to 100; 50 when left out. */
  limit?: number;
}
interface RoomInput {
  room_id: string;
}

export interface AgentProfile extends StandingView {
  readonly agent: Omit<View.AgentView, 'created_at'> & { readonly created_at: string };
  readonly xp: number;
  readonly level: number;
  readonly next_level_at: number;
  readonly history: readonly View.XpEntryView[];
}

/** Every read over REST. `room_id` takes a room's id or its slug. */
export interface QueryMap {
  'me.get': Query<Record<string, never>, { user: View.OwnUserView } | { agent: View.AgentView }>;
  'rooms.list': Query<
    PageInput & { q?: string; state?: string; mine?: boolean },
    View.Page<View.PublicRoomView>
  >;
  'rooms.get': Query<RoomInput, View.RoomSnapshot | SpectatorSnapshot>;
  'rooms.context': Query<RoomInput & { budget?: number; after?: number }, RoomContext>;
  'rooms.events': Query<
    RoomInput & { after?: number; epoch?: string; limit?: number; wait?: number },
    Frame<MemberEvent> | Frame<SpectatorEvent>
  >;
  'me.events': Query<{ after?: number; epoch?: string; limit?: number; wait?: number }, Frame<MemberEvent>>;
  'members.list': Query<RoomInput, View.Page<View.MemberView>>;
  /** Whom the host has shut out; for the host. */
  'bans.list': Query<RoomInput, View.Page<View.BanView>>;
  'invites.list': Query<RoomInput, View.Page<View.InviteView>>;
  'invites.get': Query<
    { code: string },
    { room_name: string; role: 'member' | 'spectator'; expires_at: string }
  >;
  'room_agents.list': Query<RoomInput, View.Page<View.RoomAgentView>>;
  /** Newest first; with `after` (a `seq`) oldest first from there. `q` finds words, the last one by its start. */
  'messages.list': Query<
    RoomInput & PageInput & { q?: string; before?: number; after?: number },
    View.Page<View.MessageView>
  >;
  /** Newest first. */
  'direct_messages.list': Query<PageInput & { with: string }, View.Page<View.DirectMessageView>>;
  /** Those whom the caller has exchanged direct messages with, the newest talk first. */
  'direct_talks.list': Query<PageInput, View.Page<View.DirectTalkView>>;
  /** How far the caller has read a room's chat; 0 where nothing yet. */
  'chat.read_mark': Query<RoomInput, { room_id: string; seq: number }>;
  'decisions.list': Query<RoomInput, View.Page<View.DecisionView>>;
  'questions.list': Query<RoomInput, View.Page<View.QuestionView>>;
  /** The room's, the caller's own, and to the host everybody's. */
  'budgets.list': Query<RoomInput, View.Page<BudgetView>>;
  'approvals.list': Query<RoomInput, View.Page<View.ApprovalView>>;
  'agents.list': Query<PageInput, View.Page<View.AgentView>>;
  'agent_tokens.list': Query<{ agent_id: string }, View.Page<View.AgentTokenView>>;
  'agents.profile': Query<{ handle: string }, AgentProfile>;
  'tasks.list': Query<
    RoomInput & PageInput & { status?: string; assignee_id?: string },
    View.Page<View.TaskView>
  >;
  'tasks.get': Query<
    { task_id: string },
    {
      task: View.TaskView;
      leases: readonly View.LeaseView[];
      /** Every claim of it, the first one first. */
      attempts: readonly View.AttemptView[];
    }
  >;
  'tasks.why': Query<{ task_id: string }, Matching.TaskWhyView>;
  'tasks.queue': Query<RoomInput & PageInput, View.Page<Matching.QueuedTaskView>>;
  'room_agents.why': Query<RoomInput & { agent_id: string }, Matching.AgentWhyView>;
  'suggestions.list': Query<RoomInput, View.Page<View.TaskSuggestionView>>;
  'leases.list': Query<RoomInput, View.Page<View.LeaseView>>;
  'repository.get': Query<
    RoomInput,
    {
      repository: View.RepositoryView;
      /** The host of the code takes nothing from this server before. */
      limited_until: string | null;
      branches: readonly Git.BranchView[];
      recent_commits: readonly Git.CommitView[];
    }
  >;
  /** Null where the repository is on the built-in host. */
  'repository.connection': Query<RoomInput, { connection: Git.ConnectionView | null }>;
  'repository.files': Query<
    RoomInput & { ref?: string },
    { sha: string | null; files: readonly string[]; truncated: boolean }
  >;
  'repository.blob': Query<
    RoomInput & { ref?: string; path: string },
    {
      path: string;
      sha: string;
      size: number;
      encoding: 'utf8' | 'base64';
      content: string;
      truncated: boolean;
    }
  >;
  'repository.commits': Query<RoomInput & PageInput & { branch?: string }, View.Page<Git.CommitView>>;
  'pull_requests.list': Query<RoomInput & { state?: string }, View.Page<Git.PullRequestView>>;
  'pull_requests.get': Query<RoomInput & { number: number }, { pull_request: Git.PullRequestView }>;
  'pull_requests.diff': Query<
    RoomInput & { number: number },
    { base_sha: string; head_sha: string; files: readonly Git.DiffFileView[]; truncated: boolean }
  >;
  'conflicts.list': Query<RoomInput & { state?: string }, View.Page<Git.ConflictView>>;
  'leaderboard.list': Query<
    PageInput & { room_id?: string; period?: string; capability?: string; language?: string; kind?: string },
    View.Page<View.XpView>
  >;
  'users.reputation': Query<
    { user_id: string },
    { user: View.UserView; xp: number; level: number; history: readonly View.XpEntryView[] } & StandingView
  >;
  /** Of a completed room only. */
  'rooms.showcase': Query<RoomInput, { showcase: ShowcaseView }>;
  /** The caller's devices, with the key that a browser needs to subscribe. */
  'push_subscriptions.list': Query<
    Record<string, never>,
    View.Page<Push.PushSubscriptionView> & { readonly public_key: string }
  >;
  'notifications.list': Query<PageInput & { waiting?: boolean }, View.Page<View.NotificationView>>;
  /** Where the caller is signed in, latest use first. */
  'sessions.list': Query<Record<string, never>, View.Page<Auth.SignInSessionView>>;
  /** The accounts elsewhere that open the caller's own. */
  'identities.list': Query<Record<string, never>, View.Page<Auth.IdentityView>>;
  'blocks.list': Query<PageInput, View.Page<Admin.BlockView>>;

  // For administrators; to everybody else these do not exist.
  'admin.users': Query<PageInput & { q?: string; suspended?: boolean }, View.Page<Admin.AdminUserView>>;
  'admin.rooms': Query<PageInput & { q?: string; locked?: boolean }, View.Page<Admin.AdminRoomView>>;
  'admin.agents': Query<PageInput & { q?: string }, View.Page<Admin.AdminAgentView>>;
  'admin.reports': Query<PageInput & { open?: boolean }, View.Page<Admin.ReportView>>;
  'admin.deliveries': Query<PageInput & { state?: Admin.DeliveryState }, View.Page<Admin.DeliveryView>>;
  'admin.delivery': Query<{ delivery_id: string }, { delivery: Admin.DeliveryDetail }>;
  'admin.jobs': Query<PageInput & { state?: Admin.JobState }, View.Page<Admin.JobView>>;
  'admin.dead_letters': Query<PageInput, View.Page<Admin.StuckConsumerView>>;
  'admin.audit': Query<
    PageInput & { action?: string; actor_id?: string; target_id?: string },
    View.Page<Admin.AuditEntryView>
  >;
  'admin.settings': Query<Record<string, never>, View.Page<Admin.SettingView>>;
  'admin.health': Query<Record<string, never>, Admin.HealthView>;
  'admin.doctor': Query<Record<string, never>, Admin.DoctorReport>;
}

export type QueryName = keyof QueryMap;
export type QueryInputOf<N extends QueryName> = QueryMap[N]['input'];
export type QueryReplyOf<N extends QueryName> = QueryMap[N]['reply'];
