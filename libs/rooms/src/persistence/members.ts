import type { Tx } from '@clawtank/database';

export type MemberRole = 'host' | 'member' | 'spectator';

/** What a person is in the room, or undefined. */
export async function findRole(tx: Tx, roomId: string, userId: string): Promise<MemberRole | undefined> {
  const rows = await tx.query<{ role: MemberRole }>(
    'SELECT role FROM room_members WHERE room_id = $1 AND user_id = $2',
    [roomId, userId],
  );
  return rows[0]?.role;
}

/** How many work in the room, and how many watch it by invitation. Read under the room's lock. */
export async function countMembers(tx: Tx, roomId: string): Promise<{ members: number; spectators: number }> {
  const rows = await tx.query<{ members: number; spectators: number }>(
    `SELECT count(*) FILTER (WHERE role <> 'spectator') AS members,
            count(*) FILTER (WHERE role = 'spectator') AS spectators
     FROM room_members WHERE room_id = $1`,
    [roomId],
  );
  return rows[0] ?? { members: 0, spectators: 0 };
}

export async function insertMember(
  tx: Tx,
  roomId: string,
  userId: string,
  role: 'member' | 'spectator',
): Promise<void> {
  await tx.execute('INSERT INTO room_members (room_id, user_id, role) VALUES ($1, $2, $3)', [
    roomId,
    userId,
    role,
  ]);
}

export async function setRole(tx: Tx, roomId: string, userId: string, role: MemberRole): Promise<void> {
  await tx.execute('UPDATE room_members SET role = $3 WHERE room_id = $1 AND user_id = $2', [
    roomId,
    userId,
    role,
  ]);
}

/** True when that person was a member. */
export async function deleteMember(tx: Tx, roomId: string, userId: string): Promise<boolean> {
  const count = await tx.execute('DELETE FROM room_members WHERE room_id = $1 AND user_id = $2', [
    roomId,
    userId,
  ]);
  return count === 1;
}

export async function isBanned(tx: Tx, roomId: string, userId: string): Promise<boolean> {
  const rows = await tx.query('SELECT 1 FROM room_bans WHERE room_id = $1 AND user_id = $2', [
    roomId,
    userId,
  ]);
  return rows.length === 1;
}

export async function insertBan(tx: Tx, roomId: string, userId: string, bannedBy: string): Promise<void> {
  await tx.execute(
    'INSERT INTO room_bans (room_id, user_id, banned_by) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
    [roomId, userId, bannedBy],
  );
}

/** True when that person was banned. */
export async function deleteBan(tx: Tx, roomId: string, userId: string): Promise<boolean> {
  return (
    (await tx.execute('DELETE FROM room_bans WHERE room_id = $1 AND user_id = $2', [roomId, userId])) === 1
  );
}
