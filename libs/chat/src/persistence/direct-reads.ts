import type { DirectTalkView } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';
import { COLUMNS, type DirectRow, viewOf } from './direct-messages.js';

/** Moves a reader's mark in a talk forward to a message of it. @returns whether it moved */
export async function moveDirectMark(
  tx: Tx,
  readerId: string,
  otherId: string,
  messageId: string,
): Promise<boolean> {
  const count = await tx.execute(
    `INSERT INTO direct_reads (reader_id, other_id, number)
     SELECT $1, $2, number FROM direct_messages WHERE id = $3
     ON CONFLICT (reader_id, other_id) DO UPDATE SET number = excluded.number
       WHERE direct_reads.number < excluded.number`,
    [readerId, otherId, messageId],
  );
  return count === 1;
}

/** A talk with the number of its newest message, by which lists go on. */
export interface NumberedTalk {
  readonly number: number;
  readonly view: DirectTalkView;
}

interface TalkRow extends DirectRow {
  other_id: string;
  unread: number;
}

/** Somebody's talks, the newest first, before the number `before`. */
export async function listTalks(
  tx: Tx,
  readerId: string,
  { before, limit }: { readonly before: number | null; readonly limit: number },
): Promise<NumberedTalk[]> {
  const rows = await tx.query<TalkRow>(
    `SELECT ${COLUMNS}, other_id, (
       SELECT count(*)::int FROM direct_messages u
       WHERE u.low_id = least($1::uuid, other_id) AND u.high_id = greatest($1::uuid, other_id)
         AND u.from_id = other_id AND u.number > coalesce(
           (SELECT r.number FROM direct_reads r WHERE r.reader_id = $1 AND r.other_id = newest.other_id), 0)
     ) AS unread
     FROM (
       SELECT DISTINCT ON (other_id) * FROM (
         SELECT *, high_id AS other_id FROM direct_messages WHERE low_id = $1
         UNION ALL
         SELECT *, low_id AS other_id FROM direct_messages WHERE high_id = $1
       ) mine ORDER BY other_id, number DESC
     ) newest
     WHERE $2::bigint IS NULL OR number < $2 ORDER BY number DESC LIMIT $3`,
    [readerId, before, limit],
  );
  return rows.map((row) => {
    const last = viewOf(row);
    return {
      number: row.number,
      view: { with: last.from.id === readerId ? last.to : last.from, last, unread: row.unread },
    };
  });
}
