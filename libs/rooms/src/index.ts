export { enterRoom, lockRoomById, requireMember, viewRoom, viewRoomTogether } from './application/access.js';
export type { EnterOptions } from './application/access.js';
export { askApproval, lapseApprovals, requireReviewer } from './application/approvals.js';
export type { Asked } from './application/approvals.js';
export { CompletionWatch } from './application/completion-watch.js';
export {
  ClaimClock,
  DirectoryPart,
  ImportGate,
  RepositoryContext,
  RoomFinisher,
  SnapshotPart,
  SnapshotProjector,
  SystemLine,
} from './application/ports.js';
export type { RoomFigures, SnapshotLists } from './application/ports.js';
export { PublicRooms } from './application/public-rooms.js';
export { RoomJobs } from './application/room-jobs.js';
export { RoomModeration } from './application/room-moderation.js';
export { RoomSnapshots } from './application/room-snapshots.js';
export { SESSIONS_CHANNEL } from './application/session-notices.js';
export type { SessionNotice } from './application/session-notices.js';
export { setSetupError } from './application/set-setup-error.js';
export { triggerRoom } from './application/trigger-room.js';
export { keyOfClaim } from './domain/named-claim.js';
export type { NamedClaim } from './domain/named-claim.js';
export { writeDecision } from './application/write-decision.js';
export { mayTakeWork } from './domain/room-policies.js';
export type { RoomTrigger } from './domain/room-states.js';
export type {
  PresentAgent,
  RepositoryRequest,
  Room,
  RoomAccess,
  RoomPrincipal,
  RoomRepository,
  RoomSight,
  RoomStanding,
} from './domain/room.js';
export { markRoomCleaned, roomsToClean } from './persistence/deleted-rooms.js';
export { roomsMigrations } from './persistence/all-migrations.js';
export { connectedAgents, principalsOf } from './persistence/presence.js';
export { findRepositoryRequest, openRepositoryRequests } from './persistence/repository-requests.js';
export { setOpenConflicts, setRepositoryHead } from './persistence/room-changes.js';
export { listDecisions } from './persistence/room-lists.js';
export { findRoom } from './persistence/room-rows.js';
export { findSetupCredential } from './persistence/setup-credentials.js';
export { sharesRoom } from './persistence/shared-rooms.js';
export { RoomsConfig } from './rooms.config.js';
export { RoomsModule } from './rooms.module.js';
