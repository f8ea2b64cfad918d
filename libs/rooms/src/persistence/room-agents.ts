import type { AgentStatus } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';

/** An agent's presence in one room, as a row. */
export interface RoomAgent {
  readonly agentId: string;
  readonly ownerId: string;
  readonly sessionId: string | null;
  readonly joined: boolean;
  readonly left: boolean;
  readonly paused: boolean;
  readonly status: AgentStatus;
  readonly taskId: string | null;
  readonly detail: string | null;
  readonly progress: number | null;
  readonly capabilities: readonly string[];
}

interface Row {
  agent_id: string;
  owner_id: string;
  session_id: string | null;
  joined: boolean;
  left: boolean;
  paused: boolean;
  status: AgentStatus;
  task_id: string | null;
  detail: string | null;
  progress: number | null;
  capabilities: string[];
}

/** The agent's row in the room, also when it has left. Read under the room's lock. */
export async function findRoomAgent(tx: Tx, roomId: string, agentId: string): Promise<RoomAgent | undefined> {
  const rows = await tx.query<Row>(
    `SELECT ra.agent_id, a.owner_id, ra.session_id, ra.joined_at IS NOT NULL AS joined,
            ra.left_at IS NOT NULL AS "left", ra.paused, ra.status, ra.task_id, ra.detail, ra.progress,
            ra.capabilities
     FROM room_agents ra JOIN agents a ON a.id = ra.agent_id
     WHERE ra.room_id = $1 AND ra.agent_id = $2`,
    [roomId, agentId],
  );
  const row = rows[0];
  return (
    row && {
      agentId: row.agent_id,
      ownerId: row.owner_id,
      sessionId: row.session_id,
      joined: row.joined,
      left: row.left,
      paused: row.paused,
      status: row.status,
      taskId: row.task_id,
      detail: row.detail,
      progress: row.progress,
      capabilities: row.capabilities,
    }
  );
}

/** Agents that are registered in the room and have not left, without this one. Read under the room's lock. */
export async function countOtherAgents(tx: Tx, roomId: string, agentId: string): Promise<number> {
  const rows = await tx.query<{ count: number }>(
    'SELECT count(*) FROM room_agents WHERE room_id = $1 AND left_at IS NULL AND agent_id <> $2',
    [roomId, agentId],
  );
  return rows[0]?.count ?? 0;
}

/** Rooms that the agent is registered in and has not left; ascending, the order in which rooms are locked. */
export async function roomsOfAgent(tx: Tx, agentId: string): Promise<string[]> {
  const rows = await tx.query<{ room_id: string }>(
    'SELECT room_id FROM room_agents WHERE agent_id = $1 AND left_at IS NULL ORDER BY room_id',
    [agentId],
  );
  return rows.map((row) => row.room_id);
}

export interface Registration {
  readonly sessionId: string | null;
  readonly model: string;
  readonly capabilities: readonly string[];
  readonly languages: readonly string[];
  readonly maxConcurrentTasks: number;
}

/**
 * Writes the registration. Whoever had left begins anew; whoever had not stays joined. A host's pause remains, and one
 * that was set for an agent of the same owner that was deleted since holds for the next: nobody sheds it by a new name.
 */
export async function saveRegistration(
  tx: Tx,
  roomId: string,
  agentId: string,
  registration: Registration,
): Promise<void> {
  await tx.execute(
    `INSERT INTO room_agents AS ra (room_id, agent_id, session_id, model, capabilities, languages,
       max_concurrent_tasks, paused, autonomy)
     SELECT $1, $2, $3, $4, $5, $6, $7, coalesce(bool_or(gone.paused), false),
            (array_agg(gone.autonomy ORDER BY array_position(ARRAY['low', 'medium', 'high'], gone.autonomy)))[1]
     FROM agents own JOIN agents deleted ON deleted.owner_id = own.owner_id AND deleted.deleted_at IS NOT NULL
     JOIN room_agents gone ON gone.agent_id = deleted.id AND gone.room_id = $1
     WHERE own.id = $2
     ON CONFLICT (room_id, agent_id) DO UPDATE SET
       session_id = coalesce(excluded.session_id, ra.session_id), model = excluded.model,
       capabilities = excluded.capabilities, languages = excluded.languages,
       max_concurrent_tasks = excluded.max_concurrent_tasks, registered_at = now(), left_at = NULL,
       joined_at = CASE WHEN ra.left_at IS NULL THEN ra.joined_at END,
       status = CASE WHEN ra.left_at IS NULL THEN ra.status ELSE 'ready' END,
       task_id = CASE WHEN ra.left_at IS NULL THEN ra.task_id END,
       detail = CASE WHEN ra.left_at IS NULL THEN ra.detail END,
       progress = CASE WHEN ra.left_at IS NULL THEN ra.progress END`,
    [
      roomId,
      agentId,
      registration.sessionId,
      registration.model,
      registration.capabilities,
      registration.languages,
      registration.maxConcurrentTasks,
    ],
  );
}

export interface ReportedStatus {
  readonly status: AgentStatus;
  readonly taskId: string | null;
  readonly detail: string | null;
  readonly progress: number | null;
  readonly capabilities: readonly string[] | null;
}

/** Saves what the agent says of itself; its first word joins it. */
export async function saveStatus(
  tx: Tx,
  roomId: string,
  agentId: string,
  reported: ReportedStatus,
): Promise<void> {
  await tx.execute(
    `UPDATE room_agents SET status = $3, task_id = $4, detail = $5, progress = $6,
       capabilities = coalesce($7, capabilities), joined_at = coalesce(joined_at, now())
     WHERE room_id = $1 AND agent_id = $2`,
    [
      roomId,
      agentId,
      reported.status,
      reported.taskId,
      reported.detail,
      reported.progress,
      reported.capabilities,
    ],
  );
}

export async function setPaused(tx: Tx, roomId: string, agentId: string, paused: boolean): Promise<void> {
  await tx.execute('UPDATE room_agents SET paused = $3 WHERE room_id = $1 AND agent_id = $2', [
    roomId,
    agentId,
    paused,
  ]);
}

/** Those of a person's agents that are in the room. */
export async function agentsOfOwner(tx: Tx, roomId: string, ownerId: string): Promise<string[]> {
  const rows = await tx.query<{ agent_id: string }>(
    `SELECT ra.agent_id FROM room_agents ra JOIN agents a ON a.id = ra.agent_id
     WHERE ra.room_id = $1 AND a.owner_id = $2 AND ra.left_at IS NULL`,
    [roomId, ownerId],
  );
  return rows.map((row) => row.agent_id);
}

/** Marks agents as gone. @returns those that were there, and whether others saw them there */
export async function markLeft(
  tx: Tx,
  roomId: string,
  agentIds: readonly string[],
): Promise<{ agentId: string; joined: boolean; sessionId: string | null }[]> {
  const rows = await tx.query<{ agent_id: string; joined: boolean; session_id: string | null }>(
    `UPDATE room_agents SET left_at = now() WHERE room_id = $1 AND agent_id = ANY($2) AND left_at IS NULL
     RETURNING agent_id, joined_at IS NOT NULL AS joined, session_id`,
    [roomId, agentIds],
  );
  return rows.map((row) => ({ agentId: row.agent_id, joined: row.joined, sessionId: row.session_id }));
}

/** Forgets an agent that has left, but for what others have set for it there: a pause, a limit to its autonomy. */
export async function forgetRoomAgent(tx: Tx, roomId: string, agentId: string): Promise<void> {
  const kept = await tx.execute(
    `UPDATE room_agents SET joined_at = NULL, session_id = NULL, task_id = NULL, detail = NULL, progress = NULL
     WHERE room_id = $1 AND agent_id = $2 AND (paused OR autonomy IS NOT NULL)`,
    [roomId, agentId],
  );
  if (kept === 0)
    await tx.execute('DELETE FROM room_agents WHERE room_id = $1 AND agent_id = $2', [roomId, agentId]);
}
