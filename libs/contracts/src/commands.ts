import type * as Input from './command-inputs.js';
import type { Principal } from './actor.js';
import type * as Git from './git-views.js';
import type * as View from './views.js';

interface Command<I, R> {
  readonly input: I;
  readonly reply: R;
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
  'agent.redirect': Command<Input.AgentRedirectInput, { agent_id: string }>;
  'agent.disconnect': Command<Input.AgentControlInput, { agent_id: string }>;
  'agent.unregister': Command<Input.AgentControlInput, { agent_id: string }>;

  'chat.send': Command<Input.ChatSendInput, { message_id: string; seq: number }>;
  'chat.edit': Command<Input.ChatEditInput, { message_id: string; seq: number }>;
  'chat.delete': Command<Input.MessageRef, { message_id: string; seq: number }>;
  'chat.react': Command<Input.ChatReactInput, { message_id: string }>;
  'chat.typing': Command<Input.RoomRef, Record<string, never>>;
  'chat.read': Command<Input.ChatReadInput, { room_id: string; seq: number }>;
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
  'decision.add': Command<Input.DecisionAddInput, { decision_id: string }>;

  'git.branch': Command<Input.GitBranchInput, { branch: string; sha: string }>;
  'git.commit': Command<Input.GitCommitInput, { branch: string; sha: string }>;
  'git.pull_request': Command<Input.GitPullRequestInput, { number: number }>;
  'git.review': Command<Input.GitReviewInput, { number: number; review_id: string }>;
  'git.merge': Command<Input.PullRequestRef, { number: number; sha: string }>;
  'git.close': Command<Input.PullRequestRef, { number: number }>;
  'git.check': Command<Input.GitCheckInput, { sha: string; context: string }>;
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
  'decision.add': 'decision.added',
  'git.branch': 'git.branch_created',
  'git.commit': 'git.committed',
  'git.pull_request': 'git.pull_request_opened',
  'git.review': 'git.reviewed',
  'git.merge': 'git.merged',
  'git.close': 'git.closed',
  'git.check': 'git.check_set',
} as const satisfies Record<CommandName, string>;

export const COMMAND_NAMES = Object.keys(COMMAND_ACKS) as CommandName[];

/** Identity of a caller as `ready` and `me` tell it. */
export interface Identity extends Principal {
  /** For an agent: the person it belongs to. */
  readonly owner_id: string | null;
}
