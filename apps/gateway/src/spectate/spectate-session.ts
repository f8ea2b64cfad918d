import type { ByeCode, Resync, Signal } from '@clawtank/contracts';
import type { AnyFrame, StoredEvent, StreamHub, Subscription } from '@clawtank/events';
import { byeOf } from '../connection/byes.js';
import type { SpectateSocket } from '../connection/sockets.js';
import { SignalBatch } from '../streams/signal-batch.js';
import { SharedText } from '../streams/shared-text.js';
import { SocketSink } from '../streams/socket-sink.js';
import { isShownToSpectators } from './spectator-signals.js';

const text = new SharedText();
const GOODBYE_MS = 2_000;

export interface Watching {
  readonly cursor: number;
  readonly mayContinue: (events: readonly StoredEvent[]) => boolean;
  readonly replayTo?: number;
  /** Gives the place in the room back. */
  readonly leave: () => void;
}

interface Watched {
  readonly leave: () => void;
  subscription: Subscription | undefined;
}

/** One spectator's socket and the rooms it watches. */
export class SpectateSession {
  private readonly rooms = new Map<string, Watched>();
  private readonly signals: SignalBatch;
  private open = true;

  constructor(
    private readonly socket: SpectateSocket,
    private readonly hub: StreamHub,
  ) {
    this.signals = new SignalBatch((signals) => socket.volatile.emit('signals', signals));
  }

  /** True once it watches something. */
  get watches(): boolean {
    return this.rooms.size > 0;
  }

  /** Watches a room's stream from a position on; an earlier watching of it ends. */
  async watch(stream: string, watching: Watching): Promise<void> {
    this.unwatch(stream);
    if (!this.open) return watching.leave();
    const watched: Watched = { leave: watching.leave, subscription: undefined };
    this.rooms.set(stream, watched);
    const sink = this.sinkOf(stream, watched, watching);
    sink.reached(watching.cursor);
    const subscription = await this.hub.subscribe(stream, 'spectator', watching.cursor, sink);
    if (this.rooms.get(stream) === watched) watched.subscription = subscription;
    else subscription.close();
  }

  unwatch(stream: string): void {
    const watched = this.rooms.get(stream);
    if (!watched) return;
    this.rooms.delete(stream);
    watched.subscription?.close();
    watched.leave();
  }

  /** Ends a room that may not be watched any more. */
  lose(stream: string): void {
    if (!this.rooms.has(stream)) return;
    this.unwatch(stream);
    this.resync(stream, 'invalid');
  }

  resync(stream: string, reason: Resync['reason']): void {
    this.socket.emit('resync', { stream, reason });
  }

  bye(code: ByeCode): void {
    if (!this.open) return;
    this.close();
    this.socket.emit('bye', byeOf(code));
    this.socket.disconnect(true);
    const { conn } = this.socket;
    setTimeout(() => conn.close(true), GOODBYE_MS).unref();
  }

  close(): void {
    this.open = false;
    this.signals.stop();
    for (const stream of [...this.rooms.keys()]) this.unwatch(stream);
  }

  private sinkOf(stream: string, watched: Watched, watching: Watching): SocketSink {
    const isCurrent = (): boolean => this.rooms.get(stream) === watched;
    const { mayContinue, replayTo } = watching;
    const outlet = {
      frame: (frame: AnyFrame) => {
        if (isCurrent()) this.emitFrame(frame);
      },
      resync: (resync: Resync) => this.resync(resync.stream, resync.reason),
      signal: (signal: Signal) => {
        if (isShownToSpectators(signal)) this.signals.add(signal);
      },
      replayDone: (cursor: number) => {
        this.socket.emit('replay.done', { stream, cursor });
      },
      over: (lost: boolean) => {
        if (!isCurrent()) return;
        if (lost) this.lose(stream);
        else this.unwatch(stream);
      },
    };
    return new SocketSink(outlet, { mayContinue, ...(replayTo === undefined ? {} : { replayTo }) });
  }

  private emitFrame(frame: AnyFrame): void {
    text.send(this.socket, frame);
  }
}
