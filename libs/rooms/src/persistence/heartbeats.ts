import type { Tx } from '@clawtank/database';

/**
 * Notes that an agent was heard of, in all of its rooms at once, and moves the deadline of its silence.
 * Taken after the locks of rooms and tasks, everywhere.
 */
export async function noteSeen(tx: Tx, agentId: string, silenceSeconds: number): Promise<void> {
  await tx.execute(
    `INSERT INTO agent_presence (agent_id, last_seen_at, leave_at)
     VALUES ($1, now(), now() + make_interval(secs => $2))
     ON CONFLICT (agent_id) DO UPDATE SET last_seen_at = excluded.last_seen_at, leave_at = excluded.leave_at`,
    [agentId, silenceSeconds],
  );
}

/** Rooms in which an agent's silence has lasted too long, or whose agent was deleted; ascending. */
export async function roomsWithSilentAgents(tx: Tx): Promise<string[]> {
  const rows = await tx.query<{ room_id: string }>(
    `SELECT DISTINCT ra.room_id FROM room_agents ra
     JOIN agent_presence p ON p.agent_id = ra.agent_id JOIN agents a ON a.id = ra.agent_id
     WHERE ra.left_at IS NULL AND (p.leave_at <= now() OR a.deleted_at IS NOT NULL)
     ORDER BY ra.room_id LIMIT 500`,
  );
  return rows.map((row) => row.room_id);
}

/**
 * The silent and the deleted agents of a locked room, their presence locked too. One that a heartbeat is
 * renewing at this moment is passed over, so this never waits for a presence while it holds a room.
 */
export async function lockSilentAgents(
  tx: Tx,
  roomId: string,
): Promise<{ agentId: string; deleted: boolean }[]> {
  const rows = await tx.query<{ agent_id: string; deleted: boolean }>(
    `SELECT ra.agent_id, a.deleted_at IS NOT NULL AS deleted FROM room_agents ra
     JOIN agent_presence p ON p.agent_id = ra.agent_id JOIN agents a ON a.id = ra.agent_id
     WHERE ra.room_id = $1 AND ra.left_at IS NULL AND (p.leave_at <= now() OR a.deleted_at IS NOT NULL)
     ORDER BY ra.agent_id FOR UPDATE OF p SKIP LOCKED`,
    [roomId],
  );
  return rows.map((row) => ({ agentId: row.agent_id, deleted: row.deleted }));
}

/** The database's time and the heads of those of the streams that exist. */
export async function readCursors(
  tx: Tx,
  streams: readonly string[],
): Promise<{ now: string; cursors: Record<string, number> }> {
  const rows = await tx.query<{ now: Date; cursors: Record<string, number> | null }>(
    `SELECT clock_timestamp() AS now,
            (SELECT jsonb_object_agg(id, head) FROM streams WHERE id = ANY($1)) AS cursors`,
    [streams],
  );
  return { now: rows[0]?.now.toISOString() ?? '', cursors: rows[0]?.cursors ?? {} };
}
