import type { Frame, Resync } from '@clawtank/contracts';
import type { ResyncReason } from './stream-reader.js';

const ORPHANS = 200;

/** The part of a reader that news are handed to. */
export interface StreamListener {
  push(frame: Frame<never>): void;
  resync(reason: ResyncReason): void;
  end(error?: Error): void;
}

/** Which readers get the frames of which stream. */
export class StreamTable {
  private readonly listeners = new Map<string, Set<StreamListener>>();
  /** Frames can overtake the answer that tells which stream a slug stands for. */
  private orphans: Frame<never>[] = [];

  add(stream: string, listener: StreamListener): void {
    const listeners = this.listeners.get(stream) ?? new Set();
    if (listeners.has(listener)) return;
    this.listeners.set(stream, listeners.add(listener));
    for (const frame of this.orphans.filter((orphan) => orphan.stream === stream)) listener.push(frame);
    this.orphans = this.orphans.filter((orphan) => orphan.stream !== stream);
  }

  remove(listener: StreamListener): void {
    for (const [stream, listeners] of this.listeners) {
      listeners.delete(listener);
      if (listeners.size === 0) this.listeners.delete(stream);
    }
  }

  frame(frame: Frame<never>): void {
    const listeners = this.listeners.get(frame.stream);
    if (!listeners) this.orphans = [...this.orphans.slice(1 - ORPHANS), frame];
    for (const listener of listeners ?? []) listener.push(frame);
  }

  resync(resync: Resync): void {
    for (const listener of this.listeners.get(resync.stream) ?? []) listener.resync(resync.reason);
  }

  /** Frames of an earlier connection say nothing about this one. */
  forgetOrphans(): void {
    this.orphans = [];
  }

  end(error?: Error): void {
    for (const listeners of this.listeners.values()) for (const listener of listeners) listener.end(error);
    this.listeners.clear();
  }
}
