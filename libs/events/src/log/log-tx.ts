import type { Actor, EventMap, EventType, StreamName } from '@clawtank/contracts';
import { roomStream } from '@clawtank/contracts';
import { type Prepared, type Statement, textOf, type Tx } from '@clawtank/database';
import { invariant, newId } from '@clawtank/kernel';
import { inKeptOrder } from './kept-order.js';
import { openStreams, type Position, takeStreams, writeEvents } from './stream-rows.js';
import type { StoredEvent } from './stored-event.js';

interface PendingEvent {
  readonly id: string;
  readonly stream: StreamName;
  readonly roomId: string | null;
  readonly type: EventType;
  readonly actor: Actor;
  readonly data: EventMap[EventType];
}

/** What a part of a transaction finds there. */
interface Before {
  readonly places: ReadonlyMap<string, Position>;
  readonly latest: ReadonlyMap<string, PendingEvent>;
  readonly view?: object;
}

const NOTHING_BEFORE: Before = { places: new Map(), latest: new Map() };

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
 * A transaction that can also append to the log. What is to be written without being looked at is collected, goes out
 * in front of the next statement, and waits for nobody; events are numbered and written at the end, under the lock of
 * each stream.
 */
export class LogTx implements Tx {
  private readonly tx: Tx;
  /** The place of each locked stream, with what was collected for it. */
  private readonly places: Map<string, Position>;
  private pending: PendingEvent[] = [];
  private rows = new Map<Prepared, object[]>();
  private view: object;
  /** The last event of each stream and type that was collected, written or not. */
  private readonly latest: Map<string, PendingEvent>;
  private readonly afterCommitHooks: (() => void)[] = [];

  constructor(tx: Tx, before: Before = NOTHING_BEFORE) {
    this.tx = tx;
    this.places = new Map(before.places);
    this.latest = new Map(before.latest);
    this.view = before.view ?? {};
  }

  /** A part of this transaction that is taken over with `adopt`, or forgotten together with its savepoint. */
  part(tx: Tx): LogTx {
    return new LogTx(tx, { places: this.places, latest: this.latest, view: this.view });
  }

  /** Takes over the locks, events, rows and hooks of a part. */
  adopt(part: LogTx): void {
    for (const [stream, place] of part.places) this.places.set(stream, place);
    for (const [key, event] of part.latest) this.latest.set(key, event);
    this.pending.push(...part.pending);
    for (const [statement, rows] of part.rows) this.rowsFor(statement).push(...rows);
    this.afterCommitHooks.push(...part.afterCommitHooks);
    this.view = part.view;
  }

  /** Ids of the rooms whose lock this transaction has. */
  get lockedRooms(): readonly string[] {
    const rooms = [...this.places.keys()].filter((stream) => stream.startsWith(ROOM));
    return rooms.map((stream) => stream.slice(ROOM.length));
  }

  /** Ids of what is collected and not yet written. */
  get pendingIds(): readonly string[] {
    return this.pending.map(({ id }) => id);
  }

  get manager(): Tx['manager'] {
    this.view = {};
    return this.tx.manager;
  }

  /** Another object once the transaction may have changed what it read before; see `Fact`. */
  get facts(): object {
    return this.view;
  }

  readonly query: Tx['query'] = (statement, params) =>
    this.behindRows(statement, () => this.tx.query(statement, params));
  readonly execute: Tx['execute'] = (statement, params) =>
    this.behindRows(statement, () => this.tx.execute(statement, params));
  readonly send: Tx['send'] = (statement, params) => {
    this.view = {};
    this.sendRows();
    this.tx.send(statement, params);
  };

  /**
   * Collects a row for a statement that inserts many; its `$1` is a JSON list of them. Whatever is asked later finds
   * the rows in their table, but what is already known as a `Fact` must not depend on them.
   */
  addRow(statement: Prepared, row: object): void {
    this.rowsFor(statement).push(row);
  }

  get hasRows(): boolean {
    return this.rows.size > 0;
  }

  /** Sends the collected rows on their way. */
  sendRows(): void {
    for (const [statement, rows] of this.takeRows()) this.tx.send(statement, [JSON.stringify(rows)]);
  }

  /**
   * Takes the room's lock, which is its stream's row. Every command on a room takes it first; a transaction
   * that needs several rooms takes them ascending by id. False when there is no such room.
   */
  async lockRoom(roomId: string): Promise<boolean> {
    return this.lockStream(roomStream(roomId));
  }

  /** True when this transaction has the room's lock already. */
  holdsRoom(roomId: string): boolean {
    return this.places.has(roomStream(roomId));
  }

  /** Makes a stream exist; its first event gets number 1. */
  async openStream(stream: StreamName): Promise<void> {
    await openStreams(this, [stream]);
  }

  /**
   * Adds an event to the room's stream, which must be locked by this transaction.
   * @returns the event's id and the number it will have once committed.
   */
  appendToRoom<K extends EventType>(roomId: string, event: Append<K>): { id: string; seq: number } {
    const stream = roomStream(roomId);
    const place = this.places.get(stream);
    invariant(place, `append to ${stream} without its lock`);
    return { id: this.collect(stream, roomId, event), seq: place.head + 1 };
  }

  /** The data of the last event of this type that this transaction has added to the room's stream, if it has. */
  lastInRoom<K extends EventType>(roomId: string, type: K): EventMap[K] | undefined {
    return this.latest.get(`${roomStream(roomId)} ${type}`)?.data as EventMap[K] | undefined;
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

  /**
   * Numbers what was collected and sends it to be written. Called by the unit of work, before the commit, which fails
   * if the writing does.
   */
  async flush(): Promise<readonly Appended[]> {
    this.sendRows();
    const streams = [...new Set(this.pending.map((event) => event.stream))].sort();
    const unlocked = streams.filter((stream) => !this.places.has(stream));
    if (unlocked.length > 0) await this.lockAtLast(unlocked);
    const appended = streams.map((stream) => this.numbered(stream));
    this.pending = [];
    writeEvents(
      this.tx,
      appended.flatMap(({ events }) => events),
    );
    return appended;
  }

  private rowsFor(statement: Prepared): object[] {
    const rows = this.rows.get(statement) ?? [];
    this.rows.set(statement, rows);
    return rows;
  }

  private takeRows(): ReadonlyMap<Prepared, object[]> {
    const rows = this.rows;
    if (rows.size > 0) this.rows = new Map();
    return rows;
  }

  /** Rows go out first; the statement does not wait for their answer, but its own counts only if theirs is good. */
  private async behindRows<T>(statement: Statement, run: () => Promise<T>): Promise<T> {
    if (!READS.test(textOf(statement))) this.view = {};
    const rows = [...this.takeRows()].map(([insert, given]) =>
      this.tx.execute(insert, [JSON.stringify(given)]),
    );
    if (rows.length === 0) return run();
    const answer = run();
    // Without its rows a statement fails too, and says less about why.
    answer.catch(() => undefined);
    await Promise.all(rows);
    return answer;
  }

  private collect<K extends EventType>(stream: StreamName, roomId: string | null, event: Append<K>): string {
    const id = event.id ?? newId();
    const pending = { id, stream, roomId, type: event.type, actor: event.actor, data: event.data };
    this.pending.push(pending);
    this.latest.set(`${stream} ${event.type}`, pending);
    const place = this.places.get(stream);
    if (place) this.places.set(stream, { ...place, head: place.head + 1 });
    return id;
  }

  private async lockStream(stream: string): Promise<boolean> {
    if (this.places.has(stream)) return true;
    const place = (await takeStreams(this, [stream])).get(stream);
    if (place) this.hold(stream, place);
    return place !== undefined;
  }

  private hold(stream: string, place: Position): void {
    const collected = this.pending.filter((event) => event.stream === stream).length;
    this.places.set(stream, { ...place, head: place.head + collected });
  }

  private async lockAtLast(streams: readonly string[]): Promise<void> {
    const own = streams.filter((stream) => stream.startsWith('user:'));
    const opened = own.length > 0 ? openStreams(this.tx, own) : undefined;
    const [taken] = await Promise.all([takeStreams(this.tx, streams), opened]);
    for (const [stream, place] of taken) this.hold(stream, place);
  }

  private numbered(stream: StreamName): Appended {
    const events = this.pending.filter((event) => event.stream === stream);
    const place = this.places.get(stream);
    invariant(place, `stream ${stream} is missing`);
    const from = place.head - events.length + 1;
    const at = place.at.toISOString();
    const stored = events.map(
      ({ id, roomId, type, actor, data }, index): StoredEvent => ({
        id,
        stream,
        ...(roomId === null ? {} : { room_id: roomId }),
        seq: from + index,
        type,
        at,
        actor: plainActor(actor),
        data: inKeptOrder(data),
      }),
    );
    return { stream, epoch: place.epoch, from, to: place.head, events: stored };
  }
}

const ROOM = 'room:';

/** What changes nothing that was read before. */
const READS = /^\s*SELECT\b/;

/** An event's text goes to readers as it was written: nothing else may travel in it. */
const plainActor = ({ kind, id, name }: Actor): Actor => ({ kind, id, name });
