import { prepared, type Tx } from '@clawtank/database';
import { isId } from '@clawtank/kernel';
import type { Room } from '../domain/room.js';
import { ROOM_COLUMNS, type RoomRow, toRoom } from './room-rows.js';

export interface FoundRoom {
  readonly room: Room;
  readonly role: 'host' | 'member' | 'spectator' | null;
  readonly banned: boolean;
}

interface SightRow extends RoomRow {
  user_id: string | null;
  role: FoundRoom['role'];
  banned: boolean;
}

const FIND = prepared(
  `SELECT ${ROOM_COLUMNS}, u.user_id, m.role, b.user_id IS NOT NULL AS banned
   FROM rooms r
   CROSS JOIN unnest($3::uuid[]) AS u (user_id)
   LEFT JOIN room_members m ON m.room_id = r.id AND m.user_id = u.user_id
   LEFT JOIN room_bans b ON b.room_id = r.id AND b.user_id = u.user_id
   WHERE r.id = $1 OR r.slug = $2`,
);

/**
 * A room with what a person is in it, in the one statement that every caller's way goes through, so that a
 * missing, a private and a banning room can't be told apart by what is asked of the database.
 * @param userId null for a stranger who is not signed in
 */
export async function findRoomFor(
  tx: Tx,
  idOrSlug: string,
  userId: string | null,
): Promise<FoundRoom | undefined> {
  const [row] = await find(tx, idOrSlug, [userId]);
  return row && toFound(row);
}

/** As `findRoomFor` for several people at once, by their ids; empty where there is no such room. */
export async function findRoomForAll(
  tx: Tx,
  roomId: string,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, FoundRoom>> {
  const [first, ...others] = await find(tx, roomId, userIds);
  if (!first?.user_id) return new Map();
  const { room, ...own } = toFound(first);
  const found = new Map<string, FoundRoom>([[first.user_id, { room, ...own }]]);
  for (const { user_id, role, banned } of others) if (user_id) found.set(user_id, { room, role, banned });
  return found;
}

const toFound = (row: SightRow): FoundRoom => ({ room: toRoom(row), role: row.role, banned: row.banned });

async function find(tx: Tx, idOrSlug: string, userIds: readonly (string | null)[]): Promise<SightRow[]> {
  const id = isId(idOrSlug) ? idOrSlug : null;
  return tx.query<SightRow & { [column: string]: unknown }>(FIND, [
    id,
    id === null ? idOrSlug : null,
    userIds,
  ]);
}
