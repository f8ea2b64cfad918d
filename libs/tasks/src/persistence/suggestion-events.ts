import { roomStream } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';

/** Numbers of the events that carry what was suggested from a message. */
export async function findSuggestionEvents(tx: Tx, roomId: string, messageId: string): Promise<number[]> {
  const rows = await tx.query<{ seq: number }>(
    `SELECT seq FROM stream_events
     WHERE stream = $1 AND type = 'task.suggested' AND data->>'message_id' = $2 ORDER BY seq`,
    [roomStream(roomId), messageId],
  );
  return rows.map((row) => row.seq);
}
