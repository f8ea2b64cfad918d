import { Injectable } from '@nestjs/common';
import type { Actor, EventMap, EventType, Resync } from '@clawtank/contracts';
import { LIMITS } from '@clawtank/contracts';
import { Database, type Tx } from '@clawtank/database';
import type { StoredEvent } from './stored-event.js';

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

type Queryable = Pick<Tx, 'query'>;

/** Reads the log. Who may read a stream is decided by the caller. */
@Injectable()
export class LogReader {
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
    return readStretch(this.database, stream, after, limit, epoch);
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
  const position = await readPosition(queryable, stream);
  if (epoch !== undefined && epoch !== position.epoch) return { resync: { stream, reason: 'epoch' } };
  if (!Number.isSafeInteger(after) || after < 0) return { resync: { stream, reason: 'invalid' } };
  if (after > position.head) return { resync: { stream, reason: 'future' } };
  const rows = await queryable.query<EventRow>(
    `SELECT seq, id, type, room_id, at, actor, data FROM stream_events
     WHERE stream = $1 AND seq > $2 AND seq <= $3 ORDER BY seq LIMIT $4`,
    [stream, after, position.head, limit],
  );
  const events = rows.map((row) => toEvent(stream, row));
  return { stream, ...position, from: after + 1, to: after + events.length, events };
}

/** The head and epoch of a stream, as the caller's snapshot sees them. */
export async function readPosition(
  queryable: Queryable,
  stream: string,
): Promise<{ head: number; epoch: string }> {
  const rows = await queryable.query<{ head: number | null; epoch: string }>(
    'SELECT e.epoch, s.head FROM log_epoch e LEFT JOIN streams s ON s.id = $1',
    [stream],
  );
  return { head: rows[0]?.head ?? 0, epoch: rows[0]?.epoch ?? '' };
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
