import type { Caller } from '@clawtank/commands';
import type { Tx } from '@clawtank/database';
import type { LogTx } from '@clawtank/events';
import { enforce, isId } from '@clawtank/kernel';
import { fail } from '../domain/failures.js';
import type { Room, RoomAccess, RoomSight, RoomStanding } from '../domain/room.js';
import { mayEnter, sightOf, type Wanted } from '../domain/standing.js';
import { findRoom } from '../persistence/room-rows.js';
import { findRoomFor, findRoomForAll, type FoundRoom } from '../persistence/room-sight.js';
import { seenUnderLock } from './room-foresight.js';

export interface EnterOptions {
  /** `host`: the host in person; `work` (default): host, members and their agents; `any`: spectators by invitation too. */
  readonly standing?: Wanted;
}

/**
 * Lets a caller act in a room: checks what they are in it and takes the room's lock.
 * @param roomIdOrSlug the room's id or slug
 * @returns the room as it is under the lock
 * @throws room.not_found, with the same answer for a missing, a private and a banning room; room.members_only;
 *   room.host_only; room.locked
 */
export async function enterRoom(
  tx: LogTx,
  caller: Caller,
  roomIdOrSlug: string,
  { standing = 'work' }: EnterOptions = {},
): Promise<RoomAccess> {
  if (isId(roomIdOrSlug) && tx.holdsRoom(roomIdOrSlug)) {
    return enterLocked(tx, caller, roomIdOrSlug, standing);
  }
  // Refused before the lock: a stranger must neither wait for a private room nor make others wait.
  const { room } = access(await findRoomFor(tx, roomIdOrSlug, caller.userId), caller, standing);
  if (!tx.holdsRoom(room.id) && !(await tx.lockRoom(room.id))) throw fail('room.not_found', {});
  return enterLocked(tx, caller, room.id, standing);
}

const enterLocked = async (tx: LogTx, caller: Caller, roomId: string, wanted: Wanted): Promise<RoomAccess> =>
  access(await seenUnderLock(tx, roomId, caller.userId), caller, wanted);

function access(found: FoundRoom | undefined, caller: Caller, wanted: Wanted): RoomAccess {
  const sight = sightFor(found, caller);
  enforce(mayEnter(sight.standing, wanted));
  if (sight.room.lockedAt) throw fail('room.locked', {});
  return { room: sight.room, standing: sight.standing as RoomStanding };
}

function sightFor(found: FoundRoom | undefined, caller: Caller | null): RoomSight {
  const standing = found && sightOf(found, caller?.kind ?? null);
  if (!found || !standing) throw fail('room.not_found', {});
  return { room: found.room, standing };
}

/**
 * A room as a query may see it, without a lock.
 * @param caller null for a stranger who is not signed in
 * @throws room.not_found for a missing room, a private one to strangers, and one that bans the caller
 */
export async function viewRoom(tx: Tx, caller: Caller | null, roomIdOrSlug: string): Promise<RoomSight> {
  return sightFor(await findRoomFor(tx, roomIdOrSlug, caller?.userId ?? null), caller);
}

/**
 * As `viewRoom` for several callers at once, in one statement.
 * @returns for each what it sees, or the failure that `viewRoom` would throw
 */
export async function viewRoomTogether(
  tx: Tx,
  callers: readonly Caller[],
  roomIdOrSlug: string,
): Promise<readonly (RoomSight | { readonly error: unknown })[]> {
  const people = [...new Set(callers.map(({ userId }) => userId))];
  const found = await findRoomForAll(tx, roomIdOrSlug, people);
  return callers.map((caller) => {
    try {
      return sightFor(found.get(caller.userId), caller);
    } catch (error) {
      return { error };
    }
  });
}

/**
 * Narrows what `viewRoom` saw to somebody who works in the room.
 * @throws room.members_only for strangers and spectators
 */
export function requireMember(sight: RoomSight): RoomAccess {
  enforce(mayEnter(sight.standing, 'work'));
  return { room: sight.room, standing: sight.standing as RoomStanding };
}

/** Locks a room for the system's own work (consumers, jobs). Undefined when it does not exist. */
export async function lockRoomById(tx: LogTx, roomId: string): Promise<Room | undefined> {
  return (await tx.lockRoom(roomId)) ? findRoom(tx, roomId) : undefined;
}
