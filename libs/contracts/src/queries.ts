import type { Frame, MemberEvent, SpectatorEvent } from './frames.js';
import type { SpectatorSnapshot } from './spectator-forms.js';
import type * as Git from './git-views.js';
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

export interface AgentProfile {
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
  'rooms.context': Query<RoomInput & { budget?: number }, View.RoomContext>;
  'rooms.events': Query<
    RoomInput & { after?: number; epoch?: string; limit?: number; wait?: number },
    Frame<MemberEvent> | Frame<SpectatorEvent>
  >;
  'me.events': Query<{ after?: number; epoch?: string; limit?: number; wait?: number }, Frame<MemberEvent>>;
  'members.list': Query<RoomInput, View.Page<View.MemberView>>;
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
  'decisions.list': Query<RoomInput, View.Page<View.DecisionView>>;
  'questions.list': Query<RoomInput, View.Page<View.QuestionView>>;
  'approvals.list': Query<RoomInput, View.Page<View.ApprovalView>>;
  'agents.list': Query<PageInput, View.Page<View.AgentView>>;
  'agent_tokens.list': Query<{ agent_id: string }, View.Page<View.AgentTokenView>>;
  'agents.profile': Query<{ handle: string }, AgentProfile>;
  'tasks.list': Query<
    RoomInput & PageInput & { status?: string; assignee_id?: string },
    View.Page<View.TaskView>
  >;
  'tasks.get': Query<{ task_id: string }, { task: View.TaskView; leases: readonly View.LeaseView[] }>;
  'suggestions.list': Query<RoomInput, View.Page<View.TaskSuggestionView>>;
  'leases.list': Query<RoomInput, View.Page<View.LeaseView>>;
  'repository.get': Query<
    RoomInput,
    {
      repository: View.RepositoryView;
      branches: readonly Git.BranchView[];
      recent_commits: readonly Git.CommitView[];
    }
  >;
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
  'leaderboard.list': Query<PageInput & { room_id?: string; period?: string }, View.Page<View.XpView>>;
  'users.reputation': Query<
    { user_id: string },
    { user: View.UserView; xp: number; level: number; history: readonly View.XpEntryView[] }
  >;
  'notifications.list': Query<PageInput, View.Page<View.NotificationView>>;
}

export type QueryName = keyof QueryMap;
export type QueryInputOf<N extends QueryName> = QueryMap[N]['input'];
export type QueryReplyOf<N extends QueryName> = QueryMap[N]['reply'];
