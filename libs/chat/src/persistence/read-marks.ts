import { roomStream } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';

/**
 * Moves a reader's mark forward, never back and never beyond the room's last event.
 * @returns where it stands now
 */
export async function moveReadMark(
  tx: Tx,
  roomId: string,
  principalId: string,
  seq: number,
): Promise<number> {
  const rows = await tx.query<{ seq: number }>(
    `INSERT INTO chat_reads (room_id, principal_id, seq)
     SELECT $1, $2, least($3, head) FROM streams WHERE id = $4
     ON CONFLICT (room_id, principal_id) DO UPDATE SET seq = greatest(chat_reads.seq, excluded.seq)
     RETURNING seq`,
    [roomId, principalId, seq, roomStream(roomId)],
  );
  return rows[0]?.seq ?? 0;
}
