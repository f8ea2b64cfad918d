import type { Position } from './place.js';

/** Keeps a reader's position across restarts. */
export interface CursorStore {
  load(stream: string): Promise<Position | undefined>;
  /** Called after the frame was handled: a crash repeats events, it never skips one. */
  save(stream: string, position: Position): Promise<void>;
}

export class MemoryCursorStore implements CursorStore {
  private readonly positions = new Map<string, Position>();

  load(stream: string): Promise<Position | undefined> {
    return Promise.resolve(this.positions.get(stream));
  }

  save(stream: string, position: Position): Promise<void> {
    this.positions.set(stream, position);
    return Promise.resolve();
  }
}
