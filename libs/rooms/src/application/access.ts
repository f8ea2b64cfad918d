import type { Caller } from '@clawtank/commands';
import type { Tx } from '@clawtank/database';
import type { LogTx } from '@clawtank/events';
import { enforce } from '@clawtank/kernel';
import { fail } from '../domain/failures.js';
import type { Room, RoomAccess, RoomSight, RoomStanding } from '../domain/room.js';
import { mayEnter, sightOf, type Wanted } from '../domain/standing.js';
import { findRoom } from '../persistence/room-rows.js';
import { findRoomFor } from '../persistence/room-sight.js';

export interface EnterOptions {
  /** `host`: the host in person; `work` (default): host, members and their agents; `any`: spectators by invitation too. */
  readonly standing?: Wanted;
}

/**
 * Lets a caller act in a room: checks what they are in it and takes the room's lock.
 * @param roomIdOrSlug the room's id or slug
 * @returns the room as it is under the lock
 * @throws room.not_found, with the same answer for a missing, a private and a banning room; room.members_only;
 *   room.host_only
 */
export async function enterRoom(
  tx: LogTx,
  caller: Caller,
  roomIdOrSlug: string,
  { standing = 'work' }: EnterOptions = {},
): Promise<RoomAccess> {
  // Refused before the lock: a stranger must neither wait for a private room nor make others wait.
  const seen = await enterUnlocked(tx, caller, roomIdOrSlug, standing);
  if (tx.holdsRoom(seen.room.id)) return seen;
  if (!(await tx.lockRoom(seen.room.id))) throw fail('room.not_found', {});
  return enterUnlocked(tx, caller, seen.room.id, standing);
}

async function enterUnlocked(
  tx: Tx,
  caller: Caller,
  roomIdOrSlug: string,
  wanted: Wanted,
): Promise<RoomAccess> {
  const sight = await viewRoom(tx, caller, roomIdOrSlug);
  enforce(mayEnter(sight.standing, wanted));
  return { room: sight.room, standing: sight.standing as RoomStanding };
}

/**
 * A room as a query may see it, without a lock.
 * @param caller null for a stranger who is not signed in
 * @throws room.not_found for a missing room, a private one to strangers, and one that bans the caller
 */
export async function viewRoom(tx: Tx, caller: Caller | null, roomIdOrSlug: string): Promise<RoomSight> {
  const found = await findRoomFor(tx, roomIdOrSlug, caller?.userId ?? null);
  const standing = found && sightOf(found, caller?.kind ?? null);
  if (!found || !standing) throw fail('room.not_found', {});
  return { room: found.room, standing };
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
