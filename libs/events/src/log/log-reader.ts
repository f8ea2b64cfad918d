import { Injectable } from '@nestjs/common';
import type { Actor, EventMap, EventType, Resync } from '@clawtank/contracts';
import { LIMITS } from '@clawtank/contracts';
import { Database, prepared, type Tx } from '@clawtank/database';
import { Gather } from '@clawtank/kernel';
import type { StoredEvent } from './stored-event.js';
import { WireEvent } from './wire-event.js';

/** A stretch of a stream: every number in `from…to` is in `events`. */
export interface Stretch {
  readonly stream: string;
  readonly epoch: string;
  readonly from: number;
  readonly to: number;
  readonly head: number;
  readonly events: readonly StoredEvent[];
}

export type StretchOrResync = Stretch | { readonly resync: Resync };

interface EventRow {
  seq: number;
  id: string;
  type: EventType;
  room_id: string | null;
  at: Date;
  actor: Actor;
  data: EventMap[EventType];
}

/** Where a stream stands. */
export interface LogPosition {
  readonly head: number;
  readonly epoch: string;
}

type Queryable = Pick<Tx, 'query'>;

/** Reads the log. Who may read a stream is decided by the caller. */
@Injectable()
export class LogReader {
  private readonly positions = new Gather<string, LogPosition>((streams) =>
    findPositions(this.database, streams),
  );

  constructor(private readonly database: Database) {}

  /**
   * Up to `limit` events after `after`. A stream that does not exist yet reads as empty.
   * @returns a resync when `after` lies beyond the head or belongs to another epoch.
   */
  async read(
    stream: string,
    after: number,
    limit: number = LIMITS.REPLAY,
    epoch?: string,
  ): Promise<StretchOrResync> {
    return stretchFrom(this.database, stream, await this.position(stream), { after, limit, epoch }, readWire);
  }

  /** Where a stream stands. What is asked at the same time is asked in one statement. */
  position(stream: string): Promise<LogPosition> {
    return this.positions.get(stream);
  }

  /** The heads of those of the streams that exist. */
  async heads(streams: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const rows = await this.database.query<{ id: string; head: number }>(
      'SELECT id, head FROM streams WHERE id = ANY($1)',
      [streams],
    );
    return new Map(rows.map((row) => [row.id, row.head]));
  }
}

/** As `LogReader.read`, inside a transaction of the caller's. */
export async function readStretch(
  queryable: Queryable,
  stream: string,
  after: number,
  limit: number,
  epoch?: string,
): Promise<StretchOrResync> {
  return stretchFrom(
    queryable,
    stream,
    await readPosition(queryable, stream),
    { after, limit, epoch },
    readRows,
  );
}

async function stretchFrom(
  queryable: Queryable,
  stream: string,
  position: LogPosition,
  { after, limit, epoch }: { after: number; limit: number; epoch: string | undefined },
  readEvents: typeof readRows,
): Promise<StretchOrResync> {
  if (epoch !== undefined && epoch !== position.epoch) return { resync: { stream, reason: 'epoch' } };
  if (!Number.isSafeInteger(after) || after < 0) return { resync: { stream, reason: 'invalid' } };
  if (after > position.head) return { resync: { stream, reason: 'future' } };
  // Most of those who come back have missed nothing.
  if (after === position.head) return { stream, ...position, from: after + 1, to: after, events: [] };
  const events = await readEvents(queryable, stream, after, Math.min(position.head, after + limit));
  return { stream, ...position, from: after + 1, to: after + events.length, events };
}

/** The head and epoch of a stream, as the caller's snapshot sees them. */
export async function readPosition(queryable: Queryable, stream: string): Promise<LogPosition> {
  const [position] = await findPositions(queryable, [stream]);
  return position ?? { head: 0, epoch: '' };
}

/** Where each of the streams stands; one that does not exist stands at 0. */
async function findPositions(
  queryable: Queryable,
  streams: readonly string[],
): Promise<readonly LogPosition[]> {
  return queryable.query<{ head: number; epoch: string }>(
    `SELECT coalesce(s.head, 0) AS head, e.epoch
     FROM log_epoch e CROSS JOIN unnest($1::text[]) WITH ORDINALITY AS given (id, n)
     LEFT JOIN streams s ON s.id = given.id ORDER BY given.n`,
    [streams],
  );
}

async function readRows(
  queryable: Queryable,
  stream: string,
  after: number,
  to: number,
): Promise<readonly StoredEvent[]> {
  const rows = await queryable.query<EventRow>(
    `SELECT seq, id, type, room_id, at, actor, data FROM stream_events
     WHERE stream = $1 AND seq > $2 AND seq <= $3 ORDER BY seq`,
    [stream, after, to],
  );
  return rows.map((row) => toEvent(stream, row));
}

// Of an event that was changed, or is older than the texts, it is put together: as a row says it, in the same form.
const WIRES = prepared(`
  SELECT seq, type, coalesce(wire, (
    jsonb_build_object('id', id, 'stream', stream, 'seq', seq, 'type', type, 'data', data,
      'at', to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'actor', jsonb_build_object('kind', actor -> 'kind', 'id', actor -> 'id', 'name', actor -> 'name'))
    || CASE WHEN room_id IS NULL THEN '{}' ELSE jsonb_build_object('room_id', room_id) END)::text) AS wire
  FROM stream_events WHERE stream = $1 AND seq > $2 AND seq <= $3 ORDER BY seq`);

async function readWire(
  queryable: Queryable,
  stream: string,
  after: number,
  to: number,
): Promise<readonly StoredEvent[]> {
  const rows = await queryable.query<{ seq: number; type: EventType; wire: string }>(WIRES, [
    stream,
    after,
    to,
  ]);
  return rows.map(({ seq, type, wire }) => new WireEvent(stream, seq, type, wire).asEvent());
}

function toEvent(stream: string, row: EventRow): StoredEvent {
  return {
    id: row.id,
    stream,
    ...(row.room_id === null ? {} : { room_id: row.room_id }),
    seq: row.seq,
    type: row.type,
    at: row.at.toISOString(),
    actor: row.actor,
    data: row.data,
  };
}
