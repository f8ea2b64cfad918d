import type { Bye, ByeCode, Resync, Signal } from '@clawtank/contracts';
import type { AnyFrame, Audience, StreamHub } from '@clawtank/events';
import { BACKLOG_BYTES } from '../connection/backlog.js';
import { byeOf } from '../connection/byes.js';
import { Outflow } from '../connection/outflow.js';
import type { SocketFigures } from '../connection/socket-figures.js';
import type { FrameEncoder } from './frame-bytes.js';
import { SignalBatch } from './signal-batch.js';
import { type Follower, type Following, StreamSink } from './stream-sink.js';

const GOODBYE_MS = 2_000;

type OutflowOf = ConstructorParameters<typeof Outflow>[0];

/** What a session needs of a Socket.IO socket, whichever its namespace. */
export interface StreamSocket extends OutflowOf {
  readonly conn: OutflowOf['conn'] & { close(discard: boolean): unknown };
  readonly volatile: { emit(event: 'signals', signals: readonly Signal[]): unknown };
  emit(event: 'resync', resync: Resync): unknown;
  emit(event: 'replay.done', done: { readonly stream: string; readonly cursor: number }): unknown;
  emit(event: 'bye', bye: Bye): unknown;
  disconnect(close: boolean): unknown;
}

/** What a session sends: whose form of the events, and how it is written. */
interface Form {
  readonly audience: Audience;
  readonly encoder: FrameEncoder;
}

/** One socket and the streams it follows. */
export abstract class StreamSession implements Follower {
  private readonly sinks = new Map<string, StreamSink>();
  private readonly signals: SignalBatch;
  private readonly outflow: Outflow;
  private open = true;

  protected constructor(
    private readonly socket: StreamSocket,
    private readonly hub: StreamHub,
    private readonly figures: SocketFigures,
    private readonly form: Form,
  ) {
    this.outflow = new Outflow(socket, BACKLOG_BYTES[form.audience], () => this.bye('SLOW_CONSUMER'));
    this.signals = new SignalBatch((signals) => {
      // Frames bypass what makes an emit volatile.
      if (!this.outflow.isBehind) socket.volatile.emit('signals', signals);
    });
  }

  /** Bytes that its reader has yet to take. */
  get waitingBytes(): number {
    return this.outflow.waitingBytes;
  }

  /** True once it follows something. */
  get follows(): boolean {
    return this.sinks.size > 0;
  }

  /** Follows a stream from a position on; an earlier following of it ends. */
  async follow(stream: string, following: Following): Promise<void> {
    this.unfollow(stream);
    if (!this.open) return following.onEnd?.();
    const sink = new StreamSink(this, stream, following);
    this.sinks.set(stream, sink);
    sink.reached(following.cursor);
    const subscription = await this.hub.subscribe(stream, this.form.audience, following.cursor, sink);
    if (sink.current) sink.subscription = subscription;
    else subscription.close();
  }

  unfollow(stream: string): void {
    this.sinks.get(stream)?.end();
    this.sinks.delete(stream);
  }

  /** Ends a stream that may not be read any more. */
  lose(stream: string): void {
    if (!this.sinks.has(stream)) return;
    this.unfollow(stream);
    // The client is told to look again, and finds out by the answer.
    this.resync(stream, 'invalid');
  }

  /** Tells the client that a stream is not followed, because its position can't be served. */
  resync(stream: string, reason: Resync['reason']): void {
    this.figures.resynced(reason);
    this.socket.emit('resync', { stream, reason });
  }

  replayDone(stream: string, cursor: number): void {
    this.socket.emit('replay.done', { stream, cursor });
  }

  frame(frame: AnyFrame, isReplay: boolean): void {
    this.outflow.send(this.form.encoder.of(frame));
    if (!isReplay) this.figures.handed(frame, this.form.audience);
  }

  signal(signal: Signal): void {
    this.signals.add(signal);
  }

  over({ stream }: StreamSink, lost: boolean): void {
    if (lost) this.lose(stream);
    else this.unfollow(stream);
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
    this.signals.stop();
    for (const stream of [...this.sinks.keys()]) this.unfollow(stream);
  }
}
