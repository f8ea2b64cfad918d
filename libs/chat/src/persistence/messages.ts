import type { Actor, ActorKind, Origin, Principal } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';
import type { Message } from '../domain/message.js';

interface MessageRow {
  id: string;
  room_id: string;
  seq: number;
  text_seq: number;
  author_kind: ActorKind;
  author_id: string;
  author_name: string;
  text: string;
  mentions: Principal[];
  reply_to: string | null;
  deleted: boolean;
}

export interface NewMessage {
  readonly id: string;
  readonly roomId: string;
  readonly seq: number;
  readonly author: Actor;
  readonly origin: Origin;
  readonly text: string;
  readonly mentions: readonly Principal[];
  readonly replyTo: string | null;
}

export async function insertMessage(tx: Tx, message: NewMessage): Promise<void> {
  await tx.execute(
    `INSERT INTO messages (id, room_id, seq, text_seq, author_kind, author_id, author_name, origin, text,
       mentions, reply_to)
     VALUES ($1, $2, $3, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      message.id,
      message.roomId,
      message.seq,
      message.author.kind,
      message.author.id,
      message.author.name,
      message.origin,
      message.text,
      JSON.stringify(message.mentions),
      message.replyTo,
    ],
  );
}

/** The message with this id in this room, deleted ones too. */
export async function findMessage(tx: Tx, roomId: string, id: string): Promise<Message | undefined> {
  const rows = await tx.query<MessageRow>(
    `SELECT id, room_id, seq, text_seq, author_kind, author_id, author_name, text, mentions, reply_to,
            deleted_at IS NOT NULL AS deleted
     FROM messages WHERE room_id = $1 AND id = $2`,
    [roomId, id],
  );
  return rows[0] && toMessage(rows[0]);
}

/** Puts a new text in the place of the old one, which is gone. */
export async function replaceText(
  tx: Tx,
  id: string,
  edit: { readonly text: string; readonly mentions: readonly Principal[]; readonly seq: number },
): Promise<void> {
  await tx.execute('UPDATE messages SET text = $2, mentions = $3, text_seq = $4 WHERE id = $1', [
    id,
    edit.text,
    JSON.stringify(edit.mentions),
    edit.seq,
  ]);
}

/** Empties the message and takes its reactions away; that somebody sent something then and there remains. */
export async function emptyMessage(tx: Tx, id: string): Promise<void> {
  await tx.execute(
    `UPDATE messages SET text = '', mentions = '[]', reply_to = NULL, deleted_at = now() WHERE id = $1`,
    [id],
  );
  await tx.execute('DELETE FROM message_reactions WHERE message_id = $1', [id]);
}

const toMessage = (row: MessageRow): Message => ({
  id: row.id,
  roomId: row.room_id,
  seq: row.seq,
  textSeq: row.text_seq,
  author: { kind: row.author_kind, id: row.author_id, name: row.author_name },
  text: row.text,
  mentions: row.mentions,
  replyTo: row.reply_to,
  deleted: row.deleted,
});
