import type { Tx } from '@clawtank/database';

export async function setLocked(tx: Tx, roomId: string, reason: string | null): Promise<void> {
  await tx.execute(
    'UPDATE rooms SET locked_at = coalesce(locked_at, now()), locked_reason = $2 WHERE id = $1',
    [roomId, reason],
  );
}

export async function setUnlocked(tx: Tx, roomId: string): Promise<void> {
  await tx.execute('UPDATE rooms SET locked_at = NULL, locked_reason = NULL WHERE id = $1', [roomId]);
}

/** Rooms that an agent is in, ascending, in which order their locks are taken. */
export async function roomsOfAgent(tx: Tx, agentId: string): Promise<string[]> {
  const rows = await tx.query<{ room_id: string }>(
    'SELECT room_id FROM room_agents WHERE agent_id = $1 AND left_at IS NULL ORDER BY room_id',
    [agentId],
  );
  return rows.map((row) => row.room_id);
}
