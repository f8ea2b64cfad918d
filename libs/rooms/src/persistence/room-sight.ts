import type { Tx } from '@clawtank/database';
import { isId } from '@clawtank/kernel';
import type { Room } from '../domain/room.js';
import { ROOM_COLUMNS, type RoomRow, toRoom } from './room-rows.js';

export interface FoundRoom {
  readonly room: Room;
  readonly role: 'host' | 'member' | 'spectator' | null;
  readonly banned: boolean;
}

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
  const id = isId(idOrSlug) ? idOrSlug : null;
  const rows = await tx.query<RoomRow & { role: FoundRoom['role']; banned: boolean }>(
    `SELECT ${ROOM_COLUMNS}, m.role, b.user_id IS NOT NULL AS banned
     FROM rooms r
     LEFT JOIN room_members m ON m.room_id = r.id AND m.user_id = $3
     LEFT JOIN room_bans b ON b.room_id = r.id AND b.user_id = $3
     WHERE r.id = $1 OR r.slug = $2`,
    [id, id === null ? idOrSlug : null, userId],
  );
  const row = rows[0];
  return row && { room: toRoom(row), role: row.role, banned: row.banned };
}
