'use client';

import { useState, useSyncExternalStore } from 'react';

/** As in `room.css`: up to here one column shows at a time. */
const NARROW = '(max-width: 720px)';

function subscribe(listener: () => void): () => void {
  const media = matchMedia(NARROW);
  media.addEventListener('change', listener);
  return () => media.removeEventListener('change', listener);
}

/** Whether a column was in sight yet; a phone draws none before it is asked for. Once drawn, it stays. */
export function useEverShown(chosen: boolean): boolean {
  const narrow = useSyncExternalStore(
    subscribe,
    () => matchMedia(NARROW).matches,
    () => false,
  );
  const [shown, setShown] = useState(false);
  const now = shown || chosen || !narrow;
  if (now && !shown) setShown(true);
  return now;
}
