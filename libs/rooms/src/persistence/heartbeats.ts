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

export interface SeenAgent {
  readonly agentId: string;
  /** The database's time. */
  readonly now: string;
  /** Where it is registered and has not left. */
  readonly rooms: readonly string[];
  /** The heads of those of its streams that exist. */
  readonly cursors: Readonly<Record<string, number>>;
}

/**
 * Notes that agents were heard of, in one statement. A presence that somebody else is writing at this moment is
 * passed over: that one notes the same, or ends what a heartbeat would not bring back. So this waits for nobody,
 * in whatever order the agents come.
 */
export async function noteAllSeen(
  tx: Tx,
  agentIds: readonly string[],
  silenceSeconds: number,
): Promise<ReadonlyMap<string, SeenAgent>> {
  const rows = await tx.query<{
    agent_id: string;
    now: Date;
    rooms: string[] | null;
    cursors: Record<string, number> | null;
  }>(
    `WITH free AS (
       SELECT agent_id FROM agent_presence WHERE agent_id = ANY($1) ORDER BY agent_id FOR UPDATE SKIP LOCKED
     ), seen AS (
       UPDATE agent_presence p SET last_seen_at = now(), leave_at = now() + make_interval(secs => $2)
       FROM free WHERE p.agent_id = free.agent_id
     )
     SELECT beat.agent_id, clock_timestamp() AS now, here.rooms,
            (SELECT jsonb_object_agg(s.id, s.head) FROM streams s
             WHERE s.id = ANY(array_append(here.streams, 'user:' || beat.agent_id))) AS cursors
     FROM unnest($1::uuid[]) AS beat (agent_id)
     CROSS JOIN LATERAL (
       SELECT array_agg(ra.room_id ORDER BY ra.room_id) AS rooms, array_agg('room:' || ra.room_id) AS streams
       FROM room_agents ra WHERE ra.agent_id = beat.agent_id AND ra.left_at IS NULL
     ) here`,
    [agentIds, silenceSeconds],
  );
  return new Map(
    rows.map(({ agent_id: agentId, now, rooms, cursors }) => [
      agentId,
      { agentId, now: now.toISOString(), rooms: rooms ?? [], cursors: cursors ?? {} },
    ]),
  );
}
