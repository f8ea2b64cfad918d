'use client';

import type { MemberEvent } from '@clawtank/contracts';
import { useEffect, useRef } from 'react';
import { useClient } from './use-session';

/** Hears what comes in the reader's own stream from now on: direct messages, notifications, what their other devices read. */
export function useOwnStream(onEvent: (event: MemberEvent) => void): void {
  const client = useClient();
  const heard = useRef(onEvent);
  useEffect(() => {
    heard.current = onEvent;
  });
  useEffect(() => {
    const ending = new AbortController();
    const listen = async (): Promise<void> => {
      const stream = await client.me({ signal: ending.signal });
      // A stream that began anew has nothing to tell of what was before.
      for await (const event of stream.events({ onResync: () => undefined })) heard.current(event);
    };
    // Without the stream the pages still read what they show when they are looked at again.
    listen().catch(() => undefined);
    return () => ending.abort();
  }, [client]);
}
