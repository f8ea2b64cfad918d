import { prepared, type Tx } from '@clawtank/database';
import { invariant } from '@clawtank/kernel';
import type { StoredEvent } from './stored-event.js';

/** Where a locked stream stands. */
export interface Position {
  readonly head: number;
  /** The time on the database's clock when the lock was given: no earlier event of the stream is later. */
  readonly at: Date;
  readonly epoch: string;
}

interface Row {
  id: string;
  head: number;
  at: Date;
  epoch: string;
}

// Locked before anything else is read, ascending by name, so that two transactions can't wait for each other.
const TAKE = prepared(`
  WITH taken AS MATERIALIZED (
    SELECT id, head FROM streams WHERE id = ANY($1) ORDER BY id COLLATE "C" FOR UPDATE
  )
  SELECT id, head, date_trunc('milliseconds', clock_timestamp()) AS at, (SELECT epoch FROM log_epoch) AS epoch
  FROM taken`);

/** Locks those of the streams that exist. */
export async function takeStreams(
  tx: Pick<Tx, 'query'>,
  streams: readonly string[],
): Promise<ReadonlyMap<string, Position>> {
  const rows = await tx.query<Row & { [column: string]: unknown }>(TAKE, [streams]);
  return new Map(rows.map(({ id, head, at, epoch }) => [id, { head, at, epoch }]));
}

const OPEN = prepared(
  'INSERT INTO streams (id) SELECT unnest($1::text[]) AS id ORDER BY id ON CONFLICT DO NOTHING',
);

/** Makes streams exist. */
export async function openStreams(tx: Pick<Tx, 'execute'>, streams: readonly string[]): Promise<void> {
  await tx.execute(OPEN, [streams]);
}

// An element of json, unlike one of jsonb, is the very text that came: it is kept as what readers are sent.
// Two transactions that number from one head meet in the primary key.
const WRITE = prepared(`
  WITH given AS (
    SELECT e.*, wire FROM json_array_elements($1::json) AS item, CAST(item AS text) AS wire,
      LATERAL jsonb_to_record(CAST(wire AS jsonb))
        AS e (stream text, seq bigint, id uuid, type text, room_id uuid, at timestamptz, actor jsonb, data jsonb)
  ), advanced AS (
    UPDATE streams s SET head = given.head
    FROM (SELECT stream, max(seq) AS head FROM given GROUP BY stream) AS given WHERE s.id = given.stream
    RETURNING s.id
  ), dirty AS (
    INSERT INTO dirty_streams (stream) SELECT id FROM advanced ORDER BY id
    ON CONFLICT (stream) DO UPDATE SET since = dirty_streams.since
  )
  INSERT INTO stream_events (stream, seq, id, type, room_id, at, actor, data, wire)
  SELECT stream, seq, id, type, room_id, at, actor, data, wire FROM given`);

/** Writes events of locked streams and moves the heads to the last of each. */
export function writeEvents(tx: Pick<Tx, 'send'>, events: readonly StoredEvent[]): void {
  if (events.length === 0) return;
  invariant(
    events.every(({ seq }) => seq > 0),
    'an event is numbered',
  );
  tx.send(WRITE, [JSON.stringify(events)]);
}
