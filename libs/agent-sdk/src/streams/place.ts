import type { Frame } from '@clawtank/contracts';

/** Where a reader stands: everything up to `seq` is handled. */
export interface Position {
  readonly epoch: string;
  readonly seq: number;
}

interface Numbered {
  readonly seq: number;
}

export type Placement<E> =
  /** It follows on the cursor; what was handled before is cut off. */
  | { readonly kind: 'next'; readonly frame: Frame<E> }
  | { readonly kind: 'repeat' }
  /** Numbers are missing between the cursor and this frame. */
  | { readonly kind: 'gap'; readonly missingTo: number }
  /** Another history: a backup was restored. */
  | { readonly kind: 'epoch' };

/**
 * Where a frame belongs. Frames tile: `from` is the reader's cursor + 1, and after it the cursor is `to`; a number
 * between without an envelope is hidden from the reader, never lost.
 * @param at undefined while the reader has no position: the first frame gives it one
 */
export function placeFrame<E extends Numbered>(at: Position | undefined, frame: Frame<E>): Placement<E> {
  if (at === undefined) return { kind: 'next', frame };
  if (frame.epoch !== at.epoch) return { kind: 'epoch' };
  if (frame.to <= at.seq) return { kind: 'repeat' };
  if (frame.from > at.seq + 1) return { kind: 'gap', missingTo: frame.from - 1 };
  if (frame.from === at.seq + 1) return { kind: 'next', frame };
  const events = frame.events.filter((event) => event.seq > at.seq);
  return { kind: 'next', frame: { ...frame, from: at.seq + 1, events } };
}

/** The reader's position once it has handled the frame. */
export const positionAfter = (frame: Frame<unknown>): Position => ({ epoch: frame.epoch, seq: frame.to });
