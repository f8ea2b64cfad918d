import type { ServerResponse } from 'node:http';
import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { type AnyFrame, type FeedSink, StreamHub } from '@clawtank/events';
import type { FastifyReply } from 'fastify';
import type { RestRequest } from '../rest/rest-request.js';

const MAX_WAIT_SECONDS = 30;

const isFrame = (value: unknown): value is AnyFrame =>
  typeof value === 'object' && value !== null && 'stream' in value && 'from' in value && 'to' in value;

const isEmpty = (frame: AnyFrame): boolean => frame.to < frame.from;

/** Seconds to wait; the query itself refuses what is no number. */
function waitSeconds(query: unknown): number {
  const wanted = typeof query === 'object' && query !== null ? Number(Reflect.get(query, 'wait')) : 0;
  return Number.isFinite(wanted) ? Math.min(Math.max(wanted, 0), MAX_WAIT_SECONDS) : 0;
}

/** Holds a read of a stream until there is something to tell. */
@Injectable()
export class LongPoll implements BeforeApplicationShutdown {
  private readonly waiting = new Set<() => void>();

  constructor(private readonly hub: StreamHub) {}

  /**
   * @param read reads the frame after the caller's position and checks that the caller may see it; it is asked
   *   again after the wait, since that may have changed meanwhile
   * @returns what `read` returned: at once when it tells something, else when something happens, when the time
   *   is up, when the client goes away, or when the server stops
   */
  async run(read: () => Promise<unknown>, request: RestRequest, reply: FastifyReply): Promise<unknown> {
    const frame = await read();
    const seconds = waitSeconds(request.query);
    if (seconds === 0 || !isFrame(frame) || !isEmpty(frame)) return frame;
    return this.wait(frame, seconds, reply.raw, read);
  }

  /** Requests that wait now. */
  get held(): number {
    return this.waiting.size;
  }

  /** Every waiting request is answered, so that the server can stop. */
  beforeApplicationShutdown(): void {
    for (const wake of [...this.waiting]) wake();
  }

  private async wait(
    frame: AnyFrame,
    seconds: number,
    response: ServerResponse,
    read: () => Promise<unknown>,
  ): Promise<unknown> {
    let wake: () => void = () => undefined;
    const woken = new Promise<void>((resolve) => {
      wake = resolve;
    });
    const timer = setTimeout(wake, seconds * 1_000);
    this.waiting.add(wake);
    response.once('close', wake);
    // Only whether something came matters here; what may be shown of it, `read` decides.
    const subscription = await this.hub.subscribe(frame.stream, 'member', frame.to, oneShot(wake));
    try {
      await woken;
      // While the stream is followed, what came is in memory for all who waited.
      return response.destroyed ? frame : await read();
    } finally {
      subscription.close();
      clearTimeout(timer);
      this.waiting.delete(wake);
      response.off('close', wake);
    }
  }
}

function oneShot(wake: () => void): FeedSink {
  return { frame: wake, resync: wake, ended: wake, signal: () => undefined, mayContinue: () => true };
}
