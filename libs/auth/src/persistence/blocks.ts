import type { BlockView } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';

type Queryable = Pick<Tx, 'query'>;

/** False when the block was there before. */
export async function insertBlock(tx: Tx, userId: string, blockedId: string): Promise<boolean> {
  const count = await tx.execute(
    'INSERT INTO user_blocks (user_id, blocked_id) VALUES ($1, $2) ON CONFLICT DO NOTHING',
    [userId, blockedId],
  );
  return count === 1;
}

/** False when there was none. */
export async function deleteBlock(tx: Tx, userId: string, blockedId: string): Promise<boolean> {
  const count = await tx.execute('DELETE FROM user_blocks WHERE user_id = $1 AND blocked_id = $2', [
    userId,
    blockedId,
  ]);
  return count === 1;
}

/** Whether a person has blocked another. */
export async function hasBlocked(tx: Queryable, userId: string, blockedId: string): Promise<boolean> {
  const rows = await tx.query('SELECT 1 FROM user_blocks WHERE user_id = $1 AND blocked_id = $2', [
    userId,
    blockedId,
  ]);
  return rows.length === 1;
}

/** Whom a person has blocked, by id, after `after`; one more than `limit`. */
export async function listBlocks(
  tx: Queryable,
  userId: string,
  after: string,
  limit: number,
): Promise<BlockView[]> {
  const rows = await tx.query<{ id: string; username: string; display_name: string; created_at: Date }>(
    `SELECT u.id, u.username::text, u.display_name, b.created_at
     FROM user_blocks b JOIN users u ON u.id = b.blocked_id
     WHERE b.user_id = $1 AND b.blocked_id > $2 ORDER BY b.blocked_id LIMIT $3`,
    [userId, after, limit + 1],
  );
  return rows.map(({ created_at, ...user }) => ({ user, created_at: created_at.toISOString() }));
}
