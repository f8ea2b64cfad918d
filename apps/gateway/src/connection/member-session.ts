import type { ByeCode, Resync, Signal } from '@clawtank/contracts';
import type { Caller } from '@clawtank/commands';
import type { AnyFrame, StoredEvent, StreamHub, Subscription } from '@clawtank/events';
import { invariant } from '@clawtank/kernel';
import { onlyIntended } from '../streams/intents.js';
import { SignalBatch } from '../streams/signal-batch.js';
import { SharedText } from '../streams/shared-text.js';
import { SocketSink, type StreamOutlet } from '../streams/socket-sink.js';
import type { Admission } from './admission.js';
import { byeOf } from './byes.js';
import type { MemberSocket } from './sockets.js';

/** How a stream is to be followed. */
export interface Following {
  readonly cursor: number;
  readonly mayContinue: (events: readonly StoredEvent[]) => boolean;
  readonly intents?: ReadonlySet<string> | null;
  /** The head when a resume was asked for; reaching it is told as `replay.done`. */
  readonly replayTo?: number;
}

interface Followed {
  subscription: Subscription | undefined;
  /** The client knows that this stream is about to end. */
  leaving: boolean;
}

const text = new SharedText();
const GOODBYE_MS = 2_000;

/** One member's socket: who it is, until when, and what it follows. */
export class MemberSession {
  private readonly streams = new Map<string, Followed>();
  private readonly signals: SignalBatch;
  private expiry: NodeJS.Timeout | undefined;
  private admission: Admission;
  private open = true;

  constructor(
    private readonly socket: MemberSocket,
    private readonly hub: StreamHub,
    admission: Admission,
  ) {
    this.signals = new SignalBatch((signals) => socket.volatile.emit('signals', signals));
    this.admission = admission;
    this.renew(admission);
  }

  get id(): string {
    const { sessionId } = this.admission.caller;
    invariant(sessionId, 'a session has an id');
    return sessionId;
  }

  get caller(): Caller {
    return this.admission.caller;
  }

  get token(): string {
    return this.admission.token;
  }

  /** The session goes on until the new token ends. */
  renew(admission: Pick<Admission, 'token' | 'expiresAt'>): void {
    this.admission = { ...this.admission, token: admission.token, expiresAt: admission.expiresAt };
    clearTimeout(this.expiry);
    this.expiry = setTimeout(() => this.bye('TOKEN_EXPIRED'), admission.expiresAt.getTime() - Date.now());
  }

  /** Follows a stream from a position on; an earlier following of it ends. */
  async follow(stream: string, following: Following): Promise<void> {
    if (!this.open) return;
    this.unfollow(stream);
    const followed: Followed = { subscription: undefined, leaving: false };
    this.streams.set(stream, followed);
    const sink = new SocketSink(this.outletOf(stream, followed, following), {
      mayContinue: following.mayContinue,
      ...(following.replayTo === undefined ? {} : { replayTo: following.replayTo }),
    });
    sink.reached(following.cursor);
    const subscription = await this.hub.subscribe(stream, 'member', following.cursor, sink);
    if (this.streams.get(stream) === followed) followed.subscription = subscription;
    else subscription.close();
  }

  unfollow(stream: string): void {
    this.streams.get(stream)?.subscription?.close();
    this.streams.delete(stream);
  }

  /** Marks that the client asked to leave a stream, or that this came to nothing. */
  leaving(stream: string, leaving: boolean): void {
    const followed = this.streams.get(stream);
    if (followed) followed.leaving = leaving;
  }

  /** Ends a stream that may not be read any more. */
  lose(stream: string): void {
    const followed = this.streams.get(stream);
    if (!followed) return;
    this.unfollow(stream);
    // The client is told to look again, and finds out by the answer.
    if (!followed.leaving) this.resync(stream, 'invalid');
  }

  /** Tells the client that a stream is not followed, because its position can't be served. */
  resync(stream: string, reason: Resync['reason']): void {
    this.socket.emit('resync', { stream, reason });
  }

  /** Says goodbye and ends the connection. */
  bye(code: ByeCode): void {
    if (!this.open) return;
    this.close();
    this.socket.emit('bye', byeOf(code));
    this.socket.disconnect(true);
    // A reader that does not read would keep the connection half closed and its backlog in memory.
    const { conn } = this.socket;
    setTimeout(() => conn.close(true), GOODBYE_MS).unref();
  }

  /** Ends everything that belongs to the socket. */
  close(): void {
    this.open = false;
    clearTimeout(this.expiry);
    this.signals.stop();
    for (const stream of [...this.streams.keys()]) this.unfollow(stream);
  }

  private outletOf(stream: string, followed: Followed, following: Following): StreamOutlet {
    const isCurrent = (): boolean => this.streams.get(stream) === followed;
    return {
      frame: (frame: AnyFrame) => {
        if (isCurrent()) this.emitFrame(onlyIntended(frame, following.intents ?? null));
      },
      resync: (resync: Resync) => this.socket.emit('resync', resync),
      signal: (signal: Signal) => this.signals.add(signal),
      replayDone: (cursor: number) => this.socket.emit('replay.done', { stream, cursor }),
      over: (lost: boolean) => {
        if (!isCurrent()) return;
        if (lost) this.lose(stream);
        else this.unfollow(stream);
      },
    };
  }

  private emitFrame(frame: AnyFrame): void {
    text.send(this.socket, frame);
  }
}
