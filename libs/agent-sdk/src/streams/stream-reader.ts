import type { Frame, Resync } from '@clawtank/contracts';
import { hasReason } from '../errors.js';
import { backoffDelay } from '../wire/backoff.js';
import type { LinkRequest } from '../wire/socket-link.js';
import { sleep } from '../wire/wait.js';
import type { CursorStore } from './cursor-store.js';
import { Inbox } from './inbox.js';
import { placeFrame, type Position, positionAfter } from './place.js';

const INBOX_FRAMES = 2_000;
const REPLAY_TRIES = 6;
const REPLAY_BACKOFF = { firstMs: 100, capMs: 3_000 };

interface Numbered {
  readonly seq: number;
}

/** Why a reader had to begin anew. `gap`: the missing numbers could not be had. */
export type ResyncReason = Resync['reason'] | 'gap';

export type Update<E, S> =
  | { readonly kind: 'frame'; readonly frame: Frame<E> }
  /** What was between the last frame and this snapshot is not in any frame: begin from the snapshot. */
  | { readonly kind: 'resync'; readonly reason: ResyncReason; readonly snapshot: S };

/** What a reader needs of the wire: the same for rooms, user streams and spectators. */
export interface StreamWire<E, S> {
  /** Subscribes from a position or, when it is undefined, from the head. */
  join(after: Position | undefined, request: LinkRequest): Promise<Joined<S>>;
  /** Numbers after a position, oldest first. */
  replay(after: Position): Promise<Replayed<E>>;
}

export interface Joined<S> {
  readonly snapshot: S;
  /** Where the snapshot was taken; undefined for a stream that tells it with its first frame. */
  readonly at: Position | undefined;
}

export interface Replayed<E> {
  readonly frame: Frame<E>;
  readonly more: boolean;
}

export interface ReaderOptions {
  /** Under which the position is kept. */
  readonly key: string;
  readonly after?: Position | undefined;
  readonly store?: CursorStore | undefined;
  readonly signal?: AbortSignal | undefined;
}

type Arrival<E> = { readonly frame: Frame<E> } | { readonly resync: ResyncReason };

/**
 * The one way a stream is read and resumed: a frame that follows on the cursor is handed out, a repeat is dropped,
 * what is missing is asked for, and what can't be had begins anew from a snapshot. Never a silent gap.
 */
export class StreamReader<E extends Numbered, S> {
  private readonly inbox = new Inbox<Arrival<E>>(INBOX_FRAMES);
  private at: Position | undefined;

  /** @param request waits for the connection to be there; what `join` gets does not */
  constructor(
    private readonly wire: StreamWire<E, S>,
    private readonly request: LinkRequest,
    private readonly options: ReaderOptions,
  ) {
    this.at = options.after;
  }

  /** Everything up to here is handled. */
  get position(): Position | undefined {
    return this.at;
  }

  /** Subscribes on a new connection, from where the reader stands. */
  async join(now: LinkRequest): Promise<S> {
    const joined = await this.wire.join(this.at, now);
    this.at ??= joined.at;
    return joined.snapshot;
  }

  push(frame: Frame<E>): void {
    this.inbox.push({ frame });
  }

  resync(reason: ResyncReason): void {
    this.inbox.push({ resync: reason });
  }

  end(error?: Error): void {
    this.inbox.end(error);
  }

  /** One reader at a time. The cursor moves when the next update is asked for. */
  async *updates(): AsyncGenerator<Update<E, S>, void, void> {
    for (;;) {
      if (this.inbox.takeDropped()) yield* this.catchUp();
      const arrival = await this.inbox.take();
      if (arrival === undefined) return;
      if ('resync' in arrival) yield* this.beginAnew(arrival.resync);
      else yield* this.accept(arrival.frame);
    }
  }

  private async *accept(frame: Frame<E>): AsyncGenerator<Update<E, S>, void, void> {
    let place = placeFrame(this.at, frame);
    if (place.kind === 'gap') {
      yield* this.fill(place.missingTo);
      place = placeFrame(this.at, frame);
    }
    if (place.kind === 'epoch') return yield* this.beginAnew('epoch');
    if (place.kind !== 'next') return;
    // A frame of nothing only tells where the stream stands.
    if (place.frame.to >= place.frame.from) yield { kind: 'frame', frame: place.frame };
    await this.advance(positionAfter(place.frame));
  }

  /** Asks for what is missing, page by page, until `to`. */
  private async *fill(to: number): AsyncGenerator<Update<E, S>, void, void> {
    for (let tries = 0; this.at && this.at.seq < to; tries++) {
      const before = this.at.seq;
      const replayed = await this.replay(this.at);
      if (!replayed || tries === REPLAY_TRIES) return yield* this.beginAnew('gap');
      if (placeFrame(this.at, replayed.frame).kind !== 'gap') yield* this.accept(replayed.frame);
      if (this.at.seq > before) tries = -1;
      else await sleep(backoffDelay(tries, Math.random(), REPLAY_BACKOFF), this.options.signal);
    }
  }

  /** After the inbox overflowed nobody knows how far the stream went: read to its end. */
  private async *catchUp(): AsyncGenerator<Update<E, S>, void, void> {
    for (let more = true; more && this.at; ) {
      const replayed = await this.replay(this.at);
      if (!replayed) return yield* this.beginAnew('gap');
      yield* this.accept(replayed.frame);
      more = replayed.more;
    }
  }

  /** Undefined when the position can't be served any more. */
  private async replay(after: Position): Promise<Replayed<E> | undefined> {
    try {
      return await this.wire.replay(after);
    } catch (error) {
      if (hasReason(error, 'stream.resync')) return undefined;
      throw error;
    }
  }

  private async *beginAnew(reason: ResyncReason): AsyncGenerator<Update<E, S>, void, void> {
    // Frames that wait are of the position that is given up.
    this.inbox.clear();
    const joined = await this.wire.join(undefined, this.request);
    this.at = joined.at;
    yield { kind: 'resync', reason, snapshot: joined.snapshot };
    if (joined.at) await this.options.store?.save(this.options.key, joined.at);
  }

  private async advance(position: Position): Promise<void> {
    this.at = position;
    await this.options.store?.save(this.options.key, position);
  }
}
