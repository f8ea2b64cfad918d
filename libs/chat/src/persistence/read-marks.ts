import { roomStream } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';

/** Where a reader's mark stands, and whether it moved to there just now. */
export interface ReadMark {
  readonly seq: number;
  readonly moved: boolean;
}

/** How far somebody has read a room's chat; 0 where nothing yet. */
export async function readMarkOf(tx: Tx, roomId: string, principalId: string): Promise<number> {
  const rows = await tx.query<{ seq: number }>(
    'SELECT seq FROM chat_reads WHERE room_id = $1 AND principal_id = $2',
    [roomId, principalId],
  );
  return rows[0]?.seq ?? 0;
}

/** Moves a reader's mark forward, never back and never beyond the room's last event. */
export async function moveReadMark(
  tx: Tx,
  roomId: string,
  principalId: string,
  seq: number,
): Promise<ReadMark> {
  const moved = await tx.query<{ seq: number }>(
    `INSERT INTO chat_reads (room_id, principal_id, seq)
     SELECT $1, $2, least($3, head) FROM streams WHERE id = $4
     ON CONFLICT (room_id, principal_id) DO UPDATE SET seq = excluded.seq WHERE chat_reads.seq < excluded.seq
     RETURNING seq`,
    [roomId, principalId, seq, roomStream(roomId)],
  );
  const now = moved[0]?.seq;
  // A first mark at 0 says nothing that was not so before.
  if (now !== undefined) return { seq: now, moved: now > 0 };
  return { seq: await readMarkOf(tx, roomId, principalId), moved: false };
}
