import type { DirectMessageView, Principal } from '@clawtank/contracts';
import { userStream } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';
import type { LogTx } from '@clawtank/events';

export interface DirectRow {
  id: string;
  number: number;
  from_kind: Principal['kind'];
  from_id: string;
  from_name: string;
  to_kind: Principal['kind'];
  to_id: string;
  to_name: string;
  text: string;
  created_at: Date;
}

/** What a message is read by. */
export const COLUMNS = 'id, number, from_kind, from_id, from_name, to_kind, to_id, to_name, text, created_at';

export interface NewDirectMessage {
  readonly id: string;
  readonly from: Principal;
  readonly to: Principal;
  readonly text: string;
  readonly replyTo: string | null;
}

/**
 * Locks the streams of both, so that the number of what is appended next is known.
 * @returns the head of the first one's stream
 */
export async function lockStreamsOf(tx: LogTx, ownId: string, otherId: string): Promise<number> {
  const own = userStream(ownId);
  // Two people may write to each other at the same moment: both lock in the order of the names.
  const streams = [own, userStream(otherId)].sort();
  const heads = new Map<string, number>();
  for (const stream of streams) {
    await tx.openStream(stream);
    const rows = await tx.query<{ head: number }>('SELECT head FROM streams WHERE id = $1 FOR UPDATE', [
      stream,
    ]);
    heads.set(stream, rows[0]?.head ?? 0);
  }
  return heads.get(own) ?? 0;
}

export async function insertDirectMessage(tx: Tx, message: NewDirectMessage): Promise<void> {
  await tx.execute(
    `INSERT INTO direct_messages (id, from_kind, from_id, from_name, to_kind, to_id, to_name, text, reply_to)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      message.id,
      message.from.kind,
      message.from.id,
      message.from.name,
      message.to.kind,
      message.to.id,
      message.to.name,
      message.text,
      message.replyTo,
    ],
  );
}

/** Whether these two have exchanged the message with this id. */
export async function isBetween(tx: Tx, one: string, other: string, messageId: string): Promise<boolean> {
  const rows = await tx.query(
    `SELECT 1 FROM direct_messages
     WHERE low_id = least($1::uuid, $2::uuid) AND high_id = greatest($1::uuid, $2::uuid) AND id = $3`,
    [one, other, messageId],
  );
  return rows.length > 0;
}

/** A direct message with its number among all, by which lists go on. */
export interface NumberedDirectMessage {
  readonly number: number;
  readonly view: DirectMessageView;
}

export const viewOf = (row: DirectRow): DirectMessageView => ({
  message_id: row.id,
  from: { kind: row.from_kind, id: row.from_id, name: row.from_name },
  to: { kind: row.to_kind, id: row.to_id, name: row.to_name },
  text: row.text,
  created_at: row.created_at.toISOString(),
});

/** What two have written to each other, newest first, before the number `before`. */
export async function listDirectMessages(
  tx: Tx,
  one: string,
  other: string,
  { before, limit }: { readonly before: number | null; readonly limit: number },
): Promise<NumberedDirectMessage[]> {
  const rows = await tx.query<DirectRow>(
    `SELECT ${COLUMNS} FROM direct_messages
     WHERE low_id = least($1::uuid, $2::uuid) AND high_id = greatest($1::uuid, $2::uuid)
       AND ($3::bigint IS NULL OR number < $3)
     ORDER BY number DESC LIMIT $4`,
    [one, other, before, limit],
  );
  return rows.map((row) => ({ number: row.number, view: viewOf(row) }));
}
