import type { Actor } from '@clawtank/contracts';
import { roomStream } from '@clawtank/contracts';
import type { LogTx } from './log-tx.js';

/**
 * Replaces the data of earlier events of a room for good, keeping id, seq, type and time, and tells every
 * reader with a `redaction` event each. The room must be locked.
 */
export async function redactRoomEvents(
  tx: LogTx,
  roomId: string,
  seqs: readonly number[],
  actor: Actor,
): Promise<void> {
  const stream = roomStream(roomId);
  const rows = await tx.query<{ seq: number }>(
    `UPDATE stream_events SET data = '{"redacted": true}'
     WHERE stream = $1 AND seq = ANY($2) AND NOT data ? 'redacted' RETURNING seq`,
    [stream, seqs],
  );
  for (const { seq } of rows) tx.appendToRoom(roomId, { type: 'redaction', actor, data: { stream, seq } });
}
