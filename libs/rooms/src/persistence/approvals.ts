import type { ApprovalView } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';

/** The room of an approval, if that person has a role in it: others learn nothing of the approval. */
export async function findRoomOfApproval(
  tx: Tx,
  approvalId: string,
  userId: string,
): Promise<string | undefined> {
  const rows = await tx.query<{ room_id: string }>(
    `SELECT a.room_id FROM approvals a
     JOIN room_members m ON m.room_id = a.room_id AND m.user_id = $2 WHERE a.id = $1`,
    [approvalId, userId],
  );
  return rows[0]?.room_id;
}

/** Resolves a pending approval. False when it is no longer pending. */
export async function resolveApproval(
  tx: Tx,
  approvalId: string,
  state: Extract<ApprovalView['state'], 'granted' | 'refused'>,
  userId: string,
): Promise<boolean> {
  const count = await tx.execute(
    `UPDATE approvals SET state = $2, resolved_at = now(), resolved_by = $3 WHERE id = $1 AND state = 'pending'`,
    [approvalId, state, userId],
  );
  return count === 1;
}
