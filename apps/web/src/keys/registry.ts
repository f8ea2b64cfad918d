import type { IconName } from '../ui/icons';

/** Something the reader can do here: from the palette, and by its keys where it has some. */
export interface Action {
  readonly id: string;
  readonly label: string;
  readonly group: string;
  /** `c`, `g b`, `mod+k`, `?`. */
  readonly keys?: string;
  readonly icon?: IconName;
  /** More words by which the palette finds it. */
  readonly words?: string;
  /** Known by its keys only, such as moving in a list. */
  readonly silent?: boolean;
  readonly run: () => void;
}

const groups = new Map<symbol, readonly Action[]>();
const listeners = new Set<() => void>();
let all: readonly Action[] = [];

function changed(): void {
  all = [...groups.values()].flat();
  for (const listener of listeners) listener();
}

/** Offers actions until the answer is called. What was offered last wins a key that two want. */
export function offer(actions: readonly Action[]): () => void {
  const key = Symbol('actions');
  groups.set(key, actions);
  changed();
  return () => {
    groups.delete(key);
    changed();
  };
}

export const offered = (): readonly Action[] => all;

export function onOffers(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
