import type { AdminAgentView, AdminRoomView, AdminUserView } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';

/** What every list of this file is narrowed by; ids below `before`, newest first. */
export interface ListFilter {
  readonly q: string | null;
  readonly before: string | null;
}

const likePattern = (text: string | null): string | null =>
  text === null ? null : `%${text.replace(/[\\%_]/g, '\\$&')}%`;

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

export async function listUsers(
  tx: Tx,
  filter: ListFilter & { readonly suspended: boolean | null },
  limit: number,
): Promise<AdminUserView[]> {
  const rows = await tx.query<
    Omit<AdminUserView, 'created_at' | 'suspended_at'> & { created_at: Date; suspended_at: Date | null }
  >(
    `SELECT u.id, u.username::text, u.display_name, u.email::text, u.is_admin, u.created_at, u.suspended_at,
       (SELECT count(*) FROM room_members m WHERE m.user_id = u.id) AS rooms,
       (SELECT count(*) FROM agents a WHERE a.owner_id = u.id AND a.deleted_at IS NULL) AS agents
     FROM users u
     WHERE ($1::text IS NULL OR u.username::text ILIKE $1 OR u.display_name ILIKE $1 OR u.email::text ILIKE $1)
       AND ($2::boolean IS NULL OR (u.suspended_at IS NOT NULL) = $2) AND ($3::uuid IS NULL OR u.id < $3)
     ORDER BY u.id DESC LIMIT $4`,
    [likePattern(filter.q), filter.suspended, filter.before, limit + 1],
  );
  return rows.map((row) => ({
    ...row,
    created_at: row.created_at.toISOString(),
    suspended_at: iso(row.suspended_at),
  }));
}

export async function listRooms(
  tx: Tx,
  filter: ListFilter & { readonly locked: boolean | null },
  limit: number,
): Promise<AdminRoomView[]> {
  const rows = await tx.query<
    Omit<AdminRoomView, 'created_at' | 'locked_at'> & { created_at: Date; locked_at: Date | null }
  >(
    `SELECT r.id, r.slug, r.name, r.visibility, r.state, r.created_at, r.locked_at, r.locked_reason,
       (SELECT u.display_name FROM room_members h JOIN users u ON u.id = h.user_id
        WHERE h.room_id = r.id AND h.role = 'host') AS host_name,
       (SELECT count(*) FROM room_members m WHERE m.room_id = r.id) AS members,
       (SELECT count(*) FROM room_agents a
        WHERE a.room_id = r.id AND a.joined_at IS NOT NULL AND a.left_at IS NULL) AS agents,
       (SELECT s.head FROM streams s WHERE s.id = 'room:' || r.id) AS events
     FROM rooms r
     WHERE ($1::text IS NULL OR r.name ILIKE $1 OR r.slug ILIKE $1)
       AND ($2::boolean IS NULL OR (r.locked_at IS NOT NULL) = $2) AND ($3::uuid IS NULL OR r.id < $3)
     ORDER BY r.id DESC LIMIT $4`,
    [likePattern(filter.q), filter.locked, filter.before, limit + 1],
  );
  return rows.map((row) => ({
    ...row,
    created_at: row.created_at.toISOString(),
    locked_at: iso(row.locked_at),
  }));
}

export async function listAllAgents(tx: Tx, filter: ListFilter, limit: number): Promise<AdminAgentView[]> {
  const rows = await tx.query<
    Omit<AdminAgentView, 'created_at' | 'last_used_at'> & { created_at: Date; last_used_at: Date | null }
  >(
    `SELECT a.id, a.name, a.handle::text, a.model, a.owner_id, u.display_name AS owner_name, a.created_at,
       (SELECT count(*) FROM agent_tokens t WHERE t.agent_id = a.id AND t.revoked_at IS NULL) AS live_tokens,
       (SELECT max(t.last_used_at) FROM agent_tokens t WHERE t.agent_id = a.id) AS last_used_at,
       (SELECT count(*) FROM room_agents ra
        WHERE ra.agent_id = a.id AND ra.joined_at IS NOT NULL AND ra.left_at IS NULL) AS rooms
     FROM agents a JOIN users u ON u.id = a.owner_id
     WHERE a.deleted_at IS NULL
       AND ($1::text IS NULL OR a.name ILIKE $1 OR a.handle::text ILIKE $1 OR u.display_name ILIKE $1)
       AND ($2::uuid IS NULL OR a.id < $2)
     ORDER BY a.id DESC LIMIT $3`,
    [likePattern(filter.q), filter.before, limit + 1],
  );
  return rows.map((row) => ({
    ...row,
    created_at: row.created_at.toISOString(),
    last_used_at: iso(row.last_used_at),
  }));
}
