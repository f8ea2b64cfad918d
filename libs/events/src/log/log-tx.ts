import type { Actor, EventMap, EventType, StreamName } from '@clawtank/contracts';
import { roomStream } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';
import { invariant, newId } from '@clawtank/kernel';
import type { StoredEvent } from './stored-event.js';

interface PendingEvent {
  readonly id: string;
  readonly stream: StreamName;
  readonly roomId: string | null;
  readonly type: EventType;
  readonly actor: Actor;
  readonly data: EventMap[EventType];
}

/** What one transaction added to one stream. */
export interface Appended {
  readonly stream: string;
  readonly epoch: string;
  readonly from: number;
  readonly to: number;
  readonly events: readonly StoredEvent[];
}

export interface Append<K extends EventType> {
  /** A new UUIDv7 for what the event brings into being; a fresh one when left out. It outlives a redaction. */
  readonly id?: string;
  readonly type: K;
  readonly data: EventMap[K];
  readonly actor: Actor;
}

/**
 * A transaction that can also append to the log. Events are collected and numbered once, at the end, under
 * the lock of each stream, so that a room's row is held no longer than its command needs.
 */
export class LogTx implements Tx {
  private readonly tx: Tx;
  /** The last number of each locked stream, with what was collected for it. */
  private readonly heads: Map<string, number>;
  private pending: PendingEvent[] = [];
  private readonly afterCommitHooks: (() => void)[] = [];

  constructor(tx: Tx, heads: ReadonlyMap<string, number> = new Map()) {
    this.tx = tx;
    this.heads = new Map(heads);
  }

  /** A part of this transaction that is taken over with `adopt`, or forgotten together with its savepoint. */
  part(tx: Tx): LogTx {
    return new LogTx(tx, this.heads);
  }

  /** Takes over the locks, events and hooks of a part. */
  adopt(part: LogTx): void {
    for (const [stream, head] of part.heads) this.heads.set(stream, head);
    this.pending.push(...part.pending);
    this.afterCommitHooks.push(...part.afterCommitHooks);
  }

  /** Streams of the rooms whose lock this transaction has. */
  get lockedRooms(): readonly string[] {
    return [...this.heads.keys()].filter((stream) => stream.startsWith('room:'));
  }

  /** Ids of what is collected and not yet written. */
  get pendingIds(): readonly string[] {
    return this.pending.map(({ id }) => id);
  }

  get manager(): Tx['manager'] {
    return this.tx.manager;
  }

  readonly query: Tx['query'] = (sql, params) => this.tx.query(sql, params);
  readonly execute: Tx['execute'] = (sql, params) => this.tx.execute(sql, params);

  /**
   * Takes the room's lock, which is its stream's row. Every command on a room takes it first; a transaction
   * that needs several rooms takes them ascending by id. False when there is no such room.
   */
  async lockRoom(roomId: string): Promise<boolean> {
    return this.lockStream(roomStream(roomId));
  }

  /** True when this transaction has the room's lock already. */
  holdsRoom(roomId: string): boolean {
    return this.heads.has(roomStream(roomId));
  }

  /** Makes a stream exist; its first event gets number 1. */
  async openStream(stream: StreamName): Promise<void> {
    await this.execute('INSERT INTO streams (id) VALUES ($1) ON CONFLICT DO NOTHING', [stream]);
  }

  /**
   * Adds an event to the room's stream, which must be locked by this transaction.
   * @returns the event's id and the number it will have once committed.
   */
  appendToRoom<K extends EventType>(roomId: string, event: Append<K>): { id: string; seq: number } {
    const stream = roomStream(roomId);
    const head = this.heads.get(stream);
    invariant(head !== undefined, `append to ${stream} without its lock`);
    return { id: this.collect(stream, roomId, event), seq: head + 1 };
  }

  /** Adds an event to a user's stream or the global one. It is locked, ascending by name, at the end. */
  appendTo<K extends EventType>(stream: StreamName, event: Append<K>, roomId: string | null = null): string {
    return this.collect(stream, roomId, event);
  }

  /** Runs after a successful commit; for wake-ups that may be lost, never for effects that must happen. */
  afterCommit(hook: () => void): void {
    this.afterCommitHooks.push(hook);
  }

  get hooks(): readonly (() => void)[] {
    return this.afterCommitHooks;
  }

  /** Numbers and writes what was collected. Called by the unit of work, before the commit. */
  async flush(): Promise<readonly Appended[]> {
    const streams = [...new Set(this.pending.map((event) => event.stream))].sort();
    const appended: Appended[] = [];
    for (const stream of streams) appended.push(await this.write(stream));
    this.pending = [];
    return appended;
  }

  private collect<K extends EventType>(stream: StreamName, roomId: string | null, event: Append<K>): string {
    const id = event.id ?? newId();
    this.pending.push({ id, stream, roomId, type: event.type, actor: event.actor, data: event.data });
    const head = this.heads.get(stream);
    if (head !== undefined) this.heads.set(stream, head + 1);
    return id;
  }

  private async lockStream(stream: string): Promise<boolean> {
    if (this.heads.has(stream)) return true;
    const rows = await this.query<{ head: number }>('SELECT head FROM streams WHERE id = $1 FOR UPDATE', [
      stream,
    ]);
    const row = rows[0];
    const collected = this.pending.filter((event) => event.stream === stream).length;
    if (row) this.heads.set(stream, row.head + collected);
    return row !== undefined;
  }

  private async write(stream: StreamName): Promise<Appended> {
    const events = this.pending.filter((event) => event.stream === stream);
    if (stream.startsWith('user:')) await this.openStream(stream);
    const rows = await this.query<{ seq: number; at: Date; epoch: string }>(INSERT_EVENTS, [
      stream,
      events.length,
      JSON.stringify(
        events.map(({ id, type, roomId, actor, data }) => ({ id, type, room_id: roomId, actor, data })),
      ),
    ]);
    const head = rows.at(-1)?.seq;
    invariant(head !== undefined, `stream ${stream} is missing`);
    const stored = events.map((event, index) => toStored(event, rows[index]));
    return { stream, epoch: rows[0]?.epoch ?? '', from: head - events.length + 1, to: head, events: stored };
  }
}

function toStored(event: PendingEvent, row: { seq: number; at: Date } | undefined): StoredEvent {
  invariant(row, 'an appended event has no row');
  return {
    id: event.id,
    stream: event.stream,
    ...(event.roomId === null ? {} : { room_id: event.roomId }),
    seq: row.seq,
    type: event.type,
    at: row.at.toISOString(),
    actor: event.actor,
    data: event.data,
  };
}

// Ordinality numbers the events as they were appended; the head moves first, so the clock is read under the
// stream's lock.
const INSERT_EVENTS = `
  WITH given AS (
    SELECT value AS event, ordinality AS n FROM jsonb_array_elements($3::jsonb) WITH ORDINALITY
  ), advanced AS (
    UPDATE streams SET head = head + $2::bigint WHERE id = $1 RETURNING id, head - $2::bigint AS before
  ), dirty AS (
    INSERT INTO dirty_streams (stream) SELECT id FROM advanced
    ON CONFLICT (stream) DO UPDATE SET since = dirty_streams.since
  ), written AS (
    INSERT INTO stream_events (stream, seq, id, type, room_id, at, actor, data)
    SELECT advanced.id, advanced.before + n, (event->>'id')::uuid, event->>'type', (event->>'room_id')::uuid,
           date_trunc('milliseconds', clock_timestamp()), event->'actor', event->'data'
    FROM advanced CROSS JOIN given
    RETURNING seq, at
  )
  SELECT seq, at, (SELECT epoch FROM log_epoch) AS epoch FROM written ORDER BY seq`;
