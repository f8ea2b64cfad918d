'use client';

import { useEffect, useSyncExternalStore } from 'react';
import { type Action, offer, offered, onOffers } from './registry';
import { type Begun, meanings } from './sequence';

const NONE: readonly Action[] = [];

/** Offers actions while the component is on the page. Keep the array the same between renders (`useMemo`). */
export function useActions(actions: readonly Action[]): void {
  useEffect(() => offer(actions), [actions]);
}

export const useOffered = (): readonly Action[] => useSyncExternalStore(onOffers, offered, () => NONE);

/** A key pressed here is text, or already means something to the control. */
function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof Element && target.closest('input, textarea, select, [contenteditable="true"]') !== null
  );
}

const isCovered = (): boolean => document.querySelector('[role="dialog"], [role="menu"]') !== null;

/** Listens for every offered action's keys. Once per page. */
export function useKeys(): void {
  useEffect(() => {
    let begun: Begun | null = null;
    const pressed = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.altKey || event.isComposing) return;
      const mod = event.metaKey || event.ctrlKey;
      if (!mod && (isTyping(event.target) || isCovered())) return;
      const at = event.timeStamp;
      const names = meanings({ key: event.key, mod, at }, begun);
      begun = mod || event.key.length > 1 ? null : { key: event.key.toLowerCase(), at };
      for (const name of names) {
        const action = offered().findLast(({ keys }) => keys === name);
        if (!action) continue;
        event.preventDefault();
        begun = null;
        action.run();
        return;
      }
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, []);
}
