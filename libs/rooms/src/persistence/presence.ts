import type { AgentStatus, Autonomy } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';
import type { PresentAgent, RoomPrincipal } from '../domain/room.js';

/** Agents that have joined and not left: what moves a room. */
export async function countPresentAgents(tx: Tx, roomId: string): Promise<number> {
  const rows = await tx.query<{ count: number }>(
    `SELECT count(*) FROM room_agents WHERE room_id = $1 AND joined_at IS NOT NULL AND left_at IS NULL`,
    [roomId],
  );
  return rows[0]?.count ?? 0;
}

interface PresentRow {
  agent_id: string;
  owner_id: string;
  name: string;
  handle: string;
  model: string;
  capabilities: string[];
  languages: string[];
  max_concurrent_tasks: number;
  paused: boolean;
  autonomy: Autonomy | null;
  status: AgentStatus;
  task_id: string | null;
}

/** The agents that are in the room now, the longest there first. */
export async function connectedAgents(tx: Tx, roomId: string): Promise<PresentAgent[]> {
  const rows = await tx.query<PresentRow>(
    `SELECT ra.agent_id, a.owner_id, a.name, a.handle, ra.model, ra.capabilities, ra.languages,
            ra.max_concurrent_tasks, ra.paused, ra.autonomy, ra.status, ra.task_id
     FROM room_agents ra JOIN agents a ON a.id = ra.agent_id
     WHERE ra.room_id = $1 AND ra.joined_at IS NOT NULL AND ra.left_at IS NULL
     ORDER BY ra.joined_at, ra.agent_id`,
    [roomId],
  );
  return rows.map((row) => ({
    agentId: row.agent_id,
    ownerId: row.owner_id,
    name: row.name,
    handle: row.handle,
    model: row.model,
    capabilities: row.capabilities,
    languages: row.languages,
    maxConcurrentTasks: row.max_concurrent_tasks,
    paused: row.paused,
    autonomy: row.autonomy,
    status: row.status,
    taskId: row.task_id,
  }));
}

/** Everybody who can be mentioned in the room: its people by user name, its agents by handle, left ones too. */
export async function principalsOf(tx: Tx, roomId: string): Promise<RoomPrincipal[]> {
  return tx.query<RoomPrincipal>(
    `SELECT 'human' AS kind, u.id, u.display_name AS name, u.username::text AS handle
     FROM room_members m JOIN users u ON u.id = m.user_id
     WHERE m.room_id = $1 AND m.role <> 'spectator'
     UNION ALL
     SELECT 'agent', a.id, a.name, a.handle::text
     FROM room_agents ra JOIN agents a ON a.id = ra.agent_id
     JOIN room_members o ON o.room_id = ra.room_id AND o.user_id = a.owner_id AND o.role <> 'spectator'
     WHERE ra.room_id = $1 AND ra.joined_at IS NOT NULL AND a.deleted_at IS NULL`,
    [roomId],
  );
}
