import type {
  AgentStatus,
  Autonomy,
  GitHostName,
  RoomSettings,
  RoomState,
  Visibility,
} from '@clawtank/contracts';

/** A room as use cases see it. */
export interface Room {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly visibility: Visibility;
  readonly state: RoomState;
  /** The host's pause: claims, pushes and merges are refused, the state is untouched. */
  readonly hold: boolean;
  /** True for the moment in which the room is being completed: no new work. */
  readonly completing: boolean;
  readonly hostId: string;
  readonly settings: RoomSettings;
  readonly setupError: string | null;
  readonly repository: RoomRepository;
  /** Detected conflicts that are open, as git counts them. */
  readonly openConflicts: number;
  readonly createdAt: Date;
  readonly completedAt: Date | null;
  readonly archiveAt: Date | null;
  /** Since when an administrator keeps everybody from changing anything in it. */
  readonly lockedAt: Date | null;
}

export interface RoomRepository {
  readonly host: GitHostName;
  readonly defaultBranch: string;
  readonly headSha: string | null;
}

/** What somebody is in a room. An agent enters through its owner's membership. */
export type RoomStanding = 'host' | 'member' | 'agent' | 'spectator';

/** What `enterRoom` found out: the room, locked, and what the caller is in it. */
export interface RoomAccess {
  readonly room: Room;
  readonly standing: RoomStanding;
}

/** As `RoomAccess` without a lock; strangers see public rooms only. */
export interface RoomSight {
  readonly room: Room;
  readonly standing: RoomStanding | 'stranger';
}

/** An agent that has joined and not left. */
export interface PresentAgent {
  readonly agentId: string;
  readonly ownerId: string;
  readonly name: string;
  readonly handle: string;
  readonly model: string;
  readonly capabilities: readonly string[];
  readonly languages: readonly string[];
  readonly maxConcurrentTasks: number;
  readonly paused: boolean;
  readonly autonomy: Autonomy | null;
  readonly status: AgentStatus;
  readonly taskId: string | null;
}

/** Somebody who can be mentioned in a room: people by user name, agents by handle. */
export interface RoomPrincipal {
  readonly kind: 'human' | 'agent';
  readonly id: string;
  readonly name: string;
  readonly handle: string;
}

/** How a room's repository is to be set up; written by `room.create`, carried out by git. */
export interface RepositoryRequest {
  readonly roomId: string;
  readonly slug: string;
  readonly host: GitHostName;
  readonly source: 'empty' | 'import' | 'push';
  readonly url: string | null;
  readonly fullName: string | null;
  /** Grows with each `room.retry_setup`; part of the intent's identity. */
  readonly attempt: number;
}
