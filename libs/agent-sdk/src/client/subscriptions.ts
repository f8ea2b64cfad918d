import { ClawTankError, hasReason } from '../errors.js';
import { LiveStream } from '../streams/live-stream.js';
import type { CursorStore } from '../streams/cursor-store.js';
import type { Position } from '../streams/place.js';
import { type Joined, StreamReader, type StreamWire } from '../streams/stream-reader.js';
import { StreamTable } from '../streams/stream-table.js';
import type { LinkRequest, SocketLink } from '../wire/socket-link.js';
import { within, type WaitOptions } from '../wire/wait.js';

export interface JoinOptions extends WaitOptions {
  /** Read on from here; without it from `store`, and without that from now. */
  readonly after?: Position | undefined;
  /** Keeps the position across restarts. Nothing is kept without it. */
  readonly store?: CursorStore | undefined;
}

/** What differs between the kinds of streams. */
export interface Subscribable<E, S> extends StreamWire<E, S> {
  /** Under which the position is kept. */
  readonly key: string;
  /** The stream's name on the wire, known at the latest once joined. */
  streamOf(joined: Joined<S>): string;
}

interface Numbered {
  readonly seq: number;
}

/** The streams that one connection reads. */
export class Subscriptions {
  readonly table = new StreamTable();

  constructor(private readonly link: SocketLink) {}

  /**
   * Joins now, and again after each reconnect, from where the reader stands then.
   * @throws ClawTankError the server's refusal, e.g. NOT_FOUND
   */
  async join<E extends Numbered, S>(
    source: Subscribable<E, S>,
    options: JoinOptions,
  ): Promise<LiveStream<E, S>> {
    const after = options.after ?? (await options.store?.load(source.key));
    const request: LinkRequest = (name, input, limits) => this.link.request(name, input, limits);
    const reader: StreamReader<E, S> = new StreamReader(
      this.tracked(source, () => reader),
      request,
      {
        key: source.key,
        after,
        store: options.store,
        signal: options.signal,
      },
    );
    const { snapshot, stop } = await this.keepJoined(reader, options);
    const stream = new LiveStream(reader, snapshot, stop);
    options.signal?.addEventListener('abort', () => stream.close(), { once: true });
    return stream;
  }

  /** Frames may follow the answer at once, so the reader is entered before anybody else sees it. */
  private tracked<E extends Numbered, S>(
    source: Subscribable<E, S>,
    reader: () => StreamReader<E, S>,
  ): StreamWire<E, S> {
    return {
      join: async (after, request) => {
        const joined = await source.join(after, request);
        this.table.add(source.streamOf(joined), reader());
        return joined;
      },
      replay: (after) => source.replay(after),
    };
  }

  private keepJoined<E extends Numbered, S>(
    reader: StreamReader<E, S>,
    options: WaitOptions,
  ): Promise<{ snapshot: S; stop: () => void }> {
    let stop = (): void => {};
    const first = new Promise<{ snapshot: S; stop: () => void }>((resolve, reject) => {
      const leave = this.link.onOpen(async (now) => {
        try {
          resolve({ snapshot: await reader.join(now), stop });
        } catch (error) {
          // The next connection tries again; a refusal is for good.
          if (hasReason(error, 'client.disconnected') || !(error instanceof ClawTankError)) return;
          stop();
          reader.end(error);
          reject(error);
        }
      }, true);
      stop = () => {
        leave();
        this.table.remove(reader);
      };
      this.link.signal.addEventListener('abort', () => reject(this.link.signal.reason as Error), {
        once: true,
      });
      if (this.link.signal.aborted) reject(this.link.signal.reason as Error);
    });
    return within(first, options).catch((error: unknown) => {
      stop();
      throw error;
    });
  }
}
