'use client';

import { useEffect } from 'react';

/** Runs `ask` again and again, `everyMs` after its last end, and only while somebody looks at the page. */
export function usePolling(ask: (signal: AbortSignal) => Promise<void>, everyMs: number): void {
  useEffect(() => {
    const ending = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const round = async (): Promise<void> => {
      clearTimeout(timer);
      await ask(ending.signal);
      if (!ending.signal.aborted && !document.hidden) timer = setTimeout(() => void round(), everyMs);
    };
    const look = (): void => {
      if (document.hidden) clearTimeout(timer);
      else void round();
    };
    document.addEventListener('visibilitychange', look);
    timer = setTimeout(() => void round(), everyMs);
    return () => {
      ending.abort();
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [ask, everyMs]);
}
