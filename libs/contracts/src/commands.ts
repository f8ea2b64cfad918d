import type { BudgetView } from './budget-views.js';
import type * as Admin from './admin.js';
import type * as Auth from './auth.js';
import type * as Input from './command-inputs.js';
import type { Principal } from './actor.js';
import type * as Git from './git-views.js';
import type * as Push from './push.js';
import type * as View from './views.js';

interface Command<I, R> {
  readonly input: I;
  readonly reply: R;
}

/** A merge that was made, or the place in line of one that waits for others. */
export interface MergeReply {
  readonly number: number;
  /** The merge commit; null while it waits. */
  readonly sha: string | null;
  readonly queued: boolean;
  /** Place in the merge queue, where 1 is next; null once merged. */
  readonly position: number | null;
}

/** Every command with what goes in and what its ack's `data` carries. */
export interface CommandMap {
  'room.create': Command<Input.RoomCreateInput, { room: View.RoomView; git_credential?: Git.GitCredential }>;
  'room.leave': Command<Input.RoomRef, { room_id: string }>;
  'room.update': Command<Input.RoomUpdateInput, { room: View.RoomView }>;
  'room.hold': Command<Input.RoomHoldInput, { room: View.RoomView }>;
  'room.complete': Command<Input.RoomCompleteInput, { room: View.RoomView }>;
  'room.delete': Command<Input.RoomRef, { room_id: string }>;
  'room.transfer': Command<Input.RoomTransferInput, { room: View.RoomView }>;
  /** Tries a failed repository set-up again. */
  'room.retry_setup': Command<Input.RoomRef, { room: View.RoomView; git_credential?: Git.GitCredential }>;
  'member.add': Command<Input.MemberRoleInput, { member: View.MemberView }>;
  'member.set_role': Command<Input.MemberRoleInput, { member: View.MemberView }>;
  'member.remove': Command<Input.MemberRef, { user_id: string }>;
  'member.ban': Command<Input.MemberRef, { user_id: string }>;
  'member.unban': Command<Input.MemberRef, { user_id: string }>;
  'invite.create': Command<
    Input.InviteCreateInput,
    { id: string; code: string; url: string; expires_at: string }
  >;
  'invite.accept': Command<
    Input.InviteAcceptInput,
    { room_id: string; slug: string; role: 'member' | 'spectator' }
  >;
  'invite.revoke': Command<Input.InviteRevokeInput, { id: string }>;

  'agent.create': Command<Input.AgentCreateInput, { agent: View.AgentView }>;
  'agent.delete': Command<Input.AgentRef, { agent_id: string }>;
  'agent.create_token': Command<Input.AgentTokenCreateInput, { id: string; token: string }>;
  'agent.revoke_token': Command<Input.AgentTokenRevokeInput, { id: string }>;
  'agent.register': Command<Input.AgentRegisterInput, { agent_id: string; room_state: View.RoomSnapshot }>;
  'agent.status': Command<Input.AgentStatusInput, { agent_id: string; room_id: string }>;
  'agent.heartbeat': Command<
    Input.AgentHeartbeatInput,
    { server_time: string; cursors: Readonly<Record<string, number>>; lease_expires_at: string | null }
  >;
  'agent.ask': Command<Input.AgentAskInput, { question_id: string }>;
  'agent.answer': Command<Input.AgentAnswerInput, { question_id: string }>;
  'agent.pause': Command<Input.AgentControlInput, { agent_id: string }>;
  'agent.resume': Command<Input.AgentControlInput, { agent_id: string }>;
  'agent.set_autonomy': Command<Input.AgentAutonomyInput, { agent_id: string }>;
  'agent.redirect': Command<Input.AgentRedirectInput, { agent_id: string }>;
  'agent.disconnect': Command<Input.AgentControlInput, { agent_id: string }>;
  'agent.unregister': Command<Input.AgentControlInput, { agent_id: string }>;

  'chat.send': Command<Input.ChatSendInput, { message_id: string; seq: number }>;
  'chat.edit': Command<Input.ChatEditInput, { message_id: string; seq: number }>;
  'chat.delete': Command<Input.MessageRef, { message_id: string; seq: number }>;
  'chat.react': Command<Input.ChatReactInput, { message_id: string }>;
  'chat.typing': Command<Input.RoomRef, Record<string, never>>;
  'chat.read': Command<Input.ChatReadInput, { room_id: string; seq: number }>;
  'chat.direct_read': Command<Input.ChatDirectReadInput, { with: string; up_to: string }>;
  'chat.direct': Command<Input.ChatDirectInput, { message_id: string; seq: number }>;

  'task.create': Command<Input.TaskCreateInput, { task: View.TaskView }>;
  'task.edit': Command<Input.TaskEditInput, { task: View.TaskView }>;
  'task.assign': Command<Input.TaskAssignInput, { task: View.TaskView; fence: number }>;
  'task.accept': Command<Input.TaskAcceptInput, { task: View.TaskView }>;
  'task.dismiss': Command<Input.SuggestionRef, { suggestion_id: string }>;
  'task.decline': Command<Input.TaskDeclineInput, { task_id: string }>;
  'task.claim': Command<
    Input.TaskClaimInput,
    {
      task: View.TaskView;
      fence: number;
      branch: string;
      /** The branch to fork from: the one an earlier claim left, or the default branch. */
      base_branch: string;
      leases: readonly View.LeaseView[];
      warnings: readonly string[];
      git_credential: Git.GitCredential;
    }
  >;
  'task.release': Command<Input.TaskReleaseInput, { task: View.TaskView }>;
  'task.start': Command<Input.FencedTaskRef, { task: View.TaskView }>;
  'task.progress': Command<Input.TaskProgressInput, { task: View.TaskView }>;
  'task.submit': Command<Input.TaskSubmitInput, { task: View.TaskView }>;
  'task.review': Command<Input.TaskReviewInput, { task: View.TaskView }>;
  'task.complete': Command<Input.TaskRef, { task: View.TaskView }>;
  'task.block': Command<Input.TaskBlockInput, { task: View.TaskView }>;
  'task.unblock': Command<Input.TaskUnblockInput, { task: View.TaskView }>;
  'task.cancel': Command<Input.TaskCancelInput, { task: View.TaskView }>;

  'approval.resolve': Command<Input.ApprovalResolveInput, { approval_id: string }>;
  /** The host sets the room's, everybody their own. */
  'budget.set': Command<Input.BudgetSetInput, { budget: BudgetView | null }>;
  'decision.add': Command<Input.DecisionAddInput, { decision_id: string }>;

  'git.branch': Command<Input.GitBranchInput, { branch: string; sha: string }>;
  'git.commit': Command<Input.GitCommitInput, { branch: string; sha: string }>;
  'git.pull_request': Command<Input.GitPullRequestInput, { number: number }>;
  'git.review': Command<Input.GitReviewInput, { number: number; review_id: string }>;
  'git.merge': Command<Input.GitMergeInput, MergeReply>;
  'git.close': Command<Input.PullRequestRef, { number: number }>;
  'git.set_token': Command<Input.GitSetTokenInput, { connection: Git.ConnectionView }>;
  'git.check': Command<Input.GitCheckInput, { sha: string; context: string }>;

  'me.update': Command<Auth.MeUpdateInput, { user: View.OwnUserView }>;
  /** Ends every session of the account, this one too. */
  'me.change_password': Command<Auth.ChangePasswordInput, { user_id: string }>;
  /** Signs the caller out there, at once: its access tokens and sockets end too. */
  'session.end': Command<Auth.SignInSessionRef, { session_id: string }>;
  /** Signs the caller out everywhere but here. */
  'session.end_others': Command<{ command_id?: string }, { ended: number }>;
  /** The last way into an account stays. */
  'identity.unlink': Command<Auth.IdentityRef, { identity_id: string }>;
  'notification.read': Command<Input.NotificationReadInput, { read: number }>;
  /** The same browser again replaces what it said before. */
  'push.subscribe': Command<Push.PushSubscribeInput, { subscription: Push.PushSubscriptionView }>;
  'push.update': Command<Push.PushUpdateInput, { subscription: Push.PushSubscriptionView }>;
  'push.unsubscribe': Command<Push.PushRef, { subscription_id: string }>;
  /** Sends this device a push that says that it works. */
  'push.test': Command<Push.PushRef, { subscription_id: string }>;

  /** Calls for an administrator. */
  'report.create': Command<Admin.ReportCreateInput, { report_id: string }>;
  /** Nothing that this person or their agents write to the caller alone arrives any more. */
  /** Keeps the caller, or an agent of theirs, out of leaderboards, or lists them again. */
  'reputation.hide': Command<Input.ReputationHideInput, { subject_id: string; hidden: boolean }>;
  'user.block': Command<Admin.UserRef, { user_id: string }>;
  'user.unblock': Command<Admin.UserRef, { user_id: string }>;

  // For administrators; to everybody else these do not exist.
  'admin.suspend_user': Command<Admin.AdminUserInput, { user_id: string }>;
  'admin.unsuspend_user': Command<Admin.AdminUserInput, { user_id: string }>;
  /** Makes a code with which that person sets a new password, once. */
  'admin.reset_password': Command<Admin.AdminUserInput, { code: string; url: string; expires_at: string }>;
  'admin.lock_room': Command<Admin.AdminRoomInput, { room_id: string }>;
  'admin.unlock_room': Command<Admin.AdminRoomInput, { room_id: string }>;
  'admin.delete_room': Command<Admin.AdminRoomInput, { room_id: string }>;
  'admin.revoke_agent_tokens': Command<Admin.AdminAgentInput, { agent_id: string; revoked: number }>;
  'admin.disconnect_agent': Command<Admin.AdminAgentInput, { agent_id: string }>;
  'admin.resolve_report': Command<Admin.AdminReportInput, { report_id: string }>;
  'admin.redeliver': Command<Admin.AdminDeliveryInput, { delivery_id: string }>;
  'admin.retry_job': Command<Admin.AdminJobInput, { job_id: string }>;
  'admin.retry_consumer': Command<Admin.AdminConsumerInput, { consumer: string; stream: string }>;
  'admin.set_setting': Command<Admin.AdminSettingInput, { setting: Admin.SettingView }>;
}

export type CommandName = keyof CommandMap;
export type CommandInputOf<N extends CommandName> = CommandMap[N]['input'];
export type CommandReplyOf<N extends CommandName> = CommandMap[N]['reply'];

/** The `type` of each command's ack. */
export const COMMAND_ACKS = {
  'room.create': 'room.created',
  'room.leave': 'room.left',
  'room.update': 'room.updated',
  'room.hold': 'room.held',
  'room.complete': 'room.completed',
  'room.delete': 'room.deleted',
  'room.transfer': 'room.transferred',
  'room.retry_setup': 'room.setup_retried',
  'member.add': 'member.added',
  'member.set_role': 'member.role_set',
  'member.remove': 'member.removed',
  'member.ban': 'member.banned',
  'member.unban': 'member.unbanned',
  'invite.create': 'invite.created',
  'invite.accept': 'invite.accepted',
  'invite.revoke': 'invite.revoked',
  'agent.create': 'agent.created',
  'agent.delete': 'agent.deleted',
  'agent.create_token': 'agent.token_created',
  'agent.revoke_token': 'agent.token_revoked',
  'agent.register': 'agent.registered',
  'agent.status': 'agent.status_set',
  'agent.heartbeat': 'heartbeat.ack',
  'agent.ask': 'agent.asked',
  'agent.answer': 'agent.answer_given',
  'agent.pause': 'agent.pause_set',
  'agent.resume': 'agent.resumed',
  'agent.set_autonomy': 'agent.autonomy_set',
  'agent.redirect': 'agent.redirect_sent',
  'agent.disconnect': 'agent.disconnected',
  'agent.unregister': 'agent.unregistered',
  'chat.send': 'chat.sent',
  'chat.edit': 'chat.edit_saved',
  'chat.delete': 'chat.delete_saved',
  'chat.react': 'chat.reacted',
  'chat.typing': 'chat.typing_sent',
  'chat.read': 'chat.read_saved',
  'chat.direct': 'chat.direct_sent',
  'chat.direct_read': 'chat.direct_read_saved',
  'task.create': 'task.create_saved',
  'task.edit': 'task.edited',
  'task.assign': 'task.assigned',
  'task.accept': 'task.accepted',
  'task.dismiss': 'task.dismiss_saved',
  'task.decline': 'task.declined',
  'task.claim': 'task.claimed',
  'task.release': 'task.released',
  'task.start': 'task.started',
  'task.progress': 'task.progressed',
  'task.submit': 'task.submitted',
  'task.review': 'task.reviewed',
  'task.complete': 'task.completed',
  'task.block': 'task.blocked',
  'task.unblock': 'task.unblocked',
  'task.cancel': 'task.cancelled',
  'approval.resolve': 'approval.resolve_saved',
  'budget.set': 'budget.set_saved',
  'decision.add': 'decision.added',
  'git.branch': 'git.branch_created',
  'git.commit': 'git.committed',
  'git.pull_request': 'git.pull_request_opened',
  'git.review': 'git.reviewed',
  'git.merge': 'git.merged',
  'git.close': 'git.closed',
  'git.set_token': 'git.token_set',
  'git.check': 'git.check_set',
  'me.update': 'me.updated',
  'me.change_password': 'me.password_changed',
  'session.end': 'session.ended',
  'session.end_others': 'session.others_ended',
  'identity.unlink': 'identity.unlinked',
  'notification.read': 'notification.read_saved',
  'push.subscribe': 'push.subscribed',
  'push.update': 'push.updated',
  'push.unsubscribe': 'push.unsubscribed',
  'push.test': 'push.test_sent',
  'report.create': 'report.created',
  'reputation.hide': 'reputation.hidden',
  'user.block': 'user.blocked',
  'user.unblock': 'user.unblocked',
  'admin.suspend_user': 'admin.user_suspended',
  'admin.unsuspend_user': 'admin.user_unsuspended',
  'admin.reset_password': 'admin.password_reset',
  'admin.lock_room': 'admin.room_locked',
  'admin.unlock_room': 'admin.room_unlocked',
  'admin.delete_room': 'admin.room_deleted',
  'admin.revoke_agent_tokens': 'admin.agent_tokens_revoked',
  'admin.disconnect_agent': 'admin.agent_disconnected',
  'admin.resolve_report': 'admin.report_resolved',
  'admin.redeliver': 'admin.redelivered',
  'admin.retry_job': 'admin.job_retried',
  'admin.retry_consumer': 'admin.consumer_retried',
  'admin.set_setting': 'admin.setting_set',
} as const satisfies Record<CommandName, string>;

export const COMMAND_NAMES = Object.keys(COMMAND_ACKS) as CommandName[];

/** Identity of a caller as `ready` and `me` tell it. */
export interface Identity extends Principal {
  /** For an agent: the person it belongs to. */
  readonly owner_id: string | null;
}
