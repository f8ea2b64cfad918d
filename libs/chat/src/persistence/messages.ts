import type { Actor, ActorKind, Origin, Principal } from '@clawtank/contracts';
import { prepared, type Tx } from '@clawtank/database';
import type { LogTx } from '@clawtank/events';
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

const INSERT = prepared(
  `INSERT INTO messages (id, room_id, seq, text_seq, author_kind, author_id, author_name, origin, text, mentions,
     reply_to)
   SELECT id, room_id, seq, seq, author_kind, author_id, author_name, origin, text, mentions, reply_to
   FROM jsonb_to_recordset($1::jsonb) AS m (id uuid, room_id uuid, seq bigint, author_kind text, author_id text,
     author_name text, origin text, text text, mentions jsonb, reply_to uuid)`,
);

/** Written together with the messages that others send at the same time, in front of whatever is asked next. */
export function insertMessage(tx: LogTx, message: NewMessage): void {
  const { id, roomId, seq, author, origin, text, mentions, replyTo } = message;
  tx.addRow(INSERT, {
    id,
    room_id: roomId,
    seq,
    author_kind: author.kind,
    author_id: author.id,
    author_name: author.name,
    origin,
    text,
    mentions,
    reply_to: replyTo,
  });
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

const LATEST = prepared(
  'SELECT id, text FROM messages WHERE room_id = $1 AND seq < $2 ORDER BY seq DESC LIMIT 1',
);

/** What a later message may point back at. */
export interface Words {
  readonly id: string;
  /** Empty once it was deleted. */
  readonly text: string;
}

/** The room's last message before that number in the log. */
export async function latestWords(
  tx: Tx,
  roomId: string,
  before: number = Number.MAX_SAFE_INTEGER,
): Promise<Words | undefined> {
  const rows = await tx.query<Words>(LATEST, [roomId, before]);
  return rows[0];
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

/** Who wrote a room's latest messages, the newest first. */
export async function latestAuthors(
  tx: Tx,
  roomId: string,
  limit: number,
): Promise<{ kind: ActorKind; id: string }[]> {
  return tx.query<{ kind: ActorKind; id: string }>(
    `SELECT author_kind AS kind, author_id AS id FROM messages
     WHERE room_id = $1 ORDER BY seq DESC LIMIT $2`,
    [roomId, limit],
  );
}
