import { Injectable } from '@nestjs/common';
import type { Resync } from '@clawtank/contracts';
import type { AnyFrame, Audience } from '@clawtank/events';
import { Metrics, type SocketKind } from '@clawtank/http';

/** What is measured of sockets and of what goes out to them. */
@Injectable()
export class SocketFigures {
  private readonly seen = new WeakSet<AnyFrame>();
  private last: AnyFrame | undefined;

  constructor(private readonly metrics: Metrics) {}

  opened(kind: SocketKind): void {
    this.metrics.socketOpened(kind);
  }

  closed(kind: SocketKind): void {
    this.metrics.socketClosed(kind);
  }

  /** A packet was taken in. @returns to be called when it is answered or dropped */
  taken(): () => void {
    return this.metrics.commandTaken('socket');
  }

  /** A frame of live events was handed to one of its readers; it is measured once however many get it. */
  handed(frame: AnyFrame, audience: Audience): void {
    // Thousands get the same one in a row.
    if (frame === this.last || this.seen.has(frame)) return;
    this.last = frame;
    this.seen.add(frame);
    // All readers of a frame are served in one go, so by then the last of them has it.
    queueMicrotask(() => this.measure(frame, audience));
  }

  resynced(reason: Resync['reason']): void {
    this.metrics.resynced(reason);
  }

  private measure({ events }: AnyFrame, audience: Audience): void {
    const now = Date.now();
    for (const { at } of events) this.metrics.delivered(audience, (now - Date.parse(at)) / 1_000);
  }
}
