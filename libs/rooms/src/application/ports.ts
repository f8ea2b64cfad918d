import type {
  BranchView,
  CommitView,
  GitHostName,
  PublicRoomView,
  RoomSnapshot,
  SpectatorSnapshot,
} from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';
import type { LogTx } from '@clawtank/events';
import type { NamedClaim } from '../domain/named-claim.js';
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
   * Renews the leases of claims that agents name with their fences; waits for nobody.
   * @returns when each ends, by `keyOfClaim`; none for one that stands still or is not held by that agent
   */
  abstract renewAll(tx: LogTx, claims: readonly NamedClaim[]): Promise<ReadonlyMap<string, Date>>;
  /** Stops the clock of the task's present claim. The room is locked. */
  abstract hold(tx: LogTx, taskId: string, why: string): Promise<void>;
  /** Lets the clock run again with a full lease; nothing happens when it was not stopped. The room is locked. */
  abstract release(tx: LogTx, taskId: string): Promise<void>;
}

/** What a room's repository needs of its host: asked before anything is written, kept, and taken back in the end. */
export abstract class ImportGate {
  /** @throws a Failure when the URL is no https URL, has credentials, or leads to a private address */
  abstract check(url: string): Promise<void>;
  /** @throws a Failure when this server can't use that host with what it was given */
  abstract admit(host: GitHostName, credentials: { readonly own: boolean; readonly isAdmin: boolean }): void;
  /** Keeps the token that opens a new room's repository, sealed. */
  abstract keepToken(tx: LogTx, roomId: string, token: string): Promise<void>;
  /** Remembers what is to be taken back at the host of a room that goes with this transaction. */
  abstract letGo(tx: LogTx, roomId: string): Promise<void>;
}

/** What git does when a room is completed. Both are idempotent and run outside any transaction. */
export abstract class RoomFinisher {
  /** Merges the pull requests that are approved, open and mergeable. */
  abstract mergeApproved(roomId: string): Promise<void>;
  /** Tags the default branch; null when the repository is empty. */
  abstract finish(roomId: string): Promise<{ readonly tagSha: string | null }>;
}
