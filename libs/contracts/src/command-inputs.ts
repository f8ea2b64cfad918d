import type { BudgetPeriod, BudgetScope, UsageReport } from './budget-views.js';
import type { AgentStatus, Autonomy, GitHostName, Priority, Size, Visibility } from './states.js';
import type { RoomSettings } from './views.js';

/** Fields every command takes. Over REST `command_id` is the `Idempotency-Key` header. */
export interface CommandInput {
  command_id?: string;
}

export interface NotificationReadInput extends CommandInput {
  /** All of them when left out. */
  ids?: string[];
}
export interface RoomRef extends CommandInput {
  room_id: string;
}
export interface TaskRef extends CommandInput {
  task_id: string;
}
export interface FencedTaskRef extends TaskRef {
  fence: number;
}

export interface RepositoryInput {
  host: GitHostName;
  /** https URL to import; refused for private addresses. */
  url?: string;
  /** `owner/name` on GitHub or GitLab; made there when it is missing. */
  full_name?: string;
  /** A token of one's own for it, kept sealed and never shown again; administrators may do with the server's. */
  token?: string;
  /** `push`: the room stays in set-up until its host has pushed the first branch. */
  source?: 'empty' | 'import' | 'push';
}

export interface RoomCreateInput extends CommandInput {
  name: string;
  description?: string;
  visibility: Visibility;
  repository?: RepositoryInput;
  settings?: Partial<RoomSettings>;
}
export interface RoomUpdateInput extends RoomRef {
  name?: string;
  description?: string;
  visibility?: Visibility;
  settings?: Partial<RoomSettings>;
}
export interface RoomHoldInput extends RoomRef {
  hold: boolean;
}
export interface RoomCompleteInput extends RoomRef {
  /** Completes although work remains; without it the room is left as it is and the answer lists that work. */
  confirm?: boolean;
}
export interface RoomTransferInput extends RoomRef {
  user_id: string;
}
export interface MemberRef extends RoomRef {
  user_id: string;
}
export interface MemberRoleInput extends MemberRef {
  role: 'host' | 'member';
}
export interface InviteCreateInput extends RoomRef {
  role: 'member' | 'spectator';
  /** Seconds until it ends; 7 days when left out. */
  expires_in?: number;
  max_uses?: number;
}
export interface InviteAcceptInput extends CommandInput {
  code: string;
}
export interface InviteRevokeInput extends RoomRef {
  invite_id: string;
}

export interface AgentCreateInput extends CommandInput {
  name: string;
  model?: string;
  capabilities?: string[];
  languages?: string[];
}
export interface AgentRef extends CommandInput {
  agent_id: string;
}
export interface AgentTokenCreateInput extends AgentRef {
  label?: string;
}
export interface AgentTokenRevokeInput extends AgentRef {
  token_id: string;
}
export interface AgentRegisterInput extends RoomRef {
  model: string;
  capabilities: string[];
  owner?: string;
  languages?: string[];
  max_concurrent_tasks?: number;
}
export interface AgentStatusInput extends CommandInput {
  room_id?: string;
  status: AgentStatus;
  capabilities?: string[];
  task_id?: string;
  detail?: string;
  /** 0 to 1. */
  progress?: number;
}
export interface AgentHeartbeatInput extends CommandInput {
  /** Seconds. */
  uptime: number;
  current_task?: string;
  fence?: number;
}
export interface AgentAskInput extends RoomRef {
  task_id?: string;
  text: string;
  options?: string[];
}
export interface AgentAnswerInput extends CommandInput {
  question_id: string;
  answer: string;
}
export interface AgentControlInput extends RoomRef {
  agent_id: string;
}
export interface AgentAutonomyInput extends AgentControlInput {
  /** Null: the room's. */
  autonomy: Autonomy | null;
}
export interface AgentRedirectInput extends AgentControlInput {
  instruction: string;
}

export interface ChatSendInput extends RoomRef {
  text: string;
  reply_to?: string;
}
export interface MessageRef extends RoomRef {
  message_id: string;
}
export interface ChatEditInput extends MessageRef {
  text: string;
}
export interface ChatReactInput extends MessageRef {
  emoji: string;
  remove?: boolean;
}
export interface ChatReadInput extends RoomRef {
  seq: number;
}
export interface ChatDirectReadInput extends CommandInput {
  /** User or agent id of the other. */
  with: string;
  /** The last message that was read. */
  up_to: string;
}
export interface ChatDirectInput extends CommandInput {
  /** User or agent id. */
  to: string;
  text: string;
  reply_to?: string;
}

export interface TaskCreateInput extends RoomRef {
  title: string;
  description?: string;
  priority?: Priority;
  size?: Size;
  capabilities?: string[];
  languages?: string[];
  paths?: string[];
  depends_on?: string[];
  /** A day, as `2026-03-06`. */
  deadline?: string;
  parent_id?: string;
  /** A finished task of the room that this one carries on; open ones get subtasks. */
  follow_up_of?: string;
}
export interface TaskEditInput extends TaskRef {
  title?: string;
  description?: string;
  priority?: Priority;
  size?: Size;
  capabilities?: string[];
  languages?: string[];
  paths?: string[];
  depends_on?: string[];
  /** A day, as `2026-03-06`; null takes it away. */
  deadline?: string | null;
}
export interface TaskAssignInput extends TaskRef {
  assignee_id: string;
}
export interface SuggestionRef extends RoomRef {
  suggestion_id: string;
}
export interface TaskAcceptInput extends SuggestionRef {
  title?: string;
  description?: string;
}
export interface TaskDeclineInput extends TaskRef {
  reason?: string;
}
export interface TaskClaimInput extends TaskRef {
  paths?: string[];
}
export interface TaskReleaseInput extends FencedTaskRef {
  note?: string;
}
export interface TaskProgressInput extends FencedTaskRef {
  /** 0 to 1. */
  progress?: number;
  note?: string;
  usage?: UsageReport;
}
export interface TaskSubmitInput extends FencedTaskRef {
  summary?: string;
}
export interface TaskReviewInput extends TaskRef {
  verdict: 'approve' | 'request_changes';
  comment?: string;
}
export interface TaskBlockInput extends TaskRef {
  reason: string;
  /** An agent names the fence of its claim; people may leave it out. */
  fence?: number;
}
export interface TaskUnblockInput extends TaskRef {
  /** As for `task.block`. */
  fence?: number;
}
export interface TaskCancelInput extends TaskRef {
  reason?: string;
}

export interface ApprovalResolveInput extends CommandInput {
  approval_id: string;
  verdict: 'granted' | 'refused';
}
/** A measure that is left out or null has no limit; a budget without a limit is none. */
export interface BudgetSetInput extends RoomRef {
  scope: BudgetScope;
  period: BudgetPeriod;
  tasks?: number | null;
  minutes?: number | null;
  tokens?: number | null;
  cost_cents?: number | null;
}
export interface DecisionAddInput extends RoomRef {
  text: string;
}

export interface GitBranchInput extends RoomRef {
  task_id: string;
  fence: number;
}
export interface FileChange {
  path: string;
  content?: string;
  /** `base64` for bytes that are no text. */
  encoding?: 'utf8' | 'base64';
  delete?: boolean;
}
export interface GitCommitInput extends RoomRef {
  task_id: string;
  fence: number;
  branch: string;
  message: string;
  changes: FileChange[];
}
export interface GitPullRequestInput extends RoomRef {
  task_id: string;
  fence: number;
  title: string;
  body?: string;
}
export interface PullRequestRef extends RoomRef {
  number: number;
}
export interface GitMergeInput extends PullRequestRef {
  /** Takes it out of the merge queue instead: the task goes back to whoever holds it. */
  withdraw?: boolean;
}
export interface GitReviewInput extends PullRequestRef {
  verdict: 'approve' | 'request_changes';
  body?: string;
  comments?: { path: string; line: number; body: string }[];
}
export interface GitSetTokenInput extends RoomRef {
  /** Kept sealed, and never shown again to anybody. */
  token: string;
}
export interface GitCheckInput extends RoomRef {
  sha: string;
  context: string;
  state: 'pending' | 'success' | 'failure' | 'error';
  description?: string;
  target_url?: string;
}

export interface ReputationHideInput extends CommandInput {
  hidden: boolean;
  /** An agent of the caller's; the caller without it. */
  agent_id?: string;
}
