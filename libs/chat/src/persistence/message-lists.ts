import type { Actor, MessageView } from '@clawtank/contracts';
import { roomStream } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';
import { SEARCHED } from './search-words.js';

interface ListedRow extends Omit<MessageView, 'created_at' | 'edited_at' | 'author'> {
  author_kind: Actor['kind'];
  author_id: string;
  author_name: string;
  created_at: Date;
  edited_at: Date | null;
}

export interface MessageFilter {
  /** Only messages with a smaller `seq`. */
  readonly before?: number | undefined;
  /** Only messages with a greater `seq`. */
  readonly after?: number | undefined;
  /** Only messages that have all these words; the last one may be a beginning. */
  readonly q?: string | undefined;
  readonly order: 'newest_first' | 'oldest_first';
  readonly limit: number;
}

/** Messages of a room, deleted ones too, which have no text. */
export async function listMessages(tx: Tx, roomId: string, filter: MessageFilter): Promise<MessageView[]> {
  const direction = filter.order === 'newest_first' ? 'DESC' : 'ASC';
  const rows = await tx.query<ListedRow>(
    `SELECT m.id AS message_id, m.seq, m.author_kind, m.author_id, m.author_name, m.text, m.mentions,
            m.reply_to, m.origin, sent.at AS created_at, edited.at AS edited_at,
            m.deleted_at IS NOT NULL AS deleted, coalesce(r.reactions, '[]') AS reactions
     FROM messages m
     JOIN stream_events sent ON sent.stream = $2 AND sent.seq = m.seq
     LEFT JOIN stream_events edited ON edited.stream = $2 AND edited.seq = m.text_seq AND m.text_seq <> m.seq
       AND m.deleted_at IS NULL
     LEFT JOIN LATERAL (
       SELECT jsonb_agg(jsonb_build_object('emoji', emoji, 'by', by) ORDER BY first) AS reactions
       FROM (
         SELECT emoji, min(created_at) AS first, jsonb_agg(principal_id ORDER BY created_at) AS by
         FROM message_reactions WHERE message_id = m.id GROUP BY emoji
       ) grouped
     ) r ON true
     WHERE m.room_id = $1 AND ($3::bigint IS NULL OR m.seq < $3) AND ($4::bigint IS NULL OR m.seq > $4)
       AND ($5::text IS NULL OR m.words @@ ${SEARCHED('$5')})
     ORDER BY m.seq ${direction} LIMIT $6`,
    [roomId, roomStream(roomId), filter.before ?? null, filter.after ?? null, filter.q ?? null, filter.limit],
  );
  return rows.map(toView);
}

function toView({
  author_kind,
  author_id,
  author_name,
  created_at,
  edited_at,
  ...row
}: ListedRow): MessageView {
  return {
    ...row,
    author: { kind: author_kind, id: author_id, name: author_name },
    created_at: created_at.toISOString(),
    edited_at: edited_at?.toISOString() ?? null,
  };
}
