import { roomStream } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';

/** Whoever has been away for longer reads the room as a newcomer does. */
const EVENTS_BACK = 20_000;

/** Where in a room's stream an agent last left it; null if it did not, as far back as is looked. */
export async function lastLeftAt(
  tx: Tx,
  roomId: string,
  agentId: string,
  head: number,
): Promise<number | null> {
  const rows = await tx.query<{ seq: number }>(
    `SELECT seq FROM stream_events
     WHERE stream = $1 AND seq > $2 AND type = 'agent.left' AND data->>'agent_id' = $3 ORDER BY seq DESC LIMIT 1`,
    [roomStream(roomId), head - EVENTS_BACK, agentId],
  );
  return rows[0]?.seq ?? null;
}
