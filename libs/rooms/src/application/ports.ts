import type {
  BranchView,
  CommitView,
  PublicRoomView,
  RoomSnapshot,
  SpectatorSnapshot,
} from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';
import type { LogTx } from '@clawtank/events';
import type { Room } from '../domain/room.js';

/** Rooms itself tells these; every other list of a snapshot comes from a part. */
type OwnParts = 'room' | 'members' | 'agents' | 'approvals' | 'questions' | 'decisions' | 'cursor' | 'epoch';
export type SnapshotLists = Partial<Omit<RoomSnapshot, OwnParts>>;

/**
 * A lib's share of a room's snapshot. Every provider that extends it is found at start and asked; a list that
 * nobody gives is empty. `tx` sees one moment, the one the snapshot's cursor belongs to.
 */
export abstract class SnapshotPart {
  abstract read(tx: Tx, room: Room): Promise<SnapshotLists>;
}

export type RoomFigures = Pick<PublicRoomView, 'tasks_open' | 'tasks_complete' | 'spectators'>;

/**
 * A lib's share of what the public directory counts, by room id; found at start as `SnapshotPart` is.
 * `tasks_open` counts every task that is neither complete nor cancelled.
 */
export abstract class DirectoryPart {
  abstract read(tx: Tx, roomIds: readonly string[]): Promise<ReadonlyMap<string, Partial<RoomFigures>>>;
}

/** How a member's snapshot looks to strangers: built field by field from nothing. */
export abstract class SnapshotProjector {
  abstract toSpectator(snapshot: RoomSnapshot, room: PublicRoomView): SpectatorSnapshot;
}

/** What the repository adds to an agent's context package. */
export abstract class RepositoryContext {
  abstract read(
    tx: Tx,
    room: Room,
  ): Promise<{
    readonly branches: readonly BranchView[];
    readonly recent_commits: readonly CommitView[];
    readonly files: readonly string[];
  }>;
}

/** Puts a line of the system's own into a room's chat (`chat.message`, origin `system`). The room is locked. */
export abstract class SystemLine {
  abstract say(tx: LogTx, roomId: string, text: string): Promise<void>;
}

/** The clocks of claims. */
export abstract class ClaimClock {
  /**
   * Renews the lease of the claim with this fence.
   * @returns when it now ends; null while it stands still, or when the agent holds no such claim
   */
  abstract renew(tx: LogTx, agentId: string, taskId: string, fence: number): Promise<Date | null>;
  /** Stops the clock of the task's present claim. The room is locked. */
  abstract hold(tx: LogTx, taskId: string, why: string): Promise<void>;
  /** Lets the clock run again with a full lease; nothing happens when it was not stopped. The room is locked. */
  abstract release(tx: LogTx, taskId: string): Promise<void>;
}

/** Refuses an import before anything is written. */
export abstract class ImportGate {
  /** @throws a Failure when the URL is no https URL, has credentials, or leads to a private address */
  abstract check(url: string): Promise<void>;
}

/** What git does when a room is completed. Both are idempotent and run outside any transaction. */
export abstract class RoomFinisher {
  /** Merges the pull requests that are approved, open and mergeable. */
  abstract mergeApproved(roomId: string): Promise<void>;
  /** Tags the default branch; null when the repository is empty. */
  abstract finish(roomId: string): Promise<{ readonly tagSha: string | null }>;
}
