import type { Tx } from '@clawtank/database';

/** The different reactions that a message has. */
export async function emojisOf(tx: Tx, messageId: string): Promise<string[]> {
  const rows = await tx.query<{ emoji: string }>(
    'SELECT DISTINCT emoji FROM message_reactions WHERE message_id = $1',
    [messageId],
  );
  return rows.map((row) => row.emoji);
}

/** True when it was not there before. */
export async function addReaction(
  tx: Tx,
  messageId: string,
  emoji: string,
  principalId: string,
): Promise<boolean> {
  const added = await tx.execute(
    `INSERT INTO message_reactions (message_id, emoji, principal_id) VALUES ($1, $2, $3)
     ON CONFLICT DO NOTHING`,
    [messageId, emoji, principalId],
  );
  return added === 1;
}

/** True when it was there. */
export async function removeReaction(
  tx: Tx,
  messageId: string,
  emoji: string,
  principalId: string,
): Promise<boolean> {
  const removed = await tx.execute(
    'DELETE FROM message_reactions WHERE message_id = $1 AND emoji = $2 AND principal_id = $3',
    [messageId, emoji, principalId],
  );
  return removed === 1;
}
