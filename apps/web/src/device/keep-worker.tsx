'use client';

import { useEffect } from 'react';
import { startWorker } from './worker';

/** Keeps the service worker at the build that this page is of, once there is nothing better to do. */
export function KeepWorker() {
  useEffect(() => {
    const start = (): void => void startWorker();
    if (document.readyState === 'complete') start();
    else addEventListener('load', start, { once: true });
    return () => removeEventListener('load', start);
  }, []);
  return null;
}
