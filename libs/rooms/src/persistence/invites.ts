import { createHash } from 'node:crypto';
import type { InviteView } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';

const hash = (code: string): Buffer => createHash('sha256').update(code).digest();

export interface Invite {
  readonly id: string;
  readonly roomId: string;
  readonly roomName: string;
  readonly role: 'member' | 'spectator';
  readonly expiresAt: Date;
  /** False once it ended, was used up, or was revoked. */
  readonly live: boolean;
}

interface InviteRow {
  id: string;
  room_id: string;
  room_name: string;
  role: Invite['role'];
  expires_at: Date;
  live: boolean;
}

/**
 * The invite with this code, unless its room bans that person.
 * @param userId null for a stranger who is not signed in
 */
export async function findInvite(tx: Tx, code: string, userId: string | null): Promise<Invite | undefined> {
  const rows = await tx.query<InviteRow>(
    `SELECT i.id, i.room_id, r.name AS room_name, i.role, i.expires_at,
            i.revoked_at IS NULL AND i.expires_at > now() AND (i.max_uses IS NULL OR i.uses < i.max_uses) AS live
     FROM room_invites i JOIN rooms r ON r.id = i.room_id
     WHERE i.code_hash = $1
       AND NOT EXISTS (SELECT 1 FROM room_bans b WHERE b.room_id = i.room_id AND b.user_id = $2)`,
    [hash(code), userId],
  );
  const row = rows[0];
  return (
    row && {
      id: row.id,
      roomId: row.room_id,
      roomName: row.room_name,
      role: row.role,
      expiresAt: row.expires_at,
      live: row.live,
    }
  );
}

/** @returns when the invite ends */
export async function insertInvite(
  tx: Tx,
  invite: {
    readonly id: string;
    readonly roomId: string;
    readonly code: string;
    readonly role: Invite['role'];
    readonly createdBy: string;
    readonly seconds: number;
    readonly maxUses: number | null;
  },
): Promise<Date> {
  const rows = await tx.query<{ expires_at: Date }>(
    `INSERT INTO room_invites (id, room_id, code_hash, role, created_by, expires_at, max_uses)
     VALUES ($1, $2, $3, $4, $5, now() + make_interval(secs => $6), $7) RETURNING expires_at`,
    [
      invite.id,
      invite.roomId,
      hash(invite.code),
      invite.role,
      invite.createdBy,
      invite.seconds,
      invite.maxUses,
    ],
  );
  return rows[0]?.expires_at ?? new Date();
}

/** Counts one use. False when another was faster and took the last one. */
export async function useInvite(tx: Tx, inviteId: string): Promise<boolean> {
  const count = await tx.execute(
    `UPDATE room_invites SET uses = uses + 1
     WHERE id = $1 AND revoked_at IS NULL AND expires_at > now() AND (max_uses IS NULL OR uses < max_uses)`,
    [inviteId],
  );
  return count === 1;
}

/** False when the room has no such invite. Revoking twice changes nothing. */
export async function revokeInvite(tx: Tx, roomId: string, inviteId: string): Promise<boolean> {
  const count = await tx.execute(
    'UPDATE room_invites SET revoked_at = coalesce(revoked_at, now()) WHERE id = $1 AND room_id = $2',
    [inviteId, roomId],
  );
  return count === 1;
}

/** The room's invites, newest first; their codes are known to nobody any more. */
export async function listInvites(tx: Tx, roomId: string): Promise<InviteView[]> {
  const rows = await tx.query<{
    id: string;
    role: Invite['role'];
    created_at: Date;
    expires_at: Date;
    max_uses: number | null;
    uses: number;
    revoked_at: Date | null;
  }>(
    `SELECT id, role, created_at, expires_at, max_uses, uses, revoked_at FROM room_invites
     WHERE room_id = $1 ORDER BY created_at DESC, id DESC LIMIT 200`,
    [roomId],
  );
  return rows.map((row) => ({
    ...row,
    created_at: row.created_at.toISOString(),
    expires_at: row.expires_at.toISOString(),
    revoked_at: row.revoked_at?.toISOString() ?? null,
  }));
}
