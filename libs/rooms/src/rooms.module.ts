import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { AgentDepartures } from './application/agent-departures.js';
import { ApprovalDeadlines } from './application/approval-deadlines.js';
import { AddDecision } from './application/commands/add-decision.js';
import { BanMember, UnbanMember } from './application/commands/ban-member.js';
import { AddMember, RemoveMember, SetMemberRole } from './application/commands/change-members.js';
import { CompleteRoom } from './application/commands/complete-room.js';
import { CreateRoom } from './application/commands/create-room.js';
import { DeleteRoom } from './application/commands/delete-room.js';
import { DisconnectAgent, UnregisterAgent } from './application/commands/end-presence.js';
import { Heartbeat } from './application/commands/heartbeat.js';
import { AcceptInvite, CreateInvite, RevokeInvite } from './application/commands/invites.js';
import { LeaveRoom } from './application/commands/leave-room.js';
import { AnswerQuestion, AskQuestion } from './application/commands/questions.js';
import { RegisterAgent } from './application/commands/register-agent.js';
import { ReportStatus } from './application/commands/report-status.js';
import { ResolveApproval } from './application/commands/resolve-approval.js';
import { RetrySetup } from './application/commands/retry-setup.js';
import {
  PauseAgent,
  RedirectAgent,
  ResumeAgent,
  SetAgentAutonomy,
} from './application/commands/steer-agent.js';
import { TransferRoom } from './application/commands/transfer-room.js';
import { HoldRoom, UpdateRoom } from './application/commands/update-room.js';
import { CompletionWatch } from './application/completion-watch.js';
import { DiscoveredParts } from './application/discovered-parts.js';
import { HeartbeatBatch } from './application/heartbeat-batch.js';
import { MemberDepartures } from './application/member-departures.js';
import { PublicRooms } from './application/public-rooms.js';
import { GetContext } from './application/queries/get-context.js';
import { GetInvite } from './application/queries/get-invite.js';
import { GetRoom } from './application/queries/get-room.js';
import { ListRooms } from './application/queries/list-rooms.js';
import { RoomEvents } from './application/queries/room-events.js';
import {
  ListApprovals,
  ListDecisions,
  ListBans,
  ListInvites,
  ListMembers,
  ListQuestions,
  ListRoomAgents,
} from './application/queries/room-lists.js';
import { RoomCompletion } from './application/room-completion.js';
import { RoomForesight } from './application/room-foresight.js';
import { RoomJobs } from './application/room-jobs.js';
import { RoomModeration } from './application/room-moderation.js';
import { RoomSnapshots } from './application/room-snapshots.js';

const ROOM_COMMANDS = [
  CreateRoom,
  RetrySetup,
  UpdateRoom,
  HoldRoom,
  LeaveRoom,
  TransferRoom,
  CompleteRoom,
  DeleteRoom,
  AddDecision,
  ResolveApproval,
];
const MEMBER_COMMANDS = [
  AddMember,
  SetMemberRole,
  RemoveMember,
  BanMember,
  UnbanMember,
  CreateInvite,
  AcceptInvite,
  RevokeInvite,
];
const AGENT_COMMANDS = [
  RegisterAgent,
  ReportStatus,
  Heartbeat,
  AskQuestion,
  AnswerQuestion,
  PauseAgent,
  ResumeAgent,
  RedirectAgent,
  SetAgentAutonomy,
  DisconnectAgent,
  UnregisterAgent,
];
const QUERIES = [
  ListRooms,
  GetRoom,
  GetContext,
  RoomEvents,
  GetInvite,
  ListApprovals,
  ListDecisions,
  ListBans,
  ListInvites,
  ListMembers,
  ListQuestions,
  ListRoomAgents,
];
const SERVICES = [
  AgentDepartures,
  ApprovalDeadlines,
  CompletionWatch,
  DiscoveredParts,
  HeartbeatBatch,
  MemberDepartures,
  PublicRooms,
  RoomCompletion,
  RoomForesight,
  RoomModeration,
];

/**
 * Rooms. The app provides the ports that other libs implement, globally: ClaimClock, ImportGate,
 * RepositoryContext, RoomFinisher, SnapshotProjector, SystemLine.
 */
@Module({
  imports: [DiscoveryModule],
  providers: [
    ...ROOM_COMMANDS,
    ...MEMBER_COMMANDS,
    ...AGENT_COMMANDS,
    ...QUERIES,
    ...SERVICES,
    RoomJobs,
    RoomSnapshots,
  ],
  exports: [CompletionWatch, PublicRooms, RoomJobs, RoomModeration, RoomSnapshots],
})
export class RoomsModule {}
