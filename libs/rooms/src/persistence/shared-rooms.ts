import type { Tx } from '@clawtank/database';

/** Everybody who works in a room, with the rooms: people by membership, agents where they have registered. */
const WORKS_IN = `(
  SELECT room_id, user_id AS principal_id FROM room_members WHERE role <> 'spectator'
  UNION ALL
  SELECT ra.room_id, ra.agent_id FROM room_agents ra
  JOIN agents a ON a.id = ra.agent_id
  JOIN room_members o ON o.room_id = ra.room_id AND o.user_id = a.owner_id AND o.role <> 'spectator'
)`;

/** Whether two people or agents work in one room, whichever. */
export async function sharesRoom(tx: Tx, principalId: string, otherId: string): Promise<boolean> {
  const rows = await tx.query(
    `SELECT 1 FROM ${WORKS_IN} a JOIN ${WORKS_IN} b USING (room_id)
     WHERE a.principal_id = $1 AND b.principal_id = $2 LIMIT 1`,
    [principalId, otherId],
  );
  return rows.length > 0;
}
